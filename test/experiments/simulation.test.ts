/**
 * Whether experiments keep their promises, in thousands of them whose truth is known. Every run draws the same;
 * `TIMES=10` in the environment draws ten times as many.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { tally, type World } from './world.ts';

const times = Number(process.env['TIMES'] ?? 1);
const threeArms: Readonly<Record<World['type'], World>> = {
  boolean: { type: 'boolean', means: [0.6, 0.8, 0.85] },
  float: { type: 'float', means: [0.6, 0.8, 0.85], deviation: 0.4 },
};
const skewed = (random: () => number): number => -Math.log(1 - random()) - 1;

suite('an adaptive experiment', () => {
  for (const type of ['boolean', 'float'] as const) {
    test(`finds the best of .60, .80 and .85 (${type}), with fewer samples for the others than an even split`, () => {
      const plan = { every: 100, atMost: 60_000 };
      const adaptive = tally(threeArms[type], { ...plan, allocation: 'adaptive' }, 2000 * times);
      const uniform = tally(threeArms[type], { ...plan, allocation: 'uniform' }, 2000 * times);
      for (const { wrong, open } of [adaptive, uniform]) {
        assert.ok(wrong <= 0.05, `${wrong} wrong`);
        assert.equal(open, 0);
      }
      assert.ok(adaptive.onLosers <= 0.7 * uniform.onLosers, `${adaptive.onLosers} against ${uniform.onLosers}`);
    });

    test(`tells .50 from .60 (${type})`, () => {
      const found = tally({ type, means: [0.5, 0.6], deviation: 0.5 }, { allocation: 'adaptive', every: 20, atMost: 20_000 }, 2000 * times);
      assert.ok(found.wrong <= 0.01 && found.right >= 0.99, JSON.stringify(found));
      assert.ok(found.mean / 2 > 400 && found.mean / 2 < 600, `${found.mean / 2} samples an arm`);
    });
  }
});

suite('looking after every sample', () => {
  const equal: Readonly<Record<string, World>> = {
    booleans: { type: 'boolean', means: [0.7, 0.7] },
    'rare booleans': { type: 'boolean', means: [0.03, 0.03] },
    floats: { type: 'float', means: [0.7, 0.7] },
    'skewed floats': { type: 'float', means: [0.7, 0.7], noise: skewed },
  };
  for (const [name, world] of Object.entries(equal))
    test(`calls one of two equal arms a winner in 5 of 100 experiments at most (${name})`, () => {
      const found = tally(world, { allocation: 'adaptive', every: 1, atMost: 600 }, 400 * times);
      assert.ok(found.wrong + found.right <= 0.05, JSON.stringify(found));
    });
});
