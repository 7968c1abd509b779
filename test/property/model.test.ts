/**
 * The skeleton against the model: random plans, random moves, and after every one the run
 * is what the documents say. A failing case prints the shrunk plan and what happened.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { seed, times } from './chance.ts';
import { moves } from './moves.ts';
import { plans } from './plans.ts';
import { describe, play } from './play.ts';

const numRuns = 2000 * times;

test(`${numRuns} runs go as the model says`, () => {
  const ends: Record<string, number> = {};
  const found = fc.check(
    fc.property(plans, moves, (plan, list) => {
      const { status } = play(plan, list);
      ends[status] = (ends[status] ?? 0) + 1;
    }),
    { numRuns, seed },
  );
  if (found.failed && found.counterexample !== null)
    throw new Error(`seed ${found.seed}\n${describe(...found.counterexample)}`, { cause: found.errorInstance });
  // Nothing passes because nothing happened.
  for (const status of ['succeeded', 'failed', 'cancelled', 'paused', 'waiting', 'running'])
    assert.ok((ends[status] ?? 0) > numRuns / 100, JSON.stringify(ends));
});
