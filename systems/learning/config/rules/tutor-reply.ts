/**
 * One turn of a tutor: short, kind, and with a question that leads on.
 *
 * T1. The answer of the exercise in hand is not told, whoever asks for it.
 * T2. What sounds like a child in need is answered as such, before anything about the lesson.
 */
import { rules, type RulesContext } from 'continuo';
import { oneOf } from '../../../english/chance.ts';
import { sentence, shortened, tidy, wordsOf } from '../../../english/text.ts';
import { conceptNamed } from './activities/choosing.ts';
import { says } from './activities/hints.ts';
import { sameAnswer } from './tutoring/comparing.ts';
import { heard, type Said } from './tutoring/listening.ts';
import { topicOf, type Topic } from './tutoring/topics.ts';

export interface TutorTurn {
  readonly subject: string;
  readonly gradeLevel: number;
  readonly concept?: string | null;
  readonly conversation: readonly { readonly role: 'learner' | 'tutor'; readonly text: string }[];
  readonly activity?: { readonly question: string; readonly answer: string; readonly hints: readonly string[] } | null;
  readonly learner?: string | null;
}

type Strategy = 'greet' | 'ask' | 'hint' | 'check' | 'explain' | 'encourage' | 'praise' | 'redirect' | 'care' | 'close';
type Insight = 'struggling_detected' | 'confident' | 'off_topic' | 'needs_adult';

export interface TutorReply {
  readonly reply: string;
  readonly strategy: Strategy;
  readonly hintLevel: number;
  readonly insight: Insight | null;
}

interface Situation {
  readonly turn: TutorTurn;
  readonly ctx: RulesContext;
  readonly topic: Topic;
  readonly last: string;
  /** Hints that may be given: all but the one that says the answer. */
  readonly hints: readonly string[];
  /** How many of them the tutor has said already. */
  readonly told: number;
  readonly name: string;
}

const reply = (text: string, strategy: Strategy, hintLevel: number, insight: Insight | null = null): TutorReply => ({
  reply: text,
  strategy,
  hintLevel,
  insight,
});

function nextHint(situation: Situation, opening: string, strategy: Strategy, insight: Insight | null): TutorReply {
  const { hints, told, topic } = situation;
  const hint = hints[told];
  if (hint !== undefined)
    return reply(
      `${opening} ${sentence(hint)} ${hint.trim().endsWith('?') ? '' : 'What would you do next?'}`.trim(),
      strategy,
      told + 1,
      insight,
    );
  return reply(`${opening} ${topic.picture} ${topic.ask}`, strategy, told, insight);
}

function answered(situation: Situation): TutorReply {
  const { turn, ctx, last, told, topic } = situation;
  const { activity } = turn;
  if (activity === undefined || activity === null) return reply(`Tell me more about that. ${topic.ask}`, 'ask', told);
  const given = /(-?\d[\d.,/ ]*\d|-?\d)\D*$/.exec(last)?.[1] ?? last;
  if (
    sameAnswer(last, activity.answer) ||
    sameAnswer(given, activity.answer) ||
    (activity.answer.length > 2 && says(last, activity.answer))
  ) {
    return reply(
      `${oneOf(ctx, ['Yes, that is right!', 'Exactly!', 'That is it!'])} ${oneOf(ctx, ['How did you find it?', 'How could you check it?', 'How would you explain it to a friend?'])}`,
      'praise',
      told,
      told === 0 ? 'confident' : null,
    );
  }
  return nextHint(
    situation,
    `Thank you for trying. ${shortened(last, 40) === '' ? 'That' : `"${shortened(last, 40)}"`} is not it yet.`,
    'check',
    told >= 2 ? 'struggling_detected' : null,
  );
}

