/** Advice on speaking and reading aloud, from what was measured and nothing else. */
import { rules } from 'continuo';
import { counted } from '../../../english/nouns.ts';
import { listed, tidy } from '../../../english/text.ts';
import { rounded } from './analysis/measuring.ts';

export interface SpeechMeasures {
  readonly pronunciation: number | null;
  readonly fluency: number | null;
  readonly wordsPerMinute: number | null;
  readonly longPauses: number | null;
  readonly fillers: number | null;
  readonly missedWords: readonly string[];
  readonly unclearWords: readonly string[];
}

export interface Speech {
  readonly text: string;
  readonly gradeLevel: number;
  readonly measures: SpeechMeasures;
  readonly previous?: { readonly pronunciation: number | null; readonly fluency: number | null; readonly wordsPerMinute: number | null };
}

interface Advice {
  readonly what: string;
  readonly exercise: string;
}

export interface SpeechFeedback {
  readonly summary: string;
  readonly score: number | null;
  readonly strengths: readonly string[];
  readonly advice: readonly Advice[];
  readonly practiceWords: readonly string[];
}

// Words a minute when reading aloud with ease, by grade: low and high. Adults read at about 150.
const pace: readonly (readonly [number, number])[] = [
  [40, 90],
  [70, 120],
  [90, 140],
  [100, 150],
  [110, 160],
  [120, 170],
  [125, 175],
  [130, 180],
];

function paceOf(grade: number): readonly [number, number] {
  return pace[Math.min(Math.max(Math.round(grade), 1), pace.length) - 1] ?? [130, 180];
}

function adviceOn({ measures, gradeLevel }: Speech, words: readonly string[]): readonly Advice[] {
  const { pronunciation, fluency, wordsPerMinute: speed, longPauses, fillers } = measures;
  const [low, high] = paceOf(gradeLevel);
  const advice: Advice[] = [];
  if (words.length > 0)
    advice.push({
      what: `Make ${listed(words.slice(0, 3).map((word) => `"${word}"`))} clearer.`,
      exercise: 'Say each word slowly in parts, then at normal speed, then within its sentence. Three times each.',
    });
  else if (pronunciation !== null && pronunciation < 0.75)
    advice.push({
      what: 'Speak the ends of words.',
      exercise: 'Whisper the text once. A whisper is only understood when every sound is there.',
    });
  if (speed !== null && speed > high)
    advice.push({
      what: `Slow down a little: ${Math.round(speed)} words a minute is fast.`,
      exercise: 'Tap the table lightly once for every full stop, and take a breath there.',
    });
  if (speed !== null && speed < low)
    advice.push({
      what: 'Let the words flow together.',
      exercise: 'Read the same three sentences aloud three times. Each time it will go more easily.',
    });
  if (longPauses !== null && longPauses > 3)
    advice.push({
      what: `Pause at the marks and not between (there were ${counted(longPauses, 'long pause')}).`,
      exercise: 'Before reading, draw a small line after each full stop and comma. Breathe only there.',
    });
  if (fillers !== null && fillers > 2)
    advice.push({
      what: `Leave out the filling sounds (there were ${fillers}).`,
      exercise: 'When you feel one coming, close your mouth and wait. Silence sounds better than you think.',
    });
  if (advice.length === 0 && fluency !== null && fluency < 0.75)
    advice.push({
      what: 'Group words that belong together.',
      exercise: 'Read in little groups of three or four words, like beads on a string.',
    });
  return advice.slice(0, 3);
}

function strengthsOf({ measures, previous, gradeLevel }: Speech): readonly string[] {
  const { pronunciation, fluency, wordsPerMinute: speed, longPauses, fillers } = measures;
  const [low, high] = paceOf(gradeLevel);
  const better = (now: number | null, before: number | null | undefined): boolean =>
    now !== null && before !== null && before !== undefined && now - before >= 0.03;
  return [
    better(pronunciation, previous?.pronunciation) ? 'Your pronunciation is clearer than last time.' : '',
    better(fluency, previous?.fluency) ? 'You speak more fluently than last time.' : '',
    pronunciation !== null && pronunciation >= 0.85 ? 'You are easy to understand.' : '',
    fluency !== null && fluency >= 0.85 ? 'Your words flow well.' : '',
    speed !== null && speed >= low && speed <= high ? `Your pace of ${Math.round(speed)} words a minute is pleasant to listen to.` : '',
    longPauses !== null && longPauses <= 1 ? 'You hardly stop in the middle of a thought.' : '',
    fillers === 0 ? 'You use no filling sounds at all.' : '',
  ].filter((text) => text !== '');
}

export default rules<Speech, SpeechFeedback>((speech) => {
  const { measures } = speech;
  const words = [
    ...new Set([...measures.unclearWords, ...measures.missedWords].map((word) => tidy(word)).filter((word) => word !== '')),
  ].slice(0, 8);
  const marks = [measures.pronunciation, measures.fluency].filter((mark) => mark !== null);
  if (marks.length === 0 && measures.wordsPerMinute === null && words.length === 0) {
    return {
      summary:
        'Nothing could be measured in this recording, so there is no advice on it. Try again in a quiet place, close to the microphone.',
      score: null,
      strengths: [],
      advice: [],
      practiceWords: [],
    };
  }
  const score = marks.length === 0 ? null : rounded(marks.reduce((sum, mark) => sum + mark, 0) / marks.length);
  const strengths = strengthsOf(speech);
  const advice = adviceOn(speech, words);
  const opening =
    score === null
      ? 'Thank you for reading aloud.'
      : score >= 0.85
        ? 'That was a pleasure to listen to.'
        : score >= 0.65
          ? 'That was good work.'
          : 'Thank you for reading aloud. It takes courage, and it gets easier each time.';
  const next = advice[0] === undefined ? 'Go on like that, perhaps with a harder text.' : `For next time: ${advice[0].what}`;
  return {
    summary: [opening, strengths[0] ?? '', next].filter((part) => part !== '').join(' '),
    score,
    strengths,
    advice,
    practiceWords: words,
  };
});
