/** Reading a run in order to command it. */
import { ContinuoError } from '../core/errors.ts';
import type { Loaded } from '../engine/reader.ts';
import type { Visitor } from '../engine/visitor.ts';

export type Record = Awaited<ReturnType<Visitor['reader']['list']>>[number];

export async function mustExist(visitor: Visitor, run: string): Promise<Loaded> {
  const loaded = await visitor.reader.load(run);
  if (loaded !== undefined) return loaded;
  const newest = await visitor.reader.list({ limit: 5 });
  const there = newest.length === 0 ? 'it has none' : `the newest are ${newest.map((one) => one.run).join(', ')}`;
  throw new ContinuoError('RUN_UNKNOWN', `there is no run ${JSON.stringify(run)} in ${visitor.backend.location}; ${there}`);
}

/** A run that has not ended. */
export async function mustRun(visitor: Visitor, run: string): Promise<Loaded> {
  const loaded = await mustExist(visitor, run);
  const { endedAt, status } = loaded.record;
  if (endedAt !== undefined) throw new ContinuoError('RUN_ENDED', `run ${run} has ${status === 'cancelled' ? 'been cancelled' : status}`);
  return loaded;
}
