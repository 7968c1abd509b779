/**
 * Taking runs away without holding up those who write.
 *
 * R1. A run is out of sight at once, between two appends of anybody, and noted as removed in the same commit; what it
 *     leaves behind goes in pieces. Whoever removes next finishes what a crash interrupted.
 */
import type { Query, Sql } from './sql.ts';

const runsAtOnce = 100;
const entriesAtOnce = 2000;

export async function removeRuns(sql: Sql, runs: readonly string[]): Promise<void> {
  for (let from = 0; from < runs.length; from += runsAtOnce) {
    await sql.query('SELECT hide($1)', [runs.slice(from, from + runsAtOnce)]);
    await sweepRemoved(sql);
  }
}

/** Removes what removed runs left behind. */
export async function sweepRemoved(sql: Sql): Promise<void> {
  while (await sql.transaction(sweepSome));
}

/** Answers whether there may be more. */
async function sweepSome(query: Query): Promise<boolean> {
  const removed = await query('SELECT run, name FROM removed ORDER BY run LIMIT $1 FOR UPDATE SKIP LOCKED', [runsAtOnce]);
  if (removed.length === 0) return false;
  const ids = removed.map(({ run }) => Number(run));
  const entries = await query(
    `DELETE FROM journal WHERE id IN (SELECT id FROM journal WHERE run = ANY ($1::bigint[]) LIMIT ${entriesAtOnce}) RETURNING 1`,
    [ids],
  );
  if (entries.length === entriesAtOnce) return true;
  await query('DELETE FROM snapshots WHERE run = ANY ($1::bigint[])', [ids]);
  await query('DELETE FROM contents WHERE inference IN (SELECT id FROM inferences WHERE run = ANY ($1))', [
    removed.map(({ name }) => String(name)),
  ]);
  await query('DELETE FROM removed WHERE run = ANY ($1::bigint[])', [ids]);
  return true;
}
