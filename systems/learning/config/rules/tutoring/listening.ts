/** What a learner's words are: a greeting, an answer, a sigh, a question, a cry for help. */
import { tidy, wordsOf } from '../../../../english/text.ts';

export type Said =
  | 'silence'
  | 'greeting'
  | 'thanks'
  | 'bye'
  | 'distress'
  | 'frustration'
  | 'wants_answer'
  | 'wants_hint'
  | 'unsure'
  | 'confidence'
  | 'tired'
  | 'question'
  | 'answer'
  | 'other';

// In the order in which they count: what may need a grown-up comes before everything else.
const signs: readonly (readonly [Said, RegExp])[] = [
  [
    'distress',
    /\b(?:hurt(?:s|ing)? me|hits? me|kill (?:myself|me)|want to die|hate my ?self|(?:am|i'?m) (?:so )?(?:scared|afraid) of (?:my|him|her|them)|bull(?:y|ied|ying)|suicide|nobody loves me)\b/i,
  ],
  ['wants_answer', /\b(?:just )?(?:tell|give|show) me the (?:answer|solution|result)|what(?:'s| is) the answer\b/i],
  [
    'frustration',
    /\b(?:don'?t (?:get|understand) (?:it|this|anything)|(?:this|it)(?:'s| is) (?:too |so )?(?:hard|difficult|stupid|impossible)|i (?:can'?t|cannot) (?:do|get) (?:it|this)|i give up|i hate (?:this|math|maths|english|science|reading)|i'?m (?:stupid|dumb|bad at))\b/i,
  ],
  ['wants_hint', /\b(?:hint|help me|help please|clue|need help|i'?m stuck|stuck)\b/i],
  ['tired', /\b(?:tired|bored|boring|sleepy|no more|had enough)\b/i],
  ['unsure', /^(?:i )?(?:don'?t know|dunno|not sure|no idea|idk|maybe|hm+|um+)[.!?]*$/i],
  ['thanks', /\b(?:thanks|thank you|thx)\b/i],
  ['bye', /^(?:bye|goodbye|see you|good night)\b/i],
  ['greeting', /^(?:hi|hello|hey|good (?:morning|afternoon|evening))\b/i],
  ['confidence', /\b(?:i get it|i understand now|got it|easy|i know|makes sense|aha)\b/i],
  ['question', /\?\s*$|^(?:why|what|how|when|where|who|which|can you|could you|does|do|is|are)\b/i],
];

export function heard(text: string): Said {
  const line = tidy(text).replace(/[’‘]/g, "'");
  if (line === '') return 'silence';
  const sign = signs.find(([, pattern]) => pattern.test(line));
  if (sign !== undefined) return sign[0];
  return /\d/.test(line) || wordsOf(line).length <= 6 ? 'answer' : 'other';
}
