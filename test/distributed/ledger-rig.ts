/** Stores whose ledger, meters and blobs are in one Postgres, and whose rest is in memory. */
import { hash } from 'node:crypto';
import { openMemory } from '../../src/backends/memory/index.ts';
import { installDerived } from '../../src/backends/postgres-redis/postgres/derived.ts';
import { openLedger } from '../../src/backends/postgres-redis/postgres/ledger.ts';
import { openMeters } from '../../src/backends/postgres-redis/postgres/meters.ts';
import { migrate } from '../../src/backends/postgres-redis/postgres/migrate.ts';
import { openSql } from '../../src/backends/postgres-redis/postgres/sql.ts';
import type { Sql } from '../../src/backends/postgres-redis/postgres/sql.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { Blobs } from '../../src/ports/blobs.ts';

export async function openSchema(url: string, schema: string): Promise<Sql> {
  const sql = openSql({ url, schema, connections: 4 });
  await migrate(sql);
  await installDerived(sql);
  return sql;
}

export function schemaOf(dir: string): string {
  return `test_${hash('sha256', dir).slice(0, 16)}`;
}

/** The same directory is the same schema. */
export async function openParts(url: string, dir: string, blobsOf?: (sql: Sql, dir: string) => Promise<Blobs>): Promise<Backend> {
  const sql = await openSchema(url, schemaOf(dir));
  const memory = openMemory();
  const blobs = await blobsOf?.(sql, dir);
  let closing: Promise<void> | undefined;
  return {
    ...memory,
    ledger: openLedger(sql),
    meters: openMeters(sql),
    blobs: blobs ?? memory.blobs,
    close: () => (closing ??= sql.close()),
  };
}
