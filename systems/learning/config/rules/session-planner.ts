/**
 * A session: something easy, what is about to be forgotten, something new, practice, and a look back.
 *
 * S1. The minutes of the blocks make the minutes of the session.
 * S2. Review is of what was practised longest ago, for how well it was known.
 */
import { rules, type RulesContext } from 'continuo';
import { oneOf } from '../../../english/chance.ts';
import { capitalised, tidy } from '../../../english/text.ts';
import { conceptNamed, conceptsFor, subjectOf } from './activities/choosing.ts';
import { labelOf } from './tutoring/topics.ts';

interface Known {
  readonly concept: string;
  readonly mastery: number;
  readonly daysSince?: number | null;
}

export interface SessionRequest {
  readonly subject: string;
  readonly gradeLevel: number;
  readonly minutes: number;
  readonly goal?: string | null;
  readonly mastery?: readonly Known[];
}

interface Block {
  readonly kind: 'warm_up' | 'review' | 'new' | 'practice' | 'talk' | 'reflection';
  readonly concept: string | null;
  readonly minutes: number;
  readonly difficulty: number;
  readonly activities: number;
  readonly why: string;
}

export interface SessionPlan {
  readonly title: string;
  readonly goal: string;
  readonly blocks: readonly Block[];
  readonly minutes: number;
  readonly success: string;
}

/** How much is probably left: what was known well is forgotten more slowly. */
function remembered({ mastery, daysSince }: Known): number {
  return mastery * Math.exp(-(daysSince ?? 0) / (2 + 28 * mastery));
}

interface Focus {
  readonly main: string;
  readonly review: string | undefined;
  readonly easy: string;
}

function focusOf(request: SessionRequest, ctx: RulesContext): Focus {
  const { mastery = [], gradeLevel, goal } = request;
  const subject = subjectOf(request.subject) ?? 'mathematics';
  const taught = conceptsFor(subject, Math.min(8, Math.max(1, Math.round(gradeLevel)))).map(({ id }) => id);
  const wanted = conceptNamed(tidy(goal ?? ''), subject)?.id;
  const known = mastery.filter(({ concept }) => conceptNamed(concept)?.subject === subject);
  const learning = known.filter(({ mastery: level }) => level < 0.85).sort((one, other) => other.mastery - one.mastery);
  const untouched = taught.filter((id) => !known.some(({ concept }) => concept === id));
  const main = wanted ?? learning[0]?.concept ?? oneOf(ctx, untouched.length > 0 ? untouched : taught);
  const due = known
    .filter(({ concept, mastery: level }) => concept !== main && level >= 0.5)
    .sort((one, other) => remembered(one) - remembered(other));
  const best = known.filter(({ concept }) => concept !== main).sort((one, other) => remembered(other) - remembered(one));
  return { main, review: due[0]?.concept, easy: best[0]?.concept ?? main };
}

interface Draft extends Omit<Block, 'minutes' | 'activities'> {
  readonly share: number;
  readonly minutesEach: number;
}

function draftsFor({ main, review, easy }: Focus, level: number, minutes: number): readonly Draft[] {
  const label = labelOf(main);
  const long = minutes >= 12;
  const drafts: readonly (Draft | undefined)[] = [
    {
      kind: 'warm_up',
      concept: easy,
      share: 0.15,
      difficulty: 0.2,
      minutesEach: 1.5,
      why: 'A good start: something that works, to get going.',
    },
    review === undefined || !long
      ? undefined
      : {
          kind: 'review',
          concept: review,
          share: 0.2,
          difficulty: 0.5,
          minutesEach: 2,
          why: `Some time has passed since ${labelOf(review)}, and it would soon be forgotten.`,
        },
    long
      ? {
          kind: 'talk',
          concept: main,
          share: 0.2,
          difficulty: level,
          minutesEach: Infinity,
          why: `The tutor asks what is known about ${label} already, and builds on it.`,
        }
      : undefined,
    {
      kind: 'new',
      concept: main,
      share: 0.2,
      difficulty: Math.max(0.1, level - 0.1),
      minutesEach: 2.5,
      why: `First steps with ${label}, with help close by.`,
    },
    {
      kind: 'practice',
      concept: main,
      share: 0.25,
      difficulty: Math.min(1, level + 0.1),
      minutesEach: 2,
      why: 'The same without help, so that it stays.',
    },
    {
      kind: 'reflection',
      concept: null,
      share: 0.1,
      difficulty: 0,
      minutesEach: Infinity,
      why: 'What was new today? Saying it aloud makes it last.',
    },
  ];
  return drafts.filter((draft) => draft !== undefined);
}

/** Whole minutes, at least one for each, which add up. */
function spread(drafts: readonly Draft[], minutes: number): readonly number[] {
  const whole = drafts.reduce((sum, { share }) => sum + share, 0);
  const given = drafts.map(({ share }) => Math.max(1, Math.floor((share / whole) * minutes)));
  for (let left = minutes - given.reduce((sum, part) => sum + part, 0); left !== 0; left -= Math.sign(left)) {
    const at = drafts.findLastIndex(({ kind }, index) => kind === 'practice' || (left < 0 && (given[index] ?? 0) > 1));
    given[at] = (given[at] ?? 0) + Math.sign(left);
  }
  return given;
}

export default rules<SessionRequest, SessionPlan>((request, ctx) => {
  const minutes = Math.min(180, Math.max(5, Math.round(request.minutes)));
  const focus = focusOf(request, ctx);
  const known = request.mastery?.find(({ concept }) => concept === focus.main)?.mastery ?? 0.3;
  const drafts = draftsFor(focus, Math.min(0.8, Math.max(0.2, known)), minutes);
  const times = spread(drafts, minutes);
  const label = labelOf(focus.main);
  return {
    title: `${capitalised(label)} in ${minutes} minutes`,
    goal: `At the end I can do tasks on ${label} without help.`,
    blocks: drafts.map(({ share: _share, minutesEach, ...block }, at) => {
      const time = times[at] ?? 1;
      return {
        ...block,
        minutes: time,
        difficulty: Math.round(block.difficulty * 100) / 100,
        activities: Number.isFinite(minutesEach) ? Math.max(1, Math.round(time / minutesEach)) : 0,
      };
    }),
    minutes,
    success: `Four of five tasks on ${label} are right in the practice, without a hint.`,
  };
});
