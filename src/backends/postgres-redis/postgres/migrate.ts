/**
 * Brings a schema to the version that this code works on.
 *
 * V1. One node at a time migrates, under an advisory lock; a version is reached in one transaction, or not at all.
 */
import { ContinuoError } from '../../../core/errors.ts';
import { migrations } from './migrations/index.ts';
import type { Query, Sql } from './sql.ts';

/** Answers with the id of the cluster, made when the schema was. */
export async function migrate(sql: Sql): Promise<string> {
  return sql.transaction(async (query) => {
    await query("SELECT pg_advisory_xact_lock(hashtextextended('continuo migrate ' || $1, 0))", [sql.schema]);
    await query(`CREATE SCHEMA IF NOT EXISTS ${quoted(sql.schema)}`);
    await query(
      'CREATE TABLE IF NOT EXISTS cluster (one boolean PRIMARY KEY DEFAULT true CHECK (one), id text NOT NULL DEFAULT gen_random_uuid(), version int NOT NULL DEFAULT 0)',
    );
    await query('INSERT INTO cluster DEFAULT VALUES ON CONFLICT DO NOTHING');
    const { id, version } = await stateOf(query);
    if (version > migrations.length)
      throw new ContinuoError(
        'JOURNAL_NEWER',
        `${sql.location} has schema ${version}; this version of Continuo knows ${migrations.length}`,
      );
    for (const script of migrations.slice(version)) await query(script);
    await query('UPDATE cluster SET version = $1', [migrations.length]);
    return id;
  });
}

async function stateOf(query: Query): Promise<{ readonly id: string; readonly version: number }> {
  const [row] = await query('SELECT id, version FROM cluster');
  return { id: String(row?.['id']), version: Number(row?.['version']) };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
