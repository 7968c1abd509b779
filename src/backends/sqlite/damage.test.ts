/** Files that are not what they should be, and disks without room. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { Backend } from '../../ports/backend.ts';
import { withDirectory } from './fixtures/peer.ts';
import { append, event } from './fixtures/work.ts';
import { openSqlite } from './index.ts';
import { migrations } from './migrations.ts';

const pageSize = 4096;

/** A directory with a run in it, closed; `body` may do to its files what it likes. */
function withRun(body: (dir: string, file: string) => Promise<void>): Promise<void> {
  return withDirectory(async (dir) => {
    const backend = await openSqlite({ dir, role: 'engine' });
    for (let seq = 0; seq < 200; seq += 2) {
      await backend.journal.append({
        ...append('r', seq, event('x'.repeat(500)), event(seq)),
        emissions: [{ run: 'r', project: 'p', name: 'n', data: '1', at: 1 }],
      });
    }
    await backend.close();
    await body(dir, join(dir, 'continuo.db'));
  });
}

function alter(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

/** Writes nonsense over the first page of a table. */
function overwrite(file: string, table: string): void {
  const db = new DatabaseSync(file);
  const page = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)?.['rootpage']);
  db.close();
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, new Uint8Array(pageSize).fill(0xa5), 0, pageSize, (page - 1) * pageSize);
  closeSync(descriptor);
}

async function fails(code: ErrorCode, message: string | RegExp, work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof ContinuoError, String(error));
    assert.equal(error.code, code, error.message);
    assert.ok(typeof message === 'string' ? error.message.includes(message) : message.test(error.message), error.message);
    return true;
  });
}

async function using(dir: string, work: (backend: Backend) => Promise<void>): Promise<void> {
  const backend = await openSqlite({ dir, role: 'engine' });
  try {
    await work(backend);
  } finally {
    await backend.close();
  }
}

suite('damage', () => {
  const ruins: readonly (readonly [string, (file: string) => void])[] = [
    ['is cut in half', (file) => truncateSync(file, Math.floor(statSync(file).size / 2 / pageSize) * pageSize)],
    ['is cut within its first page', (file) => truncateSync(file, 100)],
    ['is empty', (file) => truncateSync(file, 0)],
    ['is garbage', (file) => writeFileSync(file, 'garbage '.repeat(4096))],
    ['is another program’s database', (file) => (rmSync(file), alter(file, 'CREATE TABLE theirs (a)'))],
    ['has lost its first table', (file) => overwrite(file, 'runs')],
  ];
  for (const [what, ruin] of ruins) {
    test(`a database that ${what} is STORE_CORRUPT for everybody, and lets go of the directory`, () =>
      withRun(async (dir, file) => {
        ruin(file);
        const before = readFileSync(file);
        const work = async (role: 'engine' | 'visitor'): Promise<void> => {
          const backend = await openSqlite({ dir, role });
          try {
            await backend.runs.get('r');
          } finally {
            await backend.close();
          }
        };
        for (const role of ['engine', 'visitor', 'engine'] as const) await fails('STORE_CORRUPT', file, work(role));
        assert.ok(before.equals(readFileSync(file)), 'it was left as it is');
      }));
  }

  test('a database that is gone while its log is not is STORE_CORRUPT', () =>
    withRun(async (dir, file) => {
      rmSync(file);
      writeFileSync(`${file}-wal`, 'log');
      await fails('STORE_CORRUPT', `${file}-wal`, openSqlite({ dir, role: 'engine' }));
    }));

  test('damage that shows later is STORE_CORRUPT where it is met, and nowhere else', () =>
    withRun(async (dir, file) => {
      overwrite(file, 'topic');
      await using(dir, async ({ journal, runs, topic }) => {
        await fails('STORE_CORRUPT', file, topic.after(0, 10));
        await fails(
          'STORE_CORRUPT',
          file,
          journal.append({ ...append('r', 200, event(1)), emissions: [{ run: 'r', project: 'p', name: 'n', data: '1', at: 1 }] }),
        );
        assert.equal((await runs.list({})).length, 1);
        await journal.append(append('r', 200, event(1)));
      });
    }));

  test('a damaged journal does not hide the index of runs', () =>
    withRun(async (dir, file) => {
      overwrite(file, 'journal');
      await using(dir, async ({ journal, runs }) => {
        assert.equal((await runs.get('r'))?.run, 'r');
        await fails('STORE_CORRUPT', file, journal.read('r', 0));
        await fails('STORE_CORRUPT', file, journal.append(append('r', 200, event(1))));
      });
    }));

  const rows: readonly (readonly [string, string, RegExp])[] = [
    ['cannot be read', "UPDATE journal SET events = '[{\"type' WHERE seq = 8", /event 8 of run r is not JSON/],
    ['holds too few events', "UPDATE journal SET events = '[]' WHERE seq = 8", /event 8 of run r is not where/],
    ['is missing', 'DELETE FROM journal WHERE seq = 8', /event 8 of run r is not where/],
    ['is missing at the beginning', 'DELETE FROM journal WHERE seq = 0', /event 0 of run r is not where/],
  ];
  for (const [what, sql, message] of rows) {
    test(`an entry that ${what} is STORE_CORRUPT, with run and event named`, () =>
      withRun(async (dir, file) => {
        alter(file, sql);
        await using(dir, async ({ journal }) => {
          await fails('STORE_CORRUPT', message, journal.read('r', 0));
          assert.equal((await journal.read('r', 10))[0]?.seq, 10);
        });
      }));
  }

  test('a record that cannot be read names its run', () =>
    withRun(async (dir, file) => {
      alter(file, "UPDATE runs SET record = '{'");
      await using(dir, async ({ runs }) => {
        await fails('STORE_CORRUPT', 'the record of run r', runs.get('r'));
        await fails('STORE_CORRUPT', 'the record of run r', runs.list({}));
      });
    }));

  test('a newer schema is refused by everybody, and left as it is', () =>
    withRun(async (dir, file) => {
      alter(file, 'PRAGMA user_version = 999');
      for (const role of ['engine', 'visitor'] as const) await fails('JOURNAL_NEWER', 'schema 999', openSqlite({ dir, role }));
      alter(file, `PRAGMA user_version = ${migrations.length}`);
      await using(dir, async ({ journal }) => assert.equal((await journal.read('r', 0)).length, 100));
    }));

  test('a start that was killed while it made the database is begun anew', () =>
    withDirectory(async (dir) => {
      writeFileSync(join(dir, 'continuo.db.new'), 'half made');
      await using(dir, async ({ journal }) => journal.append(append('r', 0, event(1))));
    }));
});

