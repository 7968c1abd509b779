/** Lists of runs go on after the last run of the page before. */
import { ContinuoError } from '../../core/errors.ts';
import type { Runs, RunQuery, RunRecord } from '../../ports/journal.ts';
import { covers, type Principal } from '../access/principal.ts';

export interface Page {
  readonly records: readonly RunRecord[];
  /** Absent where there is no more. */
  readonly cursor?: string;
}

/** Only what the key's projects have. A project that it is not bound to has nothing for it. */
export async function pageOf(
  runs: Runs,
  principal: Principal,
  {
    cursor,
    limit,
    project,
    ...query
  }: Omit<RunQuery, 'limit' | 'after' | 'projects'> & { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page> {
  if (project !== undefined && !covers(principal, project)) return { records: [] };
  const { projects } = principal;
  const after = cursor === undefined ? undefined : await runAt(runs, principal, cursor);
  const records = await runs.list({
    ...query,
    ...(project === undefined ? (projects === undefined ? {} : { projects }) : { project }),
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  const last = records[limit - 1];
  return records.length > limit && last !== undefined
    ? { records: records.slice(0, limit), cursor: Buffer.from(last.run).toString('base64url') }
    : { records };
}

async function runAt(runs: Runs, principal: Principal, cursor: string): Promise<string> {
  const run = Buffer.from(cursor, 'base64url').toString();
  const record = await runs.get(run);
  if (record !== undefined && covers(principal, record.project)) return run;
  throw new ContinuoError('REQUEST_INVALID', 'querystring/cursor: it leads to no run that is still there; begin again without one');
}
