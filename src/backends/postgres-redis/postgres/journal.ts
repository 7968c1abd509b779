import { ContinuoError } from '../../../core/errors.ts';
import type { Entry, RunEvent } from '../../../core/run/events.ts';
import type { Append, Journal, Snapshot } from '../../../ports/journal.ts';
import type { Appender } from './appender.ts';
import { removeRuns } from './removal.ts';
import { jsonIn, numberIn, textIn } from './rows.ts';
import type { Row, Sql } from './sql.ts';

/** From the entry that holds event `from`, which may begin before it, or from the last of all. */
const selectEntries = `
  SELECT seq, n, at, events FROM journal, (SELECT id FROM runs WHERE run = $1) AS one
  WHERE journal.run = one.id AND seq >= coalesce((SELECT max(seq) FROM journal WHERE run = one.id AND seq <= $2), 0)
  ORDER BY seq LIMIT $3`;

export class PostgresJournal implements Journal {
  readonly #sql: Sql;
  readonly #appender: Appender;

  constructor(sql: Sql, appender: Appender) {
    this.#sql = sql;
    this.#appender = appender;
  }

  append(write: Append): Promise<void> {
    return this.#appender.append(write);
  }

  async read(run: string, from: number, limit?: number): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    let next: number | undefined;
    for (const row of await this.#sql.query(selectEntries, [run, from, limit === undefined ? null : limit + 1])) {
      const entry = this.#entry(row, run);
      if (entry.seq !== (next ?? Math.min(entry.seq, from))) throw this.#lost(run, next ?? from);
      next = entry.seq + entry.events.length;
      if (next > from) entries.push(entry.seq < from ? { ...entry, seq: from, events: entry.events.slice(from - entry.seq) } : entry);
    }
    return entries.slice(0, limit);
  }

  async snapshot(run: string): Promise<Snapshot | undefined> {
    const [row] = await this.#sql.query('SELECT seq, state FROM snapshots WHERE run = (SELECT id FROM runs WHERE run = $1)', [run]);
    return row === undefined ? undefined : { seq: numberIn(row, 'seq'), state: textIn(row, 'state') };
  }

  async saveSnapshot(run: string, { seq, state }: Snapshot): Promise<void> {
    await this.#sql.query('SELECT save_snapshot($1, $2, $3)', [run, seq, state]);
  }

  remove(runs: readonly string[]): Promise<void> {
    return removeRuns(this.#sql, runs);
  }

  #entry(row: Row, run: string): Entry {
    const seq = numberIn(row, 'seq');
    const events = jsonIn(row, 'events', `event ${seq} of run ${run}`);
    if (!Array.isArray(events) || events.length !== numberIn(row, 'n')) throw this.#lost(run, seq);
    // The list was written by `append`, from events.
    return { seq, at: numberIn(row, 'at'), events: events as readonly RunEvent[] };
  }

  #lost(run: string, event: number): ContinuoError {
    return new ContinuoError('STORE_CORRUPT', `${this.#sql.location} is damaged: event ${event} of run ${run} is not where it should be`);
  }
}
