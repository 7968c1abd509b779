import { ContinuoError } from '../../core/errors.ts';
import type { RunQuery, RunRecord, Runs, RunTally } from '../../ports/journal.ts';
import type { Database, Row } from './database.ts';
import { listSql } from './run-query.ts';
import type { Place } from './run-query.ts';

const tallySql = `SELECT
  (SELECT count(*) FROM runs INDEXED BY runs_status WHERE status = 'running') AS running,
  (SELECT count(*) FROM runs INDEXED BY runs_status WHERE status = 'waiting') AS waiting,
  (SELECT count(*) FROM runs INDEXED BY runs_status WHERE status = 'paused') AS paused,
  (SELECT count(*) FROM runs INDEXED BY runs_queued WHERE queued = 1 AND live = 1) AS queued,
  (SELECT count(*) FROM runs INDEXED BY runs_asking WHERE questions > 0 AND live = 1) AS asking`;

export class SqliteRuns implements Runs {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async get(run: string): Promise<RunRecord | undefined> {
    return this.#record(this.#db.get('SELECT run, record FROM runs WHERE run = ?', run));
  }

  async byKey(project: string, idempotencyKey: string): Promise<RunRecord | undefined> {
    return this.#record(this.#db.get('SELECT run, record FROM runs WHERE project = ? AND idempotency_key = ?', project, idempotencyKey));
  }

  async list(query: RunQuery): Promise<readonly RunRecord[]> {
    if (query.status?.length === 0 || query.projects?.length === 0) return [];
    const { text, values } = listSql(query, this.#place(query.after));
    return this.#db.all(text, ...values).flatMap((row) => this.#record(row) ?? []);
  }

  async tally(): Promise<RunTally> {
    const row = this.#db.get(tallySql) ?? {};
    const count = (name: keyof RunTally): number => this.#db.number(row, name);
    return {
      running: count('running'),
      waiting: count('waiting'),
      paused: count('paused'),
      queued: count('queued'),
      asking: count('asking'),
    };
  }

  async due(now: number, limit: number): Promise<readonly string[]> {
    return this.#db
      .all('SELECT run FROM runs WHERE due_at <= ? ORDER BY due_at, id LIMIT ?', now, limit)
      .map((row) => this.#db.text(row, 'run'));
  }

  async nextWake(): Promise<number | undefined> {
    const row = this.#db.get('SELECT due_at FROM runs WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1');
    return row === undefined ? undefined : this.#db.number(row, 'due_at');
  }

  #place(run: string | undefined): Place | undefined {
    if (run === undefined) return undefined;
    const row = this.#db.get('SELECT id, created_at FROM runs WHERE run = ?', run);
    if (row === undefined) throw new ContinuoError('RUN_UNKNOWN', `the list cannot go on after run ${run}: it is not in ${this.#db.path}`);
    return { id: this.#db.number(row, 'id'), createdAt: this.#db.number(row, 'created_at') };
  }

  #record(row: Row | undefined): RunRecord | undefined {
    // The column was written from a RunRecord (run-columns.ts).
    return row === undefined
      ? undefined
      : (this.#db.json(this.#db.text(row, 'record'), `the record of run ${String(row['run'])}`) as RunRecord);
  }
}
