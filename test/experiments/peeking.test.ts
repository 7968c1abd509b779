/** Looks after every sample, at arms that are equal: whoever wins there is a false winner. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { tally, times, type World } from './world.ts';

const skewed = (random: () => number): number => -Math.log(1 - random()) - 1;

suite('looking after every sample', () => {
  const equal: Readonly<Record<string, World>> = {
    booleans: { type: 'boolean', means: [0.7, 0.7] },
    'rare booleans': { type: 'boolean', means: [0.03, 0.03] },
    floats: { type: 'float', means: [0.7, 0.7] },
    'skewed floats': { type: 'float', means: [0.7, 0.7], noise: skewed },
  };
  for (const [name, world] of Object.entries(equal))
    test(`calls one of two equal arms a winner in 5 of 100 experiments at most (${name})`, () => {
      const found = tally(world, { allocation: { adaptsEvery: 10 }, looksEvery: 1, atMost: 600 }, 400 * times);
      assert.ok(found.wrong + found.right <= 0.05, JSON.stringify(found));
    });
});