function explained(situation: Situation): TutorReply {
  const { last, topic, turn, told } = situation;
  const asked = conceptNamed(last);
  const about = asked === undefined ? topic : topicOf(asked.id);
  const words = wordsOf(last);
  const known = asked !== undefined || words.some((word) => ['why', 'how', 'what', 'this', 'it'].includes(word));
  if (!known)
    return reply(`That is a good question for later. Let us stay with ${topic.label} for now. ${topic.ask}`, 'redirect', told, 'off_topic');
  const text = `${about.says} ${about.picture} ${turn.activity === undefined || turn.activity === null ? about.ask : 'Where do you see that in our exercise?'}`;
  return reply(
    turn.activity !== undefined && turn.activity !== null && says(text, turn.activity.answer) ? about.ask : text,
    'explain',
    told,
  );
}

const turns: Readonly<Record<Said, (situation: Situation) => TutorReply>> = {
  distress: ({ told }) =>
    reply(
      'Thank you for telling me. That sounds really hard, and it is not your fault. Please tell a grown-up whom you trust about it today: a parent, a teacher, or a child helpline. Is there somebody you can go to right now?',
      'care',
      told,
      'needs_adult',
    ),
  silence: ({ topic, told, name }) => reply(`Take your time${name}. ${topic.ask}`, 'ask', told),
  greeting: ({ topic, turn, told, name }) =>
    reply(
      `Hello${name}! Today we look at ${topic.label}. ${turn.activity === undefined || turn.activity === null ? topic.ask : `Here is our question: ${tidy(turn.activity.question)}`}`,
      'greet',
      told,
    ),
  thanks: ({ told }) => reply('You are welcome. Thinking it through was your own work. Shall we try another one?', 'encourage', told),
  bye: ({ topic, told, name }) =>
    reply(`Goodbye${name}! Before you sleep, tell somebody one thing that you found out about ${topic.label}.`, 'close', told),
  wants_answer: (situation) => nextHint(situation, 'I could tell you, but then it would be mine and not yours.', 'hint', null),
  frustration: (situation) =>
    nextHint(
      situation,
      'It is all right to find this hard. Everybody who is good at it once did. Let us make it smaller.',
      'encourage',
      'struggling_detected',
    ),
  wants_hint: (situation) => nextHint(situation, 'Gladly.', 'hint', situation.told >= 2 ? 'struggling_detected' : null),
  unsure: (situation) =>
    nextHint(situation, 'Not knowing yet is where learning starts.', 'hint', situation.told >= 2 ? 'struggling_detected' : null),
  tired: ({ told }) =>
    reply(
      'You have done some real work. Stand up, stretch, and drink some water. Then: one more, or is it enough for today?',
      'encourage',
      told,
    ),
  confidence: ({ topic, told }) =>
    reply(`Wonderful! Then you be the teacher: how would you explain ${topic.label} to somebody younger?`, 'check', told, 'confident'),
  question: explained,
  answer: answered,
  other: (situation) =>
    conceptNamed(situation.last) === undefined && situation.turn.activity !== undefined && situation.turn.activity !== null
      ? answered(situation)
      : explained(situation),
};

export default rules<TutorTurn, TutorReply>((turn, ctx) => {
  const activity = turn.activity ?? undefined;
  const concept = tidy(turn.concept ?? '') || turn.subject;
  const tutor = turn.conversation.filter(({ role }) => role === 'tutor').map(({ text }) => tidy(text));
  const hints = (activity?.hints ?? [])
    .slice(0, -1)
    .filter((hint) => activity === undefined || !says(hint, activity.answer) || says(activity.question, activity.answer));
  const learner = tidy(turn.learner ?? '');
  const situation: Situation = {
    turn,
    ctx,
    topic: topicOf(concept),
    last: tidy(turn.conversation.at(-1)?.role === 'learner' ? (turn.conversation.at(-1)?.text ?? '') : ''),
    hints,
    told: hints.filter((hint) => tutor.some((text) => text.includes(sentence(hint)))).length,
    name: learner === '' ? '' : `, ${shortened(learner, 30)}`,
  };
  return turn.conversation.length === 0 ? turns.greeting(situation) : turns[heard(situation.last)](situation);
});
