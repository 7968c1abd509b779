/** A small storm, and whether the storm would notice. The large one is `npm run chaos`. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { faultNames, planned } from './faults.ts';
import { reportOf } from './report.ts';
import { storm } from './storm.ts';

const nodes = { engines: ['e1', 'e2'], workers: ['w1', 'w2'] };

suite('nodes, lines and servers that fail', () => {
  test('lose nothing, and nothing is done twice', { timeout: 240_000 }, async () => {
    const report = await storm({ time: 30_000, runs: 40, seed: 1, engines: 2, workers: 2 });
    assert.deepEqual(report.findings, [], reportOf(report));
  });
});

suite('the order of faults', () => {
  test('follows from the seed', () => {
    assert.deepEqual(planned(nodes, 2000, 60_000, 7), planned(nodes, 2000, 60_000, 7));
    assert.notDeepEqual(planned(nodes, 2000, 60_000, 7), planned(nodes, 2000, 60_000, 8));
  });

  test('has every kind in it, however short the time', () => {
    for (const time of [5000, 60_000])
      assert.deepEqual(new Set(planned(nodes, 2000, time, 1).map(({ name }) => name)), new Set(faultNames));
  });
});
