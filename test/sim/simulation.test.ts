/** The engine in simulated worlds where much goes wrong. `npm run sim` plays many more of them. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { emptyTally, playSeed, vacuous } from './series.ts';
import { everyType } from '../event-types.ts';

const seeds = 300;

it(`${seeds} worlds keep every promise, end, and come out the same when they are played again`, async () => {
  const tally = emptyTally();
  for (let seed = 0; seed < seeds; seed++) {
    const { violation } = await playSeed(seed, tally);
    assert.equal(violation, undefined, `seed ${seed}: npm run sim -- --seed ${seed}`);
  }
  assert.deepEqual(tally.unsteady, []);
  assert.deepEqual(vacuous(tally, everyType), []);
});
