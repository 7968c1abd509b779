/**
 * Writes entries of the ledger, inside the writer's transaction.
 *
 * B1. An entry that is there is left as it is (ports/ledger.ts L2): who does not know
 *     whether it got through writes again.
 * B2. Whoever writes an answer takes a few expired ones away, so that there are never
 *     many and nobody has to look for them.
 */
import type { CachedAnswer } from '../../ports/ledger.ts';
import type { Database, Value } from './database.ts';
import { feedbackColumns, inferenceColumns } from './ledger-columns.ts';
import type { LedgerRow } from './ledger-columns.ts';

const insertInto = (table: string, columns: readonly string[], key: string): string =>
  `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT (${key}) DO NOTHING`;

const sql = {
  inference: insertInto('inferences', inferenceColumns, 'inference'),
  contents: 'INSERT INTO contents (inference, input, output) VALUES (last_insert_rowid(), ?, ?)',
  feedback: insertInto('feedback', feedbackColumns, 'feedback'),
  answer: `
    INSERT INTO answers (project, key, answer, at, expires_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (project, key) DO UPDATE SET answer = excluded.answer, at = excluded.at, expires_at = excluded.expires_at
    WHERE answers.expires_at <= excluded.at`,
  expired: 'DELETE FROM answers WHERE id IN (SELECT id FROM answers WHERE expires_at <= ? ORDER BY expires_at LIMIT 4)',
} as const;

export class Bookkeeper {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  record(rows: readonly LedgerRow[]): void {
    for (const row of rows) {
      if (row.is === 'inference') this.#inference(row.columns, row.contents);
      else if (row.is === 'feedback') this.#db.run(sql.feedback, ...row.columns);
      else this.#answer(row.record);
    }
  }

  #inference(columns: readonly Value[], contents: readonly [Value, Value] | undefined): void {
    const isNew = this.#db.run(sql.inference, ...columns) > 0;
    if (isNew && contents !== undefined) this.#db.run(sql.contents, ...contents);
  }

  #answer({ project, key, answer, at, expiresAt }: CachedAnswer): void {
    this.#db.run(sql.answer, project, key, answer, at, expiresAt);
    this.#db.run(sql.expired, at);
  }
}
