/**
 * One connection, with what `node:sqlite` leaves to the caller.
 *
 * D1. What is bound is text that UTF-8 can hold, a finite number, or null. SQLite
 *     would silently store NULL for `undefined` and NaN, and change half a surrogate pair.
 * D2. What is read has the type that is asked for, or the file is damaged.
 * D3. A file that SQLite has open is never opened by other means in this process:
 *     closing any descriptor of it would drop the locks that SQLite holds (POSIX).
 */
import { DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { ContinuoError } from '../../core/errors.ts';
import { sqliteFault, unfit } from './faults.ts';

export type Value = string | number | null;
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** How long to wait for another process that is writing. */
const patience = 5000;

export class Database {
  readonly path: string;
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, options: { readonly timeout?: number } = {}) {
    this.path = path;
    try {
      this.#connection = new DatabaseSync(path, { timeout: options.timeout ?? patience });
    } catch (error) {
      throw sqliteFault(error, path);
    }
  }

  /** Answers how many rows changed. */
  run(sql: string, ...values: readonly Value[]): number {
    this.#check(values, sql);
    try {
      return Number(this.#statement(sql).run(...values).changes);
    } catch (error) {
      throw sqliteFault(error, this.path);
    }
  }

  get(sql: string, ...values: readonly Value[]): Row | undefined {
    this.#check(values, sql);
    try {
      return this.#statement(sql).get(...values);
    } catch (error) {
      throw sqliteFault(error, this.path);
    }
  }

  all(sql: string, ...values: readonly Value[]): readonly Row[] {
    this.#check(values, sql);
    try {
      return this.#statement(sql).all(...values);
    } catch (error) {
      throw sqliteFault(error, this.path);
    }
  }

  /** Several statements, without values. */
  script(sql: string): void {
    try {
      this.#connection.exec(sql);
    } catch (error) {
      throw sqliteFault(error, this.path);
    }
  }

  /** All of it or, when it throws, nothing. */
  transaction<T>(work: () => T): T {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  text(row: Row, column: string): string {
    const value = row[column];
    return typeof value === 'string' ? value : this.#damaged(column, value);
  }

  number(row: Row, column: string): number {
    const value = row[column];
    return typeof value === 'number' ? value : this.#damaged(column, value);
  }

  value(row: Row, column: string): Value {
    const value = row[column];
    return typeof value === 'string' || typeof value === 'number' || value === null ? value : this.#damaged(column, value);
  }

  /** The value of JSON text that this backend wrote; `what` names it for the error. */
  json(text: string, what: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw new ContinuoError('STORE_CORRUPT', `${this.path} is damaged: ${what} is not JSON`);
    }
  }

  /** The list of texts in a column, as JSON text that this backend wrote. */
  texts(row: Row, column: string, what: string): readonly string[] {
    const list = this.json(this.text(row, column), what);
    if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list;
    throw new ContinuoError('STORE_CORRUPT', `${this.path} is damaged: ${what} are no texts`);
  }

  close(): void {
    this.#statements.clear();
    if (this.#connection.isOpen) this.#connection.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #check(values: readonly Value[], sql: string): void {
    for (const value of values) {
      if (typeof value === 'string' ? value.isWellFormed() : typeof value === 'number' ? Number.isFinite(value) : value === null) continue;
      throw unfit(`${this.path} cannot hold ${typeof value === 'string' ? JSON.stringify(value) : String(value)} (${sql})`);
    }
  }

  /** After some errors SQLite has rolled back by itself. */
  #rollBack(): void {
    if (!this.#connection.isOpen || !this.#connection.isTransaction) return;
    try {
      this.#connection.exec('ROLLBACK');
    } catch {
      // The error that led here says more than this one would.
    }
  }

  #damaged(column: string, value: unknown): never {
    throw new ContinuoError('STORE_CORRUPT', `${this.path} is damaged: ${column} holds ${value === null ? 'nothing' : typeof value}`);
  }
}
