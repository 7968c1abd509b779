import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'node:test';
import { storageConformance } from '../../testing/conformance/storage.ts';
import { ContinuoError } from '../../core/errors.ts';
import { append, booked, event, record } from './fixtures/work.ts';
import { allLines, peer, withDirectory } from './fixtures/peer.ts';
import { openSqlite } from './index.ts';

storageConformance('sqlite', (dir) => openSqlite({ dir, role: 'engine' }));

/** Changes the database behind the backend's back; nobody may have it open. */
function alter(dir: string, sql: string): void {
  const db = new DatabaseSync(join(dir, 'continuo.db'));
  db.exec(sql);
  db.close();
}

suite('sqlite, besides', () => {
  test('an append without a record does not touch the index of runs', () =>
    withDirectory(async (dir) => {
      const first = await openSqlite({ dir, role: 'engine' });
      await first.journal.append(append('r', 0, event(1)));
      await first.close();
      alter(dir, "CREATE TRIGGER touched BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'touched'); END");
      const backend = await openSqlite({ dir, role: 'engine' });
      const { journal } = backend;
      await journal.append(append('r', 1, event(2)));
      await assert.rejects(journal.append({ ...append('r', 2, event(3)), record: record('r') }), /touched/);
      await backend.close();
    }));

  test('while many hear of their commit, others have their turn', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      const runs = Array.from({ length: 300 }, (_, i) => `r${i}`);
      const order: string[] = [];
      let [inATurn, most] = [0, 0];
      const turn = (): void => {
        inATurn = 0;
        if (order.length < runs.length) setImmediate(turn);
      };
      setImmediate(turn);
      await Promise.all(
        runs.map(async (run) => {
          await backend.journal.append(append(run, 0, event(run)));
          order.push(run);
          most = Math.max(most, ++inATurn);
        }),
      );
      assert.deepEqual(order, runs);
      assert.ok(most <= 32, `${most} in one turn`);
      await backend.close();
    }));

  test('an error that is one append’s own leaves the rest of its group alone', () =>
    withDirectory(async (dir) => {
      const first = await openSqlite({ dir, role: 'engine' });
      await first.close();
      alter(dir, "CREATE TRIGGER refused AFTER INSERT ON topic WHEN new.name = 'bad' BEGIN SELECT RAISE(ABORT, 'refused'); END");
      const backend = await openSqlite({ dir, role: 'engine' });
      const { journal, topic } = backend;
      const emission = (run: string, name: string): { run: string; project: string; name: string; data: string; at: number } => ({
        run,
        project: 'p',
        name,
        data: '1',
        at: 1,
      });
      const results = await Promise.allSettled(
        ['good', 'bad', 'fine'].map((name) =>
          journal.append({ ...append(name, 0, event(name)), emissions: [emission(name, 'before'), emission(name, name)] }),
        ),
      );
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled'],
      );
      assert.deepEqual(
        (await topic.after(0, 10)).map(({ run }) => run),
        ['good', 'good', 'fine', 'fine'],
      );
      assert.deepEqual(await journal.read('bad', 0), []);
      await backend.close();
    }));

  test('values that SQLite would change in silence are refused', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      const { journal } = backend;
      for (const createdAt of [NaN, Infinity])
        await assert.rejects(journal.append({ ...append('r', 0, event(1)), record: record('r', { createdAt }) }), ContinuoError);
      await assert.rejects(
        journal.append({ ...append('r', 0, event(1)), record: record('r', { idempotencyKey: '\ud83c' }) }),
        ContinuoError,
      );
      assert.deepEqual(await journal.read('r', 0), []);
      await backend.close();
    }));

  test('a value that SQLite would change takes the rest of its task with it, and nothing else', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      const { journal, topic, ledger } = backend;
      const emission = (run: string, at: number): { run: string; project: string; name: string; data: string; at: number } => ({
        run,
        project: 'p',
        name: 'n',
        data: '1',
        at,
      });
      const results = await Promise.allSettled([
        journal.append({ ...append('good', 0, event(1)), emissions: [emission('good', 1)] }),
        journal.append({ ...append('bad', 0, event(1)), emissions: [emission('bad', 1), emission('bad', NaN)] }),
        ledger.write([booked('first', 1), booked('second', Infinity)]),
        ledger.write([booked('first', 2)]),
      ]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
      );
      assert.deepEqual(await journal.read('bad', 0), []);
      assert.deepEqual(
        (await topic.after(0, 10)).map(({ run }) => run),
        ['good'],
      );
      assert.deepEqual(
        (await ledger.inferences({})).map(({ id, cost }) => `${id} ${cost}`),
        ['first 2'],
      );
      await backend.close();
    }));

  test('an error message that was cut through a character is kept as far as it goes', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      const { ledger } = backend;
      await ledger.write([booked('i', 1, { status: 'failed', error: { code: 'PROVIDER_FAILED', message: 'cut \ud83c' } })]);
      assert.equal((await ledger.inference('i'))?.error?.message, 'cut \ufffd');
      await backend.close();
    }));

  test('expired answers do not pile up', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      for (let n = 0; n < 50; n++)
        await backend.ledger.write([{ is: 'answer', record: { project: 'p', key: `k${n}`, answer: '1', at: n, expiresAt: n + 2 } }]);
      await backend.close();
      const db = new DatabaseSync(join(dir, 'continuo.db'));
      assert.equal(db.prepare('SELECT count(*) AS n FROM answers').get()?.['n'], 2);
      db.close();
    }));

  test('a removed run leaves no row behind', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      for (const run of ['a', 'b']) {
        await backend.journal.append({
          ...append(run, 0, event(1)),
          record: record(run, { awaits: ['news', 'weather'], idempotencyKey: run }),
        });
        await backend.journal.append({
          ...append(run, 1, event(2)),
          record: record(run, { awaits: ['weather'], idempotencyKey: run, createdAt: 2 }),
        });
        await backend.journal.saveSnapshot(run, { seq: 2, state: '{}' });
      }
      await backend.journal.remove(['a', 'b']);
      await backend.close();
      const db = new DatabaseSync(join(dir, 'continuo.db'));
      for (const table of ['runs', 'awaits', 'journal', 'snapshots'])
        assert.equal(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'], 0, table);
      db.close();
    }));

  test('answers to messages are kept for a week', () =>
    withDirectory(async (dir) => {
      const first = await openSqlite({ dir, role: 'engine' });
      for (const id of ['old', 'recent', 'waiting']) await first.inbox.send({ id, run: 'r', command: '{}', at: 1 });
      for (const id of ['old', 'recent']) await first.inbox.settle(id);
      await first.close();
      alter(dir, `UPDATE inbox SET settled_at = ${Date.now() - 8 * 86_400_000} WHERE message = 'old'`);
      const backend = await openSqlite({ dir, role: 'engine' });
      const { inbox } = backend;
      await assert.rejects(inbox.outcome('old'), /knows no message old/);
      assert.deepEqual(await inbox.outcome('recent'), { is: 'done' });
      assert.deepEqual(
        (await inbox.pending(10)).map(({ id }) => id),
        ['waiting'],
      );
      await backend.close();
    }));

  test('a blob whose file a kill prevented is not there, and the next put mends it', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      const { blobs } = backend;
      const bytes = new TextEncoder().encode('x');
      const { id } = await blobs.put(bytes, 'text/plain', 1);
      const other = await blobs.put(new TextEncoder().encode('y'), 'text/plain', 1);
      rmSync((await blobs.path(id)) ?? '');
      assert.equal(await blobs.info(id), undefined);
      assert.deepEqual(
        (await blobs.list(undefined, 1)).map((info) => info.id),
        [other.id],
      );
      await blobs.put(bytes, 'text/plain', 2);
      assert.deepEqual(new Uint8Array(await blobs.get(id)), bytes);
      assert.equal((await blobs.list(undefined, 10)).length, 2);
      await backend.close();
    }));

  test('half-written blobs of processes that are long gone are swept away', () =>
    withDirectory(async (dir) => {
      const drafts = join(dir, 'blobs', 'tmp');
      mkdirSync(drafts, { recursive: true });
      for (const name of ['old', 'young']) writeFileSync(join(drafts, name), 'half');
      const before = Date.now() / 1000 - 2 * 86_400;
      utimesSync(join(drafts, 'old'), before, before);
      await (await openSqlite({ dir, role: 'engine' })).close();
      assert.equal(existsSync(join(drafts, 'old')), false);
      assert.equal(existsSync(join(drafts, 'young')), true);
    }));

  test('an open store keeps its process alive while something is under way, and no longer', () =>
    withDirectory(async (dir) => {
      const leaving = peer('leaving', dir);
      assert.deepEqual(await allLines(leaving), ['acknowledged']);
      assert.equal(await leaving.ended, 0);
      const backend = await openSqlite({ dir, role: 'engine' });
      const { journal } = backend;
      assert.equal((await journal.read('r', 0)).length, 1);
      await backend.close();
    }));
});
