/** Databases of earlier versions, and the views in them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'node:test';
import { ledgerViews } from '../../ports/ledger.ts';
import { withDirectory } from './fixtures/peer.ts';
import { append, booked, event, record } from './fixtures/work.ts';
import { openSqlite } from './index.ts';
import { migrations } from './migrations.ts';

const applicationId = 0x436f6e74;

function using<T>(dir: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(dir, 'continuo.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function numberOf(db: DatabaseSync, pragma: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
}

/** As a version of Continuo left it that knew the first so many scripts: with a run, and a message for the engine. */
function leave(dir: string, version: number): void {
  using(dir, (db) => {
    db.exec(`PRAGMA application_id = ${applicationId}; ${migrations.slice(0, version).join(';')}; PRAGMA user_version = ${version}`);
    db.prepare(
      `INSERT INTO runs (id, run, project, workflow, status, live, created_at, queued, busy, dead, questions, record)
       VALUES (1, 'r', 'default', 'film', 'running', 1, 1, 0, 1, 0, 0, ?)`,
    ).run(JSON.stringify(record('r')));
    db.prepare('INSERT INTO journal (id, run, seq, n, at, events) VALUES (1, 1, 0, 1, 1, ?)').run(JSON.stringify([event('kept')]));
    db.exec("INSERT INTO inbox (message, run, command, at) VALUES ('m', 'r', '{}', 1)");
  });
}

suite('databases of earlier versions', () => {
  for (let version = 1; version < migrations.length; version++) {
    test(`an engine that opens schema ${version} brings it up to date, with everything in it`, () =>
      withDirectory(async (dir) => {
        leave(dir, version);
        await assert.rejects(openSqlite({ dir, role: 'visitor' }), new RegExp(`schema ${version}.* an engine that opens it upgrades it`));
        const backend = await openSqlite({ dir, role: 'engine' });
        const { journal, runs, inbox, ledger, meters, access } = backend;
        assert.deepEqual(await journal.read('r', 0), [{ seq: 0, at: 1, events: [event('kept')] }]);
        assert.equal((await runs.list({ busy: true })).length, 1);
        assert.equal((await inbox.pending(10)).length, 1);
        await journal.append(append('r', 1, event('new')));
        await ledger.write([booked('i', 1)]);
        assert.equal((await ledger.inferences({})).length, 1);
        assert.deepEqual(await meters.take([{ id: 'm', capacity: 1, refill: 0, amount: 1 }], 0), { granted: true });
        assert.equal(await access.audit.append([{ seq: 1, at: 1, who: 'admin', what: 'run.start', before: '', hash: 'h' }]), 'appended');
        await backend.close();
        assert.equal(
          using(dir, (db) => numberOf(db, 'user_version')),
          migrations.length,
        );
        await (await openSqlite({ dir, role: 'visitor' })).close();
      }));
  }

  test('each script leads to the next version, whichever one begins with', () =>
    withDirectory(async (dir) => {
      const shape = (db: DatabaseSync): unknown =>
        db.prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").all();
      leave(dir, 1);
      await (await openSqlite({ dir, role: 'engine' })).close();
      const upgraded = using(dir, shape);
      await withDirectory(async (fresh) => {
        await (await openSqlite({ dir: fresh, role: 'engine' })).close();
        assert.deepEqual(upgraded, using(fresh, shape));
      });
    }));
});

suite('views in the database', () => {
  test('any program that reads SQLite sees in them what the ledger shows now', () =>
    withDirectory(async (dir) => {
      const backend = await openSqlite({ dir, role: 'engine' });
      const { ledger } = backend;
      const now = Date.now();
      const hours = (n: number): number => now - n * 3_600_000;
      await ledger.write([
        ...Array.from({ length: 12 }, (_, n) => booked(`i${n}`, n, { at: hours(n + 1), status: n % 2 === 0 ? 'ok' : 'failed' })),
        ...[6, 30, 54].map((ago) => ({
          is: 'feedback' as const,
          record: { id: `${ago}`, at: hours(ago), project: 'p', metric: 'quality', value: ago, inference: `i${ago / 6}`, tags: {} },
        })),
      ]);
      const shown = await Promise.all(ledgerViews.map((view) => ledger.view(view, now)));
      await backend.close();
      const seen = using(dir, (db) => ledgerViews.map((view) => db.prepare(`SELECT * FROM ${view}`).all()));
      assert.deepEqual(
        seen.map((rows) => rows.map((row) => ({ ...row }))),
        shown,
      );
      assert.deepEqual(
        shown.at(-1)?.map(({ alert }) => alert),
        ['high_error_rate', 'quality_degradation'],
      );
    }));

  test('views that say something else are made anew, and those that do not are left alone', () =>
    withDirectory(async (dir) => {
      const reopen = async (): Promise<unknown> => {
        await (await openSqlite({ dir, role: 'engine' })).close();
        return using(dir, (db) => numberOf(db, 'schema_version'));
      };
      const first = await reopen();
      assert.equal(await reopen(), first, 'nothing was written');
      using(dir, (db) => db.exec('DROP VIEW alerts; DROP VIEW component_cost; CREATE VIEW alerts AS SELECT 1 AS old'));
      await reopen();
      using(dir, (db) => {
        assert.deepEqual(db.prepare('SELECT * FROM alerts').all(), []);
        assert.deepEqual(db.prepare('SELECT * FROM component_cost').all(), []);
      });
    }));
});
