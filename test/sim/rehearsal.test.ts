/** Journals of random runs, rehearsed with their own plans: whatever happened, nothing differs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContinuoError } from '../../src/core/errors.ts';
import type { Plan } from '../../src/core/plan/model.ts';
import { parsePlan } from '../../src/core/plan/read.ts';
import { planWorkflow, type AnyWorkflow } from '../../src/core/plan/workflow.ts';
import { rehearseHere } from '../replay/rehearse-here.ts';
import { runOfSeed } from './random-run.ts';

const seeds = 300;

test(`${seeds} random runs go the same way again by their own plans`, () => {
  let migrations = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const { plans, journal, run, program } = runOfSeed(seed);
    const count = journal.reduce((sum, { events }) => sum + events.length, 0);
    const told = rehearseHere({ run: run.id, plans, entries: journal });
    assert.deepEqual(told.differences, [], `seed ${seed}`);
    assert.deepEqual(told.waitsFor, [], `seed ${seed}`);
    assert.deepEqual(told.events, { rehearsed: count, same: count, taken: 0 }, `seed ${seed}`);
    // With its last plan in the place of its last plan.
    const again = rehearseHere({ run: run.id, plans, entries: journal }, { plan: program.plan, hash: program.hash, code: new Map() });
    assert.deepEqual(again.differences, [], `seed ${seed}, with its last plan`);
    assert.deepEqual([again.events.rehearsed + again.events.taken, again.events.rehearsed - again.events.same], [count, 0], `seed ${seed}`);
    if (again.events.taken > 0) migrations++;
  }
  assert.ok(migrations > seeds / 20, `${migrations} of them moved to another plan`);
});

test('by the plan of another run, whatever it is, they are rehearsed to an answer that agrees with itself', () => {
  let silent = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const { plans, journal, run, program: was } = runOfSeed(seed);
    const { program: other } = runOfSeed(seed + 1);
    // A short plan by itself, and one that shares most of its steps with the recorded one.
    for (const plan of [
      other.plan,
      { ...was.plan, steps: was.plan.steps.map((step, at) => (at === seed % 3 ? (other.plan.steps[at] ?? step) : step)) },
    ]) {
      const workflow = readable(plan);
      if (workflow === undefined) continue;
      const told = rehearseHere({ run: run.id, plans, entries: journal }, workflow);
      if (told.differences.length > 0) continue;
      silent++;
      assert.deepEqual([told.status.would, told.waitsFor], [told.status.was, []], `seed ${seed}`);
      assert.equal(told.events.same, told.events.rehearsed, `seed ${seed}`);
    }
  }
  assert.ok(silent < seeds, `${silent} of ${2 * seeds} other plans made no difference`);
});

/** Steps of two plans together may not make one. */
function readable(plan: Plan): AnyWorkflow | undefined {
  try {
    return planWorkflow(parsePlan(plan));
  } catch (error) {
    if (error instanceof ContinuoError) return undefined;
    throw error;
  }
}
