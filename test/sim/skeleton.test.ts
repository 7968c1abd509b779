/** The skeleton under random plans, outcomes and commands. A failing seed fails again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playSeed } from './random-run.ts';

const seeds = 400;

test(`${seeds} random runs keep every invariant, and end`, () => {
  const ends = { succeeded: 0, failed: 0, cancelled: 0 };
  for (let seed = 0; seed < seeds; seed++) {
    try {
      const status = playSeed(seed);
      assert.ok(status === 'succeeded' || status === 'failed' || status === 'cancelled');
      ends[status]++;
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  // Nothing passes because nothing happened.
  assert.ok(ends.succeeded > seeds / 3 && ends.failed > seeds / 20 && ends.cancelled > 0, JSON.stringify(ends));
});
