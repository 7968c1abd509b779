import { ContinuoError } from '../../../core/errors.ts';
import type { RunQuery, RunRecord, Runs, RunTally } from '../../../ports/journal.ts';
import type { Membership } from './identity.ts';
import { jsonIn, numberIn, textIn } from './rows.ts';
import { listSql, readInOrder } from './run-query.ts';
import type { Place } from './run-query.ts';
import type { Row, Sql } from './sql.ts';

const tallySql = `SELECT
  (SELECT count(*) FROM runs WHERE status = 'running') AS running,
  (SELECT count(*) FROM runs WHERE status = 'waiting') AS waiting,
  (SELECT count(*) FROM runs WHERE status = 'paused') AS paused,
  (SELECT count(*) FROM runs WHERE queued AND live) AS queued,
  (SELECT count(*) FROM runs WHERE asking AND live) AS asking`;

export class PostgresRuns implements Runs {
  readonly #sql: Sql;
  readonly #membership: Membership;

  constructor(sql: Sql, membership: Membership) {
    this.#sql = sql;
    this.#membership = membership;
  }

  async get(run: string): Promise<RunRecord | undefined> {
    const [row] = await this.#sql.query('SELECT run, record FROM runs WHERE run = $1', [run]);
    return row === undefined ? undefined : recordIn(row);
  }

  async byKey(project: string, idempotencyKey: string): Promise<RunRecord | undefined> {
    const [row] = await this.#sql.query('SELECT run, record FROM runs WHERE project = $1 AND idempotency_key = $2', [
      project,
      idempotencyKey,
    ]);
    return row === undefined ? undefined : recordIn(row);
  }

  async list(query: RunQuery): Promise<readonly RunRecord[]> {
    if (query.status?.length === 0 || query.projects?.length === 0) return [];
    const { text, values, inOrder } = listSql(query, await this.#place(query.after));
    const rows = inOrder
      ? await this.#sql.transaction(async (ask) => {
          await ask(readInOrder);
          return ask(text, values);
        })
      : await this.#sql.query(text, values);
    return rows.map(recordIn);
  }

  async tally(): Promise<RunTally> {
    const [row = {}] = await this.#sql.query(tallySql, []);
    const count = (name: keyof RunTally): number => numberIn(row, name);
    return {
      running: count('running'),
      waiting: count('waiting'),
      paused: count('paused'),
      queued: count('queued'),
      asking: count('asking'),
    };
  }

  /** Of this node's own runs (F5); a visitor has none, and sees everybody's. */
  async due(now: number, limit: number): Promise<readonly string[]> {
    const { text, values } = this.#own();
    const rows = await this.#sql.query(
      `SELECT run FROM runs WHERE ${text} due_at <= $${values.length + 1} ORDER BY due_at, id LIMIT $${values.length + 2}`,
      [...values, now, limit],
    );
    return rows.map((row) => textIn(row, 'run'));
  }

  async nextWake(): Promise<number | undefined> {
    const { text, values } = this.#own();
    const [row] = await this.#sql.query(`SELECT due_at FROM runs WHERE ${text} due_at IS NOT NULL ORDER BY due_at LIMIT 1`, values);
    return row === undefined ? undefined : numberIn(row, 'due_at');
  }

  #own(): { readonly text: string; readonly values: readonly number[] } {
    const { identity } = this.#membership;
    return identity === undefined ? { text: '', values: [] } : { text: 'node = $1 AND', values: [identity.id] };
  }

  async #place(run: string | undefined): Promise<Place | undefined> {
    if (run === undefined) return undefined;
    const [row] = await this.#sql.query('SELECT id, created_at FROM runs WHERE run = $1', [run]);
    if (row === undefined)
      throw new ContinuoError('RUN_UNKNOWN', `the list cannot go on after run ${run}: it is not in ${this.#sql.location}`);
    return { id: numberIn(row, 'id'), createdAt: numberIn(row, 'created_at') };
  }
}

export function recordIn(row: Row): RunRecord {
  // The column was written from a RunRecord (append-group.ts).
  return jsonIn(row, 'record', `the record of run ${String(row['run'])}`) as RunRecord;
}
