import { ContinuoError } from '../../core/errors.ts';
import type { RunQuery, RunRecord, Runs, RunTally } from '../../ports/journal.ts';
import { isLive, pair } from './data.ts';
import type { MemoryData, StoredRun } from './data.ts';
import type { MemoryFleet } from './fleet/fleet.ts';

export class MemoryRuns implements Runs {
  readonly #data: MemoryData;
  readonly #fleet: MemoryFleet | undefined;

  constructor(data: MemoryData, fleet?: MemoryFleet) {
    this.#data = data;
    this.#fleet = fleet;
  }

  async get(run: string): Promise<RunRecord | undefined> {
    return copyOf(this.#data.runs.get(run));
  }

  async byKey(project: string, idempotencyKey: string): Promise<RunRecord | undefined> {
    return this.get(this.#data.keys.get(pair(project, idempotencyKey)) ?? '');
  }

  async list(query: RunQuery): Promise<readonly RunRecord[]> {
    const direction = query.oldestFirst === true ? 1 : -1;
    const after = this.#place(query.after);
    const found: StoredRun[] = [];
    for (const run of this.#data.runs.values()) {
      if (fits(run.record, query) && (after === undefined || order(after, run) * direction < 0)) found.push(run);
    }
    found.sort((a, b) => order(a, b) * direction);
    return found.slice(0, query.limit).flatMap((run) => copyOf(run) ?? []);
  }

  async tally(): Promise<RunTally> {
    const live = [...this.#data.runs.values()].map(({ record }) => record).filter(({ status }) => isLive(status));
    const count = (counts: (record: RunRecord) => boolean): number => live.filter(counts).length;
    return {
      running: count(({ status }) => status === 'running'),
      waiting: count(({ status }) => status === 'waiting'),
      paused: count(({ status }) => status === 'paused'),
      queued: count(({ queued }) => queued),
      asking: count(({ questions }) => questions > 0),
    };
  }

  async due(now: number, limit: number): Promise<readonly string[]> {
    return this.#waking()
      .filter(({ wakeAt }) => wakeAt <= now)
      .slice(0, limit)
      .map(({ run }) => run);
  }

  async nextWake(): Promise<number | undefined> {
    return this.#waking()[0]?.wakeAt;
  }

  /** Earliest first. */
  #waking(): readonly { readonly run: string; readonly wakeAt: number }[] {
    const waking: { run: string; wakeAt: number; id: number }[] = [];
    for (const { id, record, node } of this.#data.runs.values()) {
      if (this.#fleet !== undefined && node !== this.#fleet.node) continue;
      const { run, status, wakeAt } = record;
      if (wakeAt !== undefined && isLive(status) && status !== 'paused') waking.push({ run, wakeAt, id });
    }
    return waking.sort((a, b) => a.wakeAt - b.wakeAt || a.id - b.id);
  }

  #place(run: string | undefined): StoredRun | undefined {
    if (run === undefined) return undefined;
    const place = this.#data.runs.get(run);
    if (place === undefined) throw new ContinuoError('RUN_UNKNOWN', `the list cannot go on after run ${run}: it is not in memory`);
    return place;
  }
}

/** By creation, and those of the same instant in the order in which they came. */
function order(a: StoredRun, b: StoredRun): number {
  return a.record.createdAt - b.record.createdAt || a.id - b.id;
}

function fits(record: RunRecord, query: RunQuery): boolean {
  return (
    is(query.project, record.project) &&
    (query.projects === undefined || query.projects.includes(record.project)) &&
    (query.from === undefined || record.createdAt >= query.from) &&
    is(query.workflow, record.workflow) &&
    is(query.parent, record.parent) &&
    (query.called !== true || (record.parent !== undefined && isLive(record.status))) &&
    is(query.concurrencyKey, record.concurrencyKey) &&
    is(query.queued, record.queued) &&
    is(query.busy, record.busy) &&
    is(query.dead, record.dead > 0) &&
    is(query.withQuestions, record.questions > 0) &&
    (query.status === undefined || query.status.includes(record.status)) &&
    (query.awaits === undefined || (isLive(record.status) && record.awaits.includes(query.awaits))) &&
    (query.expiredAt === undefined || (record.expiresAt !== undefined && record.expiresAt <= query.expiredAt))
  );
}

function is<T>(wanted: T | undefined, found: T | undefined): boolean {
  return wanted === undefined || wanted === found;
}

function copyOf(run: StoredRun | undefined): RunRecord | undefined {
  // The journal wrote the text from a record.
  return run === undefined ? undefined : (JSON.parse(run.json) as RunRecord);
}
