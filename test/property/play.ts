/** Plays moves on the model and the skeleton, and compares them after every one. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../../src/core/plan/model.ts';
import type { Attempt, Fact, View } from './facts.ts';
import { interpret } from './model.ts';
import { factOf, type Move } from './moves.ts';
import { parts, Skeleton, type Parts } from './skeleton.ts';

/** Throws where the skeleton is not as the model says; answers with how the run stands in the end. */
export function play(plan: Plan, moves: readonly Move[], given: Parts = parts): View {
  const skeleton = new Skeleton(plan, given);
  const facts: Fact[] = [];
  const ever: Attempt[] = [];
  let view = interpret(plan, facts);
  compare(skeleton.view(), view);
  for (const move of moves) {
    for (const one of view.inHand) if (!ever.some((other) => nameOf(other) === nameOf(one))) ever.push(one);
    const fact = factOf(move, plan, view, ever);
    if (fact === undefined) continue;
    facts.push(fact);
    view = interpret(plan, facts);
    skeleton.happens(fact);
    compare(skeleton.view(), view);
  }
  return view;
}

const nameOf = ({ key, visit, attempt }: Attempt): string => `${key}.${visit}.${attempt}`;

function compare(actual: View, expected: View): void {
  if (!isDeepStrictEqual(actual, expected)) assert.deepEqual(actual, expected);
}

/** The case as a reader wants it: the steps, then what happened, as far as it went. */
export function describe(plan: Plan, moves: readonly Move[], given: Parts = parts): string {
  const lines = plan.steps.map((step) => JSON.stringify(step));
  const { steps: _, format: __, id: ___, ...rest } = plan;
  const skeleton = new Skeleton(plan, given);
  const facts: Fact[] = [];
  const ever: Attempt[] = [];
  const happened: string[] = [];
  for (const move of moves) {
    const view = interpret(plan, facts);
    ever.push(...view.inHand.filter((one) => !ever.some((other) => nameOf(other) === nameOf(one))));
    const fact = factOf(move, plan, view, ever);
    if (fact === undefined) continue;
    facts.push(fact);
    happened.push(JSON.stringify(fact));
    try {
      skeleton.happens(fact);
    } catch {
      break;
    }
  }
  return [...lines, JSON.stringify(rest), '--', ...happened].join('\n');
}
