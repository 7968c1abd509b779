/** A schema for each test on one server, and backends on it: what Postgres keeps, blobs and quotas from memory. */
import { randomUUID } from 'node:crypto';
import { memoryData, openMemory } from '../../src/backends/memory/index.ts';
import { openAccess } from '../../src/backends/postgres-redis/postgres/access/open.ts';
import { installDerived } from '../../src/backends/postgres-redis/postgres/derived.ts';
import { openLedger } from '../../src/backends/postgres-redis/postgres/ledger.ts';
import { openMeters } from '../../src/backends/postgres-redis/postgres/meters.ts';
import { openPostgres } from '../../src/backends/postgres-redis/postgres/open-postgres.ts';
import type { PostgresOptions, PostgresParts } from '../../src/backends/postgres-redis/postgres/open-postgres.ts';
import type { MemoryData } from '../../src/backends/memory/index.ts';
import type { Backend } from '../../src/ports/backend.ts';

export function freshSchema(): string {
  return `t_${randomUUID().replaceAll('-', '')}`;
}

/** A schema for each directory that the conformance kit makes. */
export function schemaOf(dir: string): string {
  return `d_${dir.replaceAll(/[^A-Za-z0-9]/g, '_').slice(-50)}`;
}

export async function openNode(url: string, schema: string, options: Partial<PostgresOptions> = {}): Promise<PostgresParts> {
  return openPostgres({ url, schema, connections: 4 }, { role: 'engine', ...options });
}

const memories = new Map<string, MemoryData>();

/** Blobs and quotas are other parts': here they come from memory. */
export async function composed(parts: PostgresParts): Promise<Backend> {
  await installDerived(parts.sql);
  const data = memories.get(parts.sql.schema) ?? memoryData();
  memories.set(parts.sql.schema, data);
  const { blobs, access, ...memory } = openMemory({ data });
  return {
    ...parts,
    name: 'postgres',
    ledger: openLedger(parts.sql),
    meters: openMeters(parts.sql),
    access: { ...openAccess(parts.sql), quotas: access.quotas },
    blobs,
    close: async () => {
      await memory.close();
      await parts.close();
    },
  };
}
