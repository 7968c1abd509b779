import type { RunQuery, RunRecord, Runs } from '../ports/journal.ts';

const page = 500;

/** Every run of a query, oldest first, a page at a time. */
export async function* allRuns(runs: Runs, query: RunQuery): AsyncGenerator<RunRecord> {
  for (let after: string | undefined; ;) {
    const found = await runs.list({ ...query, oldestFirst: true, limit: page, ...(after === undefined ? {} : { after }) });
    yield* found;
    after = found.at(-1)?.run;
    if (found.length < page) return;
  }
}
