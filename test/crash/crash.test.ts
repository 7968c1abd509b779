/** A small storm, and whether the storm would notice. The large one is `npm run crash`. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { boundaries } from './boundaries.ts';
import { reportOf } from './report.ts';
import { schedule } from './schedule.ts';
import { plantNames, type Plant } from './plants.ts';
import { missedBy, storm, type StormReport } from './storm.ts';

/** A fault shows where a kill falls between two steps of one run, and where a kill falls is not up to the seed alone. */
const most = 8;

async function stormUntilFound(plant: Plant): Promise<StormReport> {
  for (let seed = 1; ; seed++) {
    const report = await storm({ kills: 12, runs: 26, seed, plant, keep: false });
    if (report.failed || seed === most) return report;
  }
}

suite('processes killed at every boundary', () => {
  test('twelve kills lose nothing, and nothing is done twice', async () => {
    const report = await storm({ kills: 12, runs: 13, seed: 1 });
    assert.ok(!report.failed, reportOf(report));
    assert.equal(
      report.kills.values().reduce((sum, times) => sum + times, 0),
      12,
    );
  });

  for (const plant of plantNames) {
    test(`a store with the fault ${plant} is found out`, async () => {
      const report = await stormUntilFound(plant);
      assert.ok(report.failed, reportOf(report));
      const findings = report.lanes.flatMap(({ failure }) => failure?.findings ?? []);
      assert.notDeepEqual(findings, []);
      assert.match(reportOf(report), new RegExp(`Failed. Again: npm run crash -- .*--plant ${plant}`));
    });
  }
});

suite('the order of kills', () => {
  test('follows from the seed', () => {
    assert.deepEqual(schedule(100, 7), schedule(100, 7));
    assert.notDeepEqual(schedule(100, 7), schedule(100, 8));
  });

  test('comes to every boundary', () => {
    const ordered = schedule(500, 1).flatMap((kill) => (kill.is === 'at a boundary' ? [kill.strike.at] : []));
    assert.deepEqual(new Set(ordered), new Set(boundaries.map(({ name }) => name)));
  });

  test('a boundary at which nothing died is a fault, where there were kills enough', () => {
    const all = new Map(boundaries.map(({ name }) => [name, 1]));
    assert.deepEqual(missedBy(all, 500), []);
    all.delete('blobs.put: posted');
    assert.deepEqual(missedBy(all, 500), ['blobs.put: posted']);
    assert.deepEqual(missedBy(all, 12), []);
  });
});
