/** SIGKILL at any moment: what was acknowledged is there, and nothing is half there. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { allLines, peer, withDirectory } from './fixtures/peer.ts';
import { openSqlite } from './index.ts';

const runs = ['a', 'b', 'c', 'd', 'e', 'f'];
const killsInARow = 5;

/** Lines after which the kills come; every row of kills has its own. */
const moments = [3, 217, 1, 40, 96, 7, 12, 130, 2, 59, 301, 5, 23, 77, 1, 160, 9, 33, 4, 250];

async function killAfter(dir: string, count: number): Promise<readonly string[]> {
  const worker = peer('appending', dir, ...runs);
  const lines: string[] = [];
  for await (const line of worker.lines) {
    lines.push(line);
    if (lines.length === count) worker.kill();
  }
  assert.equal(await worker.ended, undefined, 'it ended before it was killed');
  return lines;
}

async function check(dir: string, acknowledged: readonly string[]): Promise<void> {
  const backend = await openSqlite({ dir, role: 'engine' });
  const { journal, runs: index, topic } = backend;
  const found: string[] = [];
  for (const run of runs) {
    const entries = await journal.read(run, 0);
    for (const [place, { seq, events }] of entries.entries()) {
      assert.equal(seq, place * 2);
      assert.equal(events.length, 2);
      found.push(`${run} ${seq}`);
    }
    assert.equal((await index.get(run)) !== undefined, entries.length > 0);
  }
  const lost = acknowledged.filter((line) => !found.includes(line));
  assert.deepEqual(lost, [], 'acknowledged, and not there');
  const told = (await topic.after(0, 100_000)).map(({ run, name }) => `${run} ${name}`);
  assert.deepEqual(told.toSorted(), found.toSorted(), 'each append brought its emission');
  await backend.close();
}

suite('killed while appending', { concurrency: 4 }, () => {
  for (let row = 0; row < moments.length / killsInARow; row++) {
    test(`${killsInARow} kills in a row lose nothing (${row + 1})`, () =>
      withDirectory(async (dir) => {
        const acknowledged: string[] = [];
        for (const moment of moments.slice(row * killsInARow, (row + 1) * killsInARow)) {
          acknowledged.push(...(await killAfter(dir, moment)));
          await check(dir, acknowledged);
        }
      }));
  }

  test('the lines of a killed process are all read', () =>
    withDirectory(async (dir) => {
      const worker = peer('appending', dir, 'a');
      worker.kill();
      assert.deepEqual(await allLines(worker), []);
    }));
});
