/**
 * Appends, inside the writer's transaction.
 *
 * P1. An append that must be refused is refused before it has written anything, so
 *     that it fails alone and the rest of its group goes on.
 * P2. `heads` agrees with the database, this transaction included: only the writer
 *     writes these tables. After a rollback it is forgotten.
 */
import { Roster } from '../../core/data/roster.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { Emission, MemoRecord } from '../../ports/journal.ts';
import type { Database, Row, Value } from './database.ts';
import { SqliteFault } from './faults.ts';
import { answerMessage, mustWait } from './messages.ts';
import type { AppendTask } from './protocol.ts';
import { columns } from './run-columns.ts';
import type { RecordRow } from './run-columns.ts';

interface Head {
  readonly id: number;
  /** Number of the next event. */
  next: number;
  columns: readonly Value[];
}

/** Runs whose head is remembered; others are looked up. */
const remembered = 20_000;

const createdAt = columns.indexOf('created_at');
const awaits = columns.indexOf('awaits');
const live = columns.indexOf('live');

const insertRun = `INSERT INTO runs (id, run, ${columns.join(', ')}, record) VALUES (?, ?, ${columns.map(() => '?').join(', ')}, ?)`;
const insertEvents = 'INSERT INTO journal (id, run, seq, n, at, events) VALUES (?, ?, ?, ?, ?, ?)';
const selectHead = `
  SELECT id, (SELECT seq + n FROM journal WHERE run = runs.id ORDER BY seq DESC LIMIT 1) AS next, ${columns.join(', ')}
  FROM runs WHERE run = ?`;

export class Appender {
  readonly #db: Database;
  readonly #heads = new Roster<Head>();
  #lastRun: number | undefined;
  #lastEntry: number | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  append(task: AppendTask): void {
    let head = this.#head(task.run);
    const next = head?.next ?? 0;
    if (task.seq !== next) {
      throw new ContinuoError('JOURNAL_CONFLICT', `event ${task.seq} of run ${task.run} was to be written, and its next is ${next}`);
    }
    if (task.consumes !== undefined) mustWait(this.#db, task.run, task.consumes);
    if (head === undefined) head = this.#insert(task);
    else if (task.record !== undefined) this.#update(head, task.run, task.record);
    // Of a run that has ended nothing more is expected.
    if (head.columns[live] === 0) this.#heads.delete(task.run);
    if (task.n > 0) {
      this.#lastEntry = (this.#lastEntry ?? this.#last('journal')) + 1;
      this.#db.run(insertEvents, this.#lastEntry, head.id, task.seq, task.n, task.at, task.events);
      head.next = task.seq + task.n;
    }
    if (task.emissions !== undefined) this.#emit(task.emissions);
    if (task.memos !== undefined) this.#memoize(task.memos);
    for (const id of task.consumes ?? []) answerMessage(this.#db, id, 'done');
  }

  remove(run: string): void {
    const head = this.#head(run);
    if (head === undefined) return;
    // Asked now, while the numbers of this run still count.
    this.#lastEntry ??= this.#last('journal');
    this.#lastRun ??= this.#last('runs');
    this.#heads.delete(run);
    this.#unindex(head.id, head.columns);
    this.#db.run('DELETE FROM journal WHERE run = ?', head.id);
    this.#db.run('DELETE FROM snapshots WHERE run = ?', head.id);
    this.#db.run('DELETE FROM runs WHERE id = ?', head.id);
    this.#db.run('DELETE FROM contents WHERE inference IN (SELECT id FROM inferences WHERE run = ?)', run);
  }

  forget(): void {
    this.#heads.clear();
  }

  /** Asked once: numbers are never given twice while the writer lives, so that who pages by them misses nothing. */
  #last(table: 'runs' | 'journal'): number {
    return this.#db.number(this.#db.get(`SELECT coalesce(max(id), 0) AS last FROM ${table}`) ?? {}, 'last');
  }

  #head(run: string): Head | undefined {
    const known = this.#heads.get(run);
    if (known !== undefined) return known;
    const row = this.#db.get(selectHead, run);
    return row === undefined ? undefined : this.#remember(run, this.#headOf(row));
  }

  #headOf(row: Row): Head {
    const next = this.#db.value(row, 'next');
    return {
      id: this.#db.number(row, 'id'),
      next: typeof next === 'number' ? next : 0,
      columns: columns.map((column) => this.#db.value(row, column)),
    };
  }

  #remember(run: string, head: Head): Head {
    const oldest = this.#heads.size < remembered ? undefined : this.#heads.first;
    if (oldest !== undefined) this.#heads.delete(oldest.name);
    this.#heads.set(run, head);
    return head;
  }

  #insert(task: AppendTask): Head {
    const { run, record } = task;
    if (record === undefined) throw new ContinuoError('STORE_FAILED', `the first append to run ${run} has no record of it`);
    const id = (this.#lastRun ?? this.#last('runs')) + 1;
    this.#unlessKeyTaken(run, () => this.#db.run(insertRun, id, run, ...record.columns, record.json));
    this.#lastRun = id;
    this.#index(id, record.columns);
    return this.#remember(run, { id, next: 0, columns: record.columns });
  }

  /** Names only the columns that differ: SQLite rewrites every index of those that are named. */
  #update(head: Head, run: string, record: RecordRow): void {
    const before = head.columns;
    const changed = columns.flatMap((_, place) => (before[place] === record.columns[place] ? [] : [place]));
    const sql = `UPDATE runs SET ${changed.map((place) => `${columns[place]} = ?, `).join('')}record = ? WHERE id = ?`;
    const values = changed.map((place) => record.columns[place] ?? null);
    this.#unlessKeyTaken(run, () => this.#db.run(sql, ...values, record.json, head.id));
    if (changed.includes(awaits) || changed.includes(createdAt)) {
      this.#unindex(head.id, before);
      this.#index(head.id, record.columns);
    }
    head.columns = record.columns;
  }

  #unlessKeyTaken(run: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof SqliteFault && error.isDuplicate)) throw error;
      throw new ContinuoError('RUN_EXISTS', `the idempotency key of run ${run} belongs to another run of its project`);
    }
  }

  #index(id: number, row: readonly Value[]): void {
    for (const name of namesIn(row))
      this.#db.run('INSERT INTO awaits (name, created_at, run) VALUES (?, ?, ?)', name, row[createdAt] ?? null, id);
  }

  #unindex(id: number, row: readonly Value[]): void {
    for (const name of namesIn(row))
      this.#db.run('DELETE FROM awaits WHERE name = ? AND created_at = ? AND run = ?', name, row[createdAt] ?? null, id);
  }

  #emit(emissions: readonly Emission[]): void {
    for (const { run, project, name, data, at } of emissions) {
      this.#db.run('INSERT INTO topic (run, project, name, data, at) VALUES (?, ?, ?, ?, ?)', run, project, name, data, at);
    }
  }

  /** A memo that is written again gets a new number, so that a scan that is past the old one meets it. */
  #memoize(memos: readonly MemoRecord[]): void {
    for (const { project, key, value } of memos)
      this.#db.run('INSERT OR REPLACE INTO memos (project, key, value) VALUES (?, ?, ?)', project, key, value);
  }
}

function namesIn(row: readonly Value[]): readonly string[] {
  const names = row[awaits];
  // This backend wrote the column, as a list of names (run-columns.ts).
  return typeof names === 'string' ? (JSON.parse(names) as readonly string[]) : [];
}
