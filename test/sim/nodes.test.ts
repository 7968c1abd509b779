/** Several engines on one store in simulated worlds. `npm run sim -- --nodes` plays many more of them. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { emptyTally, playSeed, vacuousOfNodes } from './series.ts';
import { drawFleetScenario } from './world/fleet-scenario.ts';

const seeds = 300;

it(`${seeds} worlds of several nodes keep every promise, end, and come out the same when they are played again`, async () => {
  const tally = emptyTally();
  for (let seed = 0; seed < seeds; seed++) {
    const { violation } = await playSeed(seed, tally, drawFleetScenario);
    assert.equal(violation, undefined, `seed ${seed}: npm run sim -- --nodes --seed ${seed}`);
  }
  assert.deepEqual(tally.unsteady, []);
  assert.deepEqual(vacuousOfNodes(tally), []);
});