suite('a full disk', () => {
  const lanes = [0, 1, 2, 3] as const;

  /** Appends until there is no room; answers how many of each lane were acknowledged. */
  async function fill({ journal }: Backend): Promise<readonly number[]> {
    for (let round = 0; ; round++) {
      // The first keeps the writer busy; the others come meanwhile, and are one transaction.
      const results = await Promise.allSettled(lanes.map((lane) => journal.append(append(`r${lane}`, round, event('x'.repeat(30_000))))));
      const failed = results.filter((result) => result.status === 'rejected');
      if (failed.length === 0) continue;
      for (const { reason } of failed) assert.ok(reason instanceof ContinuoError && reason.code === 'STORE_FULL', String(reason));
      const group = new Set(results.slice(1).map(({ status }) => status));
      assert.deepEqual([...group], ['rejected'], 'a group is there whole or not at all');
      return results.map(({ status }) => (status === 'fulfilled' ? round + 1 : round));
    }
  }

  async function checkFilled({ journal, runs }: Backend, rounds: readonly number[]): Promise<void> {
    for (const lane of lanes) assert.equal((await journal.read(`r${lane}`, 0)).length, rounds[lane]);
    assert.ok(rounds.every((count) => count > 0));
    assert.equal((await runs.list({})).length, lanes.length);
  }

  test('fails the whole group with nothing written; with room again, everything goes on', () =>
    withDirectory(async (dir) => {
      const full = await openSqlite({ dir, role: 'engine', maxPages: 300 });
      const rounds = await fill(full);
      await checkFilled(full, rounds);
      await full.close();
      await using(dir, async (backend) => {
        await checkFilled(backend, rounds);
        await backend.journal.append(append('r3', rounds[3] ?? 0, event('fits again')));
      });
    }));

  test('the same on a real file system, while the store stays open', async (t) => {
    await withDirectory(async (dir) => {
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'continuo-test', dir], { stdio: 'ignore' });
      } catch {
        t.skip('mounting a small file system is for root');
        return;
      }
      try {
        await using(dir, async (backend) => {
          const ballast = join(dir, 'ballast');
          writeFileSync(ballast, new Uint8Array(400_000));
          const rounds = await fill(backend);
          await checkFilled(backend, rounds);
          await assert.rejects(backend.blobs.put(new Uint8Array(2_000_000), 'a/b', 1), { code: 'STORE_FULL' });
          assert.deepEqual(await backend.blobs.list(undefined, 10), []);
          rmSync(ballast);
          await backend.journal.append(append('r3', rounds[3] ?? 0, event('fits again')));
        });
      } finally {
        execFileSync('umount', [dir]);
      }
    });
  });
});
