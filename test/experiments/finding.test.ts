/**
 * Whether experiments keep their promises, in thousands of them whose truth is known. Every run draws the same;
 * `TIMES=10` in the environment draws ten times as many.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { tally, times, type World } from './world.ts';

const threeArms: Readonly<Record<World['type'], World>> = {
  boolean: { type: 'boolean', means: [0.6, 0.8, 0.85] },
  float: { type: 'float', means: [0.6, 0.8, 0.85], deviation: 0.4 },
};

suite('an adaptive experiment', () => {
  for (const type of ['boolean', 'float'] as const) {
    test(`finds the best of .60, .80 and .85 (${type}), with fewer samples for the others than an even split`, () => {
      const plan = { looksEvery: 50, atMost: 60_000 };
      const adaptive = tally(threeArms[type], { ...plan, allocation: { adaptsEvery: 100 } }, 2000 * times);
      const uniform = tally(threeArms[type], { ...plan, allocation: 'uniform' }, 500 * times);
      for (const { wrong, open } of [adaptive, uniform]) {
        assert.ok(wrong <= 0.05, `${wrong} wrong`);
        assert.equal(open, 0);
      }
      assert.ok(adaptive.onLosers <= 0.7 * uniform.onLosers, `${adaptive.onLosers} against ${uniform.onLosers}`);
    });

    test(`tells .50 from .60 (${type})`, () => {
      const found = tally(
        { type, means: [0.5, 0.6], deviation: 0.5 },
        { allocation: { adaptsEvery: 20 }, looksEvery: 10, atMost: 20_000 },
        2000 * times,
      );
      assert.ok(found.wrong <= 0.01 && found.right >= 0.99, JSON.stringify(found));
      assert.ok(found.mean / 2 > 400 && found.mean / 2 < 600, `${found.mean / 2} samples an arm`);
    });
  }
});
