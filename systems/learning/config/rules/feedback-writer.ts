/** What is said after an answer: what was good, what to look at, what comes next. */
import { rules, type RulesContext } from 'continuo';
import { oneOf } from '../../../english/chance.ts';
import { sentence, tidy } from '../../../english/text.ts';
import { labelOf, topicOf } from './tutoring/topics.ts';

export interface Answered {
  readonly correct: boolean;
  readonly concept: string;
  readonly answer: string;
  readonly expected: string;
  readonly misconception?: string | null;
  readonly explanation?: string | null;
  readonly gradeLevel?: number;
  readonly attempt?: number;
  readonly streak?: number;
}

export interface Feedback {
  readonly feedback: string;
  readonly tone: 'celebrating' | 'warm' | 'steady';
  readonly revealsAnswer: boolean;
  readonly nextStep: 'harder' | 'same' | 'easier' | 'retry' | 'explain';
}

/** After so many tries the answer is shown: more guessing teaches nothing. */
const lastTry = 3;

function praise(answered: Answered, ctx: RulesContext): Feedback {
  const { streak = 1, attempt = 1, concept, explanation } = answered;
  const label = labelOf(concept);
  if (streak >= 3) {
    return {
      feedback: `That makes ${streak} in a row! ${sentence(`you have found your way with ${label}`)} Shall we try something a little harder?`,
      tone: 'celebrating',
      revealsAnswer: true,
      nextStep: 'harder',
    };
  }
  if (attempt > 1) {
    return {
      feedback: `Yes, that is it. You looked again instead of giving up, and it paid off. ${oneOf(ctx, ['What did you change?', 'What made the difference this time?'])}`,
      tone: 'celebrating',
      revealsAnswer: true,
      nextStep: 'same',
    };
  }
  const opening = oneOf(ctx, ['That is right.', 'Correct, well done.', 'Yes, exactly.']);
  const why =
    explanation === undefined || explanation === null || tidy(explanation) === ''
      ? 'Could you explain to a friend how you got there?'
      : sentence(explanation);
  return { feedback: `${opening} ${why}`, tone: 'warm', revealsAnswer: true, nextStep: 'same' };
}

const openings = [
  'Not quite yet, and that is fine.',
  'Good try. There is something to look at again.',
  'You are on the way. Let us look once more.',
];

export default rules<Answered, Feedback>((answered, ctx) => {
  if (answered.correct) return praise(answered, ctx);
  const { attempt = 1, misconception, concept, expected, explanation } = answered;
  const topic = topicOf(concept);
  if (attempt >= lastTry) {
    const why = explanation === undefined || explanation === null || tidy(explanation) === '' ? topic.says : explanation;
    return {
      feedback: `This one was hard, and you kept at it. The answer is ${tidy(expected)}. ${sentence(why)} We will try a similar one, one step at a time.`,
      tone: 'steady',
      revealsAnswer: true,
      nextStep: 'easier',
    };
  }
  if (misconception !== undefined && misconception !== null && tidy(misconception) !== '') {
    return {
      feedback: `${oneOf(ctx, openings)} Many people stumble here: ${sentence(misconception).replace(/^./u, (first) => first.toLowerCase())} ${topic.ask}`,
      tone: 'steady',
      revealsAnswer: false,
      nextStep: 'retry',
    };
  }
  return attempt === 1
    ? { feedback: `${oneOf(ctx, openings)} ${topic.ask}`, tone: 'steady', revealsAnswer: false, nextStep: 'retry' }
    : { feedback: `${oneOf(ctx, openings)} ${topic.says} ${topic.picture}`, tone: 'steady', revealsAnswer: false, nextStep: 'explain' };
});
