import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { schemaText } from '../../scripts/schema-text.ts';
import { migrate } from '../../src/backends/postgres-redis/postgres/migrate.ts';
import { migrations } from '../../src/backends/postgres-redis/postgres/migrations/index.ts';
import { openSql } from '../../src/backends/postgres-redis/postgres/sql.ts';
import type { Postgres } from '../../src/backends/postgres-redis/postgres/sql.ts';
import { rejectsWith } from '../../src/testing/conformance/storage/store.ts';
import { startPostgres } from '../servers/postgres.ts';
import { freshSchema, openNode } from './postgres-store.ts';

const server = await startPostgres();
after(() => server.stop());

async function withSql(body: (sql: Postgres) => Promise<void>, schema = freshSchema()): Promise<void> {
  const sql = openSql({ url: server.url, schema, connections: 4 });
  try {
    await body(sql);
  } finally {
    await sql.close();
  }
}

test('the migrations make the schema that is written down; after a change, `node --conditions=@continuo/source scripts/dump-schema.ts` writes it', () =>
  withSql(async (sql) => {
    await migrate(sql);
    const written = await readFile(new URL('../../src/backends/postgres-redis/postgres/schema.sql', import.meta.url), 'utf8');
    assert.equal(await schemaText(sql.query, sql.schema), written);
  }));

test('V1: nodes that begin at once on an empty database make the schema once, and agree on the cluster', async () => {
  const schema = freshSchema();
  const nodes = await Promise.all(Array.from({ length: 5 }, () => openNode(server.url, schema)));
  assert.equal(new Set(nodes.map(({ cluster }) => cluster)).size, 1);
  assert.equal((await nodes[0]?.fleet?.nodes())?.length, 5);
  await Promise.all(nodes.map((node) => node.close()));
});

test('a migration that was interrupted has left nothing, and the next one goes on', () =>
  withSql(async (sql) => {
    // Somebody else's table stands where ours is to be.
    await sql.query(`CREATE SCHEMA "${sql.schema}"`);
    await sql.query('CREATE TABLE memos (something int)');
    await assert.rejects(migrate(sql), /memos/);
    assert.deepEqual(await sql.query('SELECT tablename FROM pg_tables WHERE schemaname = current_schema()'), [{ tablename: 'memos' }]);
    await sql.query('DROP TABLE memos');
    await migrate(sql);
    assert.deepEqual(await sql.query('SELECT version FROM cluster'), [{ version: migrations.length }]);
  }));

test('a schema of a newer version is refused, and left as it is', () =>
  withSql(async (sql) => {
    await migrate(sql);
    await sql.query('UPDATE cluster SET version = 99');
    await rejectsWith('JOURNAL_NEWER', openNode(server.url, sql.schema));
    assert.deepEqual(await sql.query('SELECT version FROM cluster'), [{ version: 99 }]);
    assert.deepEqual(await sql.query('SELECT * FROM nodes'), []);
  }));
