/** Random moves, and what each means for a run as it stands: the k-th thing in hand, the k-th step. */
import * as fc from 'fast-check';
import type { Json } from '../../src/core/data/json.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import type { Attempt, Fact, Outcome, View } from './facts.ts';

export type Move =
  | { readonly is: 'work' | 'late'; readonly which: number; readonly outcome: Outcome }
  | { readonly is: 'lost' | 'lost late'; readonly which: number }
  | { readonly is: 'answer' | 'skip' | 'retry'; readonly which: number; readonly by: string; readonly choice: string }
  | { readonly is: 'fallback'; readonly outcome: Outcome }
  | Exclude<Fact, { is: 'result' | 'lost' | 'answer' | 'skip' | 'retry' | 'fallback' }>;

const which = fc.nat({ max: 7 });

const output = fc.constantFrom<Json>(1, 2, 3, true, false, 'x', 'y', [1, 2], [], { ok: true }, { ok: false });
const good = output.map((value): Outcome => ({ output: value }));
const bad = fc.constantFrom<Outcome>({ code: 'E1' }, { code: 'E2' }, { code: 'E3', retryable: false }, { code: 'INPUT_INVALID' });

const about = (is: 'answer' | 'skip' | 'retry'): fc.Arbitrary<Move> =>
  fc.record({ is: fc.constant(is), which, by: fc.constantFrom('ann', 'bob', 'cid'), choice: fc.constantFrom('y', 'n', 'z') });

/** How often agents fail for one success, how often the world speaks, and how often whoever makes attempts is lost. */
function movesOf(failures: number, world: number, losses: number): fc.Arbitrary<readonly Move[]> {
  const outcome = fc.oneof({ arbitrary: good, weight: 2 }, { arbitrary: bad, weight: failures });
  const one: fc.Arbitrary<Move> = fc.oneof(
    { arbitrary: fc.record({ is: fc.constant('work' as const), which, outcome }), weight: 20 },
    { arbitrary: fc.record({ is: fc.constant('late' as const), which, outcome }), weight: 3 },
    { arbitrary: fc.record({ is: fc.constantFrom('lost' as const, 'lost' as const, 'lost late' as const), which }), weight: losses },
    { arbitrary: fc.constantFrom(0, 100, 250, 250, 500, 2000).map((passes): Move => ({ is: 'time', passes })), weight: 6 },
    { arbitrary: about('answer'), weight: 4 * world },
    {
      arbitrary: fc.record({ is: fc.constant('signal' as const), name: fc.constantFrom('s', 't'), data: fc.constantFrom(1, 2) }),
      weight: 2 * world,
    },
    {
      arbitrary: fc.record({ is: fc.constant('event' as const), name: fc.constantFrom('e', 'f'), data: fc.constantFrom(1, 2) }),
      weight: world,
    },
    { arbitrary: fc.constantFrom<Move>({ is: 'pause' }, { is: 'resume' }, { is: 'resume' }), weight: 3 },
    { arbitrary: fc.constant<Move>({ is: 'cancel' }), weight: 1 },
    { arbitrary: about('retry'), weight: 3 },
    { arbitrary: about('skip'), weight: 1 },
    { arbitrary: fc.record({ is: fc.constant('fallback' as const), outcome }), weight: 1 },
  );
  return fc.array(one, { maxLength: 30, size: 'max' });
}

export const moves: fc.Arbitrary<readonly Move[]> = fc.oneof(
  { arbitrary: movesOf(1, 1, 1), weight: 5 },
  { arbitrary: movesOf(4, 1, 1), weight: 5 },
  { arbitrary: movesOf(1, 4, 1), weight: 5 },
  { arbitrary: movesOf(6, 1, 60), weight: 2 },
);

const pick = <T>(list: readonly T[], number: number): T | undefined => (list.length === 0 ? undefined : list[number % list.length]);

/** What the move comes to, given how the run stands and which attempts there ever were; nothing, where there is nothing to move. */
export function factOf(move: Move, plan: Plan, view: View, ever: readonly Attempt[]): Fact | undefined {
  switch (move.is) {
    case 'work':
    case 'late': {
      const of = pick<Attempt>(move.is === 'work' ? view.inHand : ever, move.which);
      return of && { is: 'result', of: { key: of.key, visit: of.visit, attempt: of.attempt }, ...move.outcome };
    }
    case 'lost':
    case 'lost late': {
      const of = pick<Attempt>(move.is === 'lost' ? view.inHand : ever, move.which);
      return of && { is: 'lost', of: { key: of.key, visit: of.visit, attempt: of.attempt } };
    }
    case 'fallback':
      return { is: 'fallback', ...move.outcome };
    case 'answer': {
      const asked = plan.steps.filter(({ kind }) => kind === 'ask');
      const step = pick(move.which > 6 ? plan.steps : asked, move.which);
      return step && { is: 'answer', step: step.id, by: move.by, choice: move.choice };
    }
    case 'skip':
    case 'retry': {
      const step = pick(plan.steps, move.which)?.id;
      if (move.is === 'skip') return step === undefined ? undefined : { is: 'skip', step, value: 'by hand' };
      return step === undefined || move.which > 1 ? { is: 'retry' } : { is: 'retry', step };
    }
    default:
      return move;
  }
}
