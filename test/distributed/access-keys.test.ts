/** Looking keys up in Postgres: what is remembered, what is asked together, and what is damaged. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PostgresKeys } from '../../src/backends/postgres-redis/postgres/access/keys.ts';
import type { Sql } from '../../src/backends/postgres-redis/postgres/sql.ts';
import type { KeyRecord } from '../../src/ports/access.ts';
import { rejectsWith } from '../../src/testing/conformance/storage/store.ts';
import { startPostgres } from '../servers/postgres.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import { openSchema, schemaOf } from './ledger-rig.ts';

const aKey = (id: string): KeyRecord => ({ id, name: id, hash: '00', scopes: ['read'], createdAt: 1, createdBy: 'admin' });

describe('keys in Postgres', { concurrency: 4 }, () => {
  let server: PostgresServer;
  before(async () => (server = await startPostgres()));
  after(() => server.stop());

  const keysTest = (title: string, body: (keys: PostgresKeys, queries: readonly string[], sql: Sql) => Promise<void>): void => {
    it(title, async () => {
      const sql = await openSchema(server.url, schemaOf(title));
      const queries: string[] = [];
      const counting: Sql = {
        ...sql,
        query: (text, values) => {
          queries.push(text);
          return sql.query(text, values);
        },
      };
      try {
        await body(new PostgresKeys(counting), queries, sql);
      } finally {
        await sql.close();
      }
    });
  };

  keysTest('K1: a key that was asked for just now is not asked for again', async (keys, queries) => {
    await keys.add(aKey('k'));
    await Promise.all([keys.get('k'), keys.get('k')]);
    for (let n = 0; n < 20; n++) assert.deepEqual(await keys.get('k'), aKey('k'));
    assert.ok(queries.length <= 4, `${queries.length} queries`);
  });

  keysTest('K3: a thousand made-up keys at once are a few queries, and none is remembered', async (keys, queries) => {
    await keys.add(aKey('k'));
    const asked = Promise.all([...Array.from({ length: 1000 }, (_, n) => keys.get(`made up ${n}`)), keys.get('k')]);
    const found = await asked;
    assert.deepEqual(
      found.filter((key) => key !== undefined),
      [aKey('k')],
    );
    assert.ok(queries.length <= 7, `${queries.length} queries`);
    await keys.add(aKey('made up 7'));
    assert.equal((await keys.get('made up 7'))?.id, 'made up 7');
  });

  keysTest('a key that is damaged, or that Postgres cannot hold, fails alone', async (keys, _, sql) => {
    await keys.add(aKey('good'));
    await keys.add(aKey('bad'));
    await sql.query("UPDATE access_keys SET scopes = '{}' WHERE key = 'bad'");
    const good = keys.get('good');
    await Promise.all([rejectsWith('STORE_CORRUPT', keys.get('bad')), rejectsWith('STORE_FAILED', keys.get('a\0'))]);
    assert.deepEqual(await good, aKey('good'));
    await sql.query(`UPDATE access_keys SET scopes = '["run"]' WHERE key = 'bad'`);
    assert.deepEqual((await keys.get('bad'))?.scopes, ['run'], 'a failure is not remembered');
  });
});
