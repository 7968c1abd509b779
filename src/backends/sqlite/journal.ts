import { ContinuoError } from '../../core/errors.ts';
import type { Entry, RunEvent } from '../../core/run/events.ts';
import type { Append, Journal, Snapshot } from '../../ports/journal.ts';
import type { Database, Row } from './database.ts';
import type { Writer } from './protocol.ts';
import { rowOf } from './run-columns.ts';

/** From the entry that holds event `from`, which may begin before it, or from the last of all. */
const selectEntries = `
  SELECT seq, n, at, events FROM runs CROSS JOIN journal ON journal.run = runs.id
  WHERE runs.run = ? AND seq >= coalesce((SELECT max(seq) FROM journal WHERE run = runs.id AND seq <= ?), 0)
  ORDER BY seq LIMIT ?`;

export class SqliteJournal implements Journal {
  readonly #db: Database;
  readonly #writer: Writer;

  constructor(db: Database, writer: Writer) {
    this.#db = db;
    this.#writer = writer;
  }

  append(write: Append): Promise<void> {
    const written: Promise<unknown> = this.#writer.write({
      kind: 'append',
      run: write.run,
      seq: write.seq,
      n: write.events.length,
      at: write.at,
      events: JSON.stringify(write.events),
      record: write.record === undefined ? undefined : rowOf(write.record),
      emissions: write.emissions,
      memos: write.memos,
      consumes: write.consumes,
    });
    // What it resolves with is for nobody.
    return written as Promise<void>;
  }

  async read(run: string, from: number, limit?: number): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    let next: number | undefined;
    for (const row of this.#db.all(selectEntries, run, from, limit === undefined ? -1 : limit + 1)) {
      const entry = this.#entry(row, run);
      if (entry.seq !== (next ?? Math.min(entry.seq, from))) throw this.#lost(run, next ?? from);
      next = entry.seq + entry.events.length;
      if (next > from) entries.push(entry.seq < from ? { ...entry, seq: from, events: entry.events.slice(from - entry.seq) } : entry);
    }
    return entries.slice(0, limit);
  }

  async snapshot(run: string): Promise<Snapshot | undefined> {
    const row = this.#db.get('SELECT seq, state FROM snapshots WHERE run = (SELECT id FROM runs WHERE run = ?)', run);
    return row === undefined ? undefined : { seq: this.#db.number(row, 'seq'), state: this.#db.text(row, 'state') };
  }

  async saveSnapshot(run: string, { seq, state }: Snapshot): Promise<void> {
    await this.#writer.write({ kind: 'snapshot', run, seq, state });
  }

  async remove(runs: readonly string[]): Promise<void> {
    await this.#writer.write({ kind: 'remove', runs });
  }

  #entry(row: Row, run: string): Entry {
    const seq = this.#db.number(row, 'seq');
    const events = this.#db.json(this.#db.text(row, 'events'), `event ${seq} of run ${run}`);
    if (!Array.isArray(events) || events.length !== this.#db.number(row, 'n')) throw this.#lost(run, seq);
    // The list was written by `append`, from events.
    return { seq, at: this.#db.number(row, 'at'), events: events as readonly RunEvent[] };
  }

  #lost(run: string, event: number): ContinuoError {
    return new ContinuoError('STORE_CORRUPT', `${this.#db.path} is damaged: event ${event} of run ${run} is not where it should be`);
  }
}
