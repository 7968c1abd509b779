/**
 * Groups of tasks, each in one transaction.
 *
 * T1. Outcomes are given only after COMMIT, and then for every task of the group.
 * T2. A refused task (a ContinuoError that is not SQLite's) has written nothing and
 *     fails alone.
 * T3. What the whole store suffers from (full, damaged, locked) fails the whole group,
 *     and nothing of the group is there. Any other error belongs to one task: the
 *     group is tried again one by one, so that it cannot take others with it.
 */
import { rmSync } from 'node:fs';
import { ContinuoError } from '../../core/errors.ts';
import { writeAccess } from './access-writing.ts';
import { Appender } from './appender.ts';
import { Bookkeeper } from './bookkeeper.ts';
import type { Database } from './database.ts';
import { SqliteFault } from './faults.ts';
import { answerMessage, sendMessage } from './messages.ts';
import { correct, take } from './metering.ts';
import type { Answer, Failure, Outcome, Task } from './protocol.ts';

const sql = {
  snapshot: 'INSERT OR REPLACE INTO snapshots (run, seq, state) SELECT id, ?, ? FROM runs WHERE run = ?',
  plan: 'INSERT OR IGNORE INTO plans (hash, plan) VALUES (?, ?)',
  advance: 'INSERT INTO cursors (name, reached) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET reached = max(reached, excluded.reached)',
  touch:
    'INSERT INTO blobs (id, bytes, type, touched_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET touched_at = max(touched_at, excluded.touched_at)',
} as const;

export class Transactions {
  readonly #db: Database;
  readonly #appender: Appender;
  readonly #bookkeeper: Bookkeeper;

  constructor(db: Database) {
    this.#db = db;
    this.#appender = new Appender(db);
    this.#bookkeeper = new Bookkeeper(db);
  }

  commit(tasks: readonly Task[]): readonly Outcome[] {
    try {
      return this.#db.transaction(() => tasks.map((task) => this.#outcome(task)));
    } catch (error) {
      this.#appender.forget();
      const failure = failureOf(error);
      if (tasks.length === 1 || (error instanceof SqliteFault && error.isStoreWide)) {
        if (!(error instanceof SqliteFault && error.isBusy)) this.#eraseTraces();
        return tasks.map(() => failure);
      }
      return tasks.flatMap((task) => this.commit([task]));
    }
  }

  #outcome(task: Task): Outcome {
    try {
      return this.#apply(task);
    } catch (error) {
      if (error instanceof ContinuoError && !(error instanceof SqliteFault)) return failureOf(error);
      throw error;
    }
  }

  #apply(task: Task): Answer {
    switch (task.kind) {
      case 'append':
        this.#appender.append(task);
        return true;
      case 'remove':
        for (const run of task.runs) this.#appender.remove(run);
        return true;
      case 'snapshot':
        this.#db.run(sql.snapshot, task.seq, task.state, task.run);
        return true;
      case 'plan':
        this.#db.run(sql.plan, task.hash, task.plan);
        return true;
      case 'advance':
        this.#db.run(sql.advance, task.name, task.to);
        return true;
      case 'send':
        sendMessage(this.#db, task.message);
        return true;
      case 'refuse':
        answerMessage(this.#db, task.id, 'refused', task.error);
        return true;
      case 'settle':
        answerMessage(this.#db, task.id, 'done');
        return true;
      case 'touch':
        this.#db.run(sql.touch, task.id, task.bytes, task.type, task.at);
        return true;
      case 'forget':
        return this.#forget(task.id, task.before, task.file);
      case 'record':
        this.#bookkeeper.record(task.rows);
        return true;
      case 'take':
        return take(this.#db, task.takes, task.now);
      case 'correct':
        correct(this.#db, task.corrections, task.now);
        return true;
      default:
        return writeAccess(this.#db, task);
    }
  }

  /** The file goes inside the transaction: nobody can touch the blob between the look and the deed. */
  #forget(id: string, before: number, file: string): boolean {
    if (this.#db.run('DELETE FROM blobs WHERE id = ? AND touched_at < ?', id, before) === 0) return false;
    rmSync(file, { force: true });
    return true;
  }

  /** A commit whose last sync failed may lie in the log, whole: recovery would believe it. */
  #eraseTraces(): void {
    try {
      this.#db.get('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The store is in trouble already, and the next commit overwrites the traces.
    }
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ContinuoError) {
    const { code, message, details } = error;
    return { code, message, ...(details === undefined ? {} : { details }) };
  }
  return { code: 'STORE_FAILED', message: error instanceof Error ? error.message : String(error) };
}
