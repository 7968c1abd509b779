/** Writes what the migrations make, as text that is read in reviews: `node --conditions=@continuo/source scripts/dump-schema.ts`. */
import { writeFileSync } from 'node:fs';
import { migrate } from '../src/backends/postgres-redis/postgres/migrate.ts';
import { openSql } from '../src/backends/postgres-redis/postgres/sql.ts';
import { startPostgres } from '../test/servers/postgres.ts';
import { schemaText } from './schema-text.ts';

const server = await startPostgres();
const sql = openSql({ url: server.url });
try {
  await migrate(sql);
  const text = await schemaText(sql.query, sql.schema);
  writeFileSync(new URL('../src/backends/postgres-redis/postgres/schema.sql', import.meta.url), text);
} finally {
  await sql.close();
  await server.stop();
}
