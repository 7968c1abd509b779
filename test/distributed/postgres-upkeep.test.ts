import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { removeRuns, sweepRemoved } from '../../src/backends/postgres-redis/postgres/removal.ts';
import { Upkeep } from '../../src/backends/postgres-redis/postgres/upkeep.ts';
import { event, first, next, rejectsWith } from '../../src/testing/conformance/storage/store.ts';
import { startPostgres } from '../servers/postgres.ts';
import { composed, freshSchema, openNode } from './postgres-store.ts';

const server = await startPostgres();
after(() => server.stop());

test('answers are kept for a week, and messages that wait for ever', async () => {
  const { sql, inbox, close } = await openNode(server.url, freshSchema());
  for (const id of ['old', 'young', 'waiting']) await inbox.send({ id, run: 'r', command: '{}', at: 1 });
  for (const id of ['old', 'young']) await inbox.settle(id);
  await sql.query("UPDATE inbox SET settled_at = settled_at - 8 * 86400000 WHERE message = 'old'");
  const upkeep = new Upkeep(sql, () => true);
  await upkeep.sweep();
  await rejectsWith('STORE_FAILED', inbox.outcome('old'));
  assert.deepEqual([await inbox.outcome('young'), await inbox.outcome('waiting')], [{ is: 'done' }, { is: 'waiting' }]);
  await upkeep.close();
  await close();
});

test('R1: what a removal left behind that was interrupted goes with the next sweep', async () => {
  const backend = await openNode(server.url, freshSchema());
  const { sql, journal } = backend;
  await composed(backend);
  for (const run of ['gone', 'stays']) {
    await journal.append(first(run));
    await journal.append(next(run, 1, event(1)));
    await journal.saveSnapshot(run, { seq: 2, state: '{}' });
  }
  await sql.query("SELECT hide(ARRAY['gone'])");
  const left = (): Promise<readonly unknown[]> =>
    sql.query(
      'SELECT (SELECT count(*) FROM journal) AS entries, (SELECT count(*) FROM snapshots) AS snapshots, (SELECT count(*) FROM removed) AS removed',
    );
  assert.deepEqual(await left(), [{ entries: 4, snapshots: 2, removed: 1 }]);
  assert.deepEqual(await journal.read('gone', 0), []);
  await sweepRemoved(sql);
  assert.deepEqual(await left(), [{ entries: 2, snapshots: 1, removed: 0 }]);
  await removeRuns(sql, ['stays', 'unknown']);
  assert.deepEqual(await left(), [{ entries: 0, snapshots: 0, removed: 0 }]);
  await backend.close();
});
