/** What a server keeps: an engine and visitors beside it, a process that is killed, and damage. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import type { Audit, KeyRecord } from '../../ports/access.ts';
import type { Backend } from '../../ports/backend.ts';
import { peer, withDirectory } from './fixtures/peer.ts';
import { openSqlite } from './index.ts';

const aKey = (id: string): KeyRecord => ({ id, name: id, hash: '00', scopes: ['read'], projects: ['a'], createdAt: 1, createdBy: 'admin' });

function shared(body: (engine: Backend, visitor: Backend, file: string) => Promise<void>): Promise<void> {
  return withDirectory(async (dir) => {
    const engine = await openSqlite({ dir, role: 'engine' });
    const visitor = await openSqlite({ dir, role: 'visitor' });
    try {
      await body(engine, visitor, join(dir, 'continuo.db'));
    } finally {
      await visitor.close();
      await engine.close();
    }
  });
}

/** Appends so many records, each behind whatever is there by then. */
async function appendAll(audit: Audit, who: string, count: number): Promise<void> {
  for (let written = 0; written < count;) {
    const last = await audit.last();
    const seq = (last?.seq ?? 0) + 1;
    const record = { seq, at: 1, who, what: `${written}`, before: last?.hash ?? '', hash: `${who} ${seq}` };
    if ((await audit.append([record])) === 'appended') written++;
  }
}

const corrupt = (error: unknown): boolean => error instanceof ContinuoError && error.code === 'STORE_CORRUPT';

suite('what a server keeps', () => {
  test('a key that a visitor makes counts at once, and no more once he revoked it', () =>
    shared(async (engine, visitor) => {
      await visitor.access.keys.add(aKey('k'));
      assert.deepEqual(await engine.access.keys.get('k'), aKey('k'));
      await visitor.access.keys.revoke('k', 5);
      assert.equal((await engine.access.keys.get('k'))?.revokedAt, 5);
      await assert.rejects(engine.access.keys.add(aKey('k')), (error) => error instanceof ContinuoError && error.code === 'KEY_EXISTS');
    }));

  test('U1: an engine and a visitor that append at once leave one log, and each all of his', () =>
    shared(async (engine, visitor) => {
      await Promise.all([appendAll(engine.access.audit, 'engine', 60), appendAll(visitor.access.audit, 'visitor', 60)]);
      const records = await engine.access.audit.read(0, 1000);
      assert.equal(records.length, 120);
      for (const [place, { seq, before }] of records.entries())
        assert.deepEqual([seq, before], [place + 1, place === 0 ? '' : records[place - 1]?.hash]);
      for (const who of ['engine', 'visitor'])
        assert.deepEqual(
          records.filter((record) => record.who === who).map(({ what }) => what),
          Array.from({ length: 60 }, (_, n) => `${n}`),
        );
    }));

  test('U2: what was appended survives the end of its process', () =>
    withDirectory(async (dir) => {
      const child = peer('noting', dir);
      let said = 0;
      for await (const line of child.lines) {
        said = Number(line);
        if (said === 40) child.kill();
      }
      await child.ended;
      const backend = await openSqlite({ dir, role: 'engine' });
      const records = await backend.access.audit.read(0, 100_000);
      await backend.close();
      assert.ok(records.length >= said && said >= 40);
      assert.ok(records.every(({ seq }, place) => seq === place + 1));
    }));

  const damages: readonly (readonly [sql: string, met: (access: Backend['access']) => Promise<unknown>])[] = [
    ["UPDATE access_keys SET scopes = 'read'", ({ keys }) => keys.get('k')],
    ["UPDATE access_keys SET projects = '[1]'", ({ keys }) => keys.list()],
    ["UPDATE access_keys SET projects = '{}'", ({ keys }) => keys.get('k')],
    ['UPDATE submitted_plans SET signature = NULL', ({ plans }) => plans.get('p', 'plan')],
    ['DROP TABLE audit', ({ audit }) => audit.last()],
    ['DROP TABLE nonces', ({ nonces }) => nonces.first('n', 2, 1)],
  ];
  for (const [sql, met] of damages)
    test(`damage is met where it is, and never lets anybody in: ${sql}`, () =>
      shared(async ({ access }, _, file) => {
        await access.keys.add(aKey('k'));
        const signature = { signer: 'ann', value: 'c2ln' };
        await access.plans.save({ id: 'plan', project: 'p', workflow: 'film', at: 1, by: 'admin', signature });
        const other = new DatabaseSync(file);
        other.exec(sql);
        other.close();
        await assert.rejects(met(access), sql.startsWith('DROP') ? ContinuoError : corrupt);
      }));
});
