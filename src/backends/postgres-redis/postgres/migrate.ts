/**
 * Brings a schema to the version that this code works on.
 *
 * V1. One node at a time migrates, under an advisory lock; a version is reached in one transaction, or not at all.
 * V2. A user who may change nothing in the schema can use it when somebody else has brought it to this version.
 */
import { ContinuoError } from '../../../core/errors.ts';
import { migrations } from './migrations/index.ts';
import type { Sql } from './sql.ts';

/** Answers with the id of the cluster, made when the schema was. */
export async function migrate(sql: Sql): Promise<string> {
  const [there] = await sql.query('SELECT to_regclass($1) IS NOT NULL AS yes', [`${quoted(sql.schema)}.cluster`]);
  if (there?.['yes'] === true) {
    const { id, version } = await stateOf(sql);
    if (version === migrations.length) return id;
  }
  return sql.transaction(async (query) => {
    await query("SELECT pg_advisory_xact_lock(hashtextextended('continuo migrate ' || $1, 0))", [sql.schema]);
    await query(`CREATE SCHEMA IF NOT EXISTS ${quoted(sql.schema)}`);
    await query(
      'CREATE TABLE IF NOT EXISTS cluster (one boolean PRIMARY KEY DEFAULT true CHECK (one), id text NOT NULL DEFAULT gen_random_uuid(), version int NOT NULL DEFAULT 0)',
    );
    await query('INSERT INTO cluster DEFAULT VALUES ON CONFLICT DO NOTHING');
    const { id, version } = await stateOf({ query, location: sql.location });
    for (const script of migrations.slice(version)) await query(script);
    await query('UPDATE cluster SET version = $1', [migrations.length]);
    return id;
  });
}

async function stateOf({ query, location }: Pick<Sql, 'query' | 'location'>): Promise<{ readonly id: string; readonly version: number }> {
  const [row] = await query('SELECT id, version FROM cluster');
  const version = Number(row?.['version'] ?? 0);
  if (version > migrations.length)
    throw new ContinuoError('JOURNAL_NEWER', `${location} has schema ${version}; this version of Continuo knows ${migrations.length}`);
  return { id: String(row?.['id']), version };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
