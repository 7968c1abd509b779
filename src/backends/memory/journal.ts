/**
 * Appends and the journals that they make.
 *
 * A1. An append checks everything first and writes then, without a pause in between:
 *     it is there whole or not at all.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { Entry, RunEvent } from '../../core/run/events.ts';
import type { Append, Journal, RunRecord, Snapshot } from '../../ports/journal.ts';
import { pair } from './data.ts';
import type { MemoryData, StoredEntry, StoredRun } from './data.ts';
import type { MemoryFleet } from './fleet/fleet.ts';
import { answerMessage } from './inbox.ts';

export class MemoryJournal implements Journal {
  readonly #data: MemoryData;
  readonly #mustBeOpen: () => void;
  readonly #fleet: MemoryFleet | undefined;

  constructor(data: MemoryData, mustBeOpen: () => void, fleet?: MemoryFleet) {
    this.#data = data;
    this.#mustBeOpen = mustBeOpen;
    this.#fleet = fleet;
  }

  async append(write: Append): Promise<void> {
    this.#mustBeOpen();
    const json = write.record === undefined ? undefined : JSON.stringify(write.record);
    const events = JSON.stringify(write.events);
    const before = this.#data.runs.get(write.run);
    this.#check(write, before);
    const run = json === undefined ? mustHave(before, write.run) : this.#withRecord(write.run, before, json);
    if (write.events.length > 0)
      run.entries.push({ id: this.#data.number(), seq: write.seq, n: write.events.length, at: write.at, events });
    this.#writeRest(write);
  }

  async read(run: string, from: number, limit: number = Infinity): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    for (const stored of this.#data.runs.get(run)?.entries ?? []) {
      const { seq, n, at } = stored;
      if (seq + n <= from) continue;
      if (entries.length >= limit) break;
      const events = eventsOf(stored);
      entries.push(seq < from ? { seq: from, at, events: events.slice(from - seq) } : { seq, at, events });
    }
    return entries;
  }

  async snapshot(run: string): Promise<Snapshot | undefined> {
    const snapshot = this.#data.runs.get(run)?.snapshot;
    return snapshot === undefined ? undefined : { seq: snapshot.seq, state: snapshot.state };
  }

  async saveSnapshot(run: string, { seq, state }: Snapshot): Promise<void> {
    this.#mustBeOpen();
    const before = this.#data.runs.get(run);
    if (before !== undefined) this.#data.runs.set(run, { ...before, snapshot: { id: this.#data.number(), seq, state } });
  }

  #forgetContents(run: string): void {
    for (const [id, record] of this.#data.inferences) {
      if (record.run !== run) continue;
      const { input: _input, output: _output, ...books } = record;
      this.#data.inferences.set(id, books);
    }
  }

  async remove(runs: readonly string[]): Promise<void> {
    this.#mustBeOpen();
    for (const run of runs) {
      this.#freeKey(this.#data.runs.get(run)?.record);
      this.#data.runs.delete(run);
      this.#forgetContents(run);
    }
  }

  #check(write: Append, before: StoredRun | undefined): void {
    const last = before?.entries.at(-1);
    const next = last === undefined ? 0 : last.seq + last.n;
    this.#fleet?.mustLive();
    const elsewhere = this.#fleet?.elsewhere(write, before);
    // Who starts a run that is there is told so, wherever it is.
    if (elsewhere !== undefined && (write.seq > 0 || next === 0)) throw elsewhere;
    if (write.seq !== next) {
      throw new ContinuoError('JOURNAL_CONFLICT', `event ${write.seq} of run ${write.run} was to be written, and its next is ${next}`);
    }
    const key = write.record?.idempotencyKey;
    const holder = key === undefined ? undefined : this.#data.keys.get(pair(write.record?.project ?? '', key));
    if (holder !== undefined && holder !== write.run) {
      throw new ContinuoError('RUN_EXISTS', `the idempotency key of run ${write.run} belongs to another run of its project`);
    }
    const settled = (write.consumes ?? []).filter((id) => this.#data.inbox.get(id)?.outcome.is !== 'waiting');
    if (settled.length > 0) {
      const message = `run ${write.run} was to take messages of the inbox that do not wait any more: ${settled.join(', ')}`;
      throw new ContinuoError('MESSAGE_SETTLED', message, { messages: settled });
    }
  }

  #withRecord(run: string, before: StoredRun | undefined, json: string): StoredRun {
    // The text is a record's.
    const record = JSON.parse(json) as RunRecord;
    const kept = before ?? { id: this.#data.number(), entries: [], snapshot: undefined, ...this.#belongs(run, record.parent) };
    const after: StoredRun = { ...kept, json, record };
    this.#freeKey(before?.record);
    if (record.idempotencyKey !== undefined) this.#data.keys.set(pair(record.project, record.idempotencyKey), run);
    this.#data.runs.set(run, after);
    return after;
  }

  #belongs(run: string, parent: string | undefined): Pick<StoredRun, 'node' | 'family'> {
    const family = parent === undefined ? undefined : this.#data.runs.get(parent)?.family;
    return { node: this.#fleet?.node, family: family ?? run };
  }

  #freeKey(record: RunRecord | undefined): void {
    if (record?.idempotencyKey !== undefined) this.#data.keys.delete(pair(record.project, record.idempotencyKey));
  }

  #writeRest({ emissions = [], memos = [], consumes = [] }: Append): void {
    const { topic } = this.#data;
    for (const { run, project, name, data, at } of emissions) topic.push({ id: this.#data.number(), run, project, name, data, at });
    for (const { project, key, value } of memos) this.#data.memos.set(pair(project, key), { id: this.#data.number(), value });
    for (const id of consumes) answerMessage(this.#data, id, { is: 'done' });
  }
}

function mustHave(before: StoredRun | undefined, run: string): StoredRun {
  if (before === undefined) throw new ContinuoError('STORE_FAILED', `the first append to run ${run} has no record of it`);
  return before;
}

function eventsOf(stored: StoredEntry): readonly RunEvent[] {
  // `append` wrote the text from a list of events.
  return JSON.parse(stored.events) as readonly RunEvent[];
}
