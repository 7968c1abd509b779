/**
 * What blob collection reads: every text that may name a blob, by numbers that stay.
 *
 * X1. Messages come first, snapshots next, the journal last, and new entries of the
 *     journal at its end. What moves while a scan is under way (a message into the
 *     journal that answers it) moves ahead of the scan, never behind it.
 */
import type { Memos } from '../../ports/journal.ts';
import type { Database, Row } from './database.ts';

export interface Text {
  readonly id: number;
  readonly text: string;
}

const selectTexts = [
  "SELECT id, command AS text FROM inbox WHERE state = 'waiting' AND id > ? ORDER BY id LIMIT ?",
  'SELECT run AS id, state AS text FROM snapshots WHERE run > ? ORDER BY run LIMIT ?',
  'SELECT id, events AS text FROM journal WHERE id > ? ORDER BY id LIMIT ?',
];

/** Each kind has a range of its own; all of them stay below 2^53. */
const range = 2 ** 50;

export function journalTexts(db: Database, after: number, limit: number): readonly Text[] {
  const texts: Text[] = [];
  for (let kind = Math.floor(after / range); kind < selectTexts.length && texts.length < limit; kind++) {
    const start = Math.max(after - kind * range, 0);
    const rows = db.all(selectTexts[kind] ?? '', start, limit - texts.length);
    for (const row of rows) texts.push(textOf(db, row, kind * range));
  }
  return texts;
}

export class SqliteMemos implements Memos {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async get(project: string, key: string): Promise<string | undefined> {
    const row = this.#db.get('SELECT value FROM memos WHERE project = ? AND key = ?', project, key);
    return row === undefined ? undefined : this.#db.text(row, 'value');
  }

  async texts(after: number, limit: number): Promise<readonly Text[]> {
    return this.#db
      .all('SELECT id, value AS text FROM memos WHERE id > ? ORDER BY id LIMIT ?', after, limit)
      .map((row) => textOf(this.#db, row, 0));
  }
}

function textOf(db: Database, row: Row, base: number): Text {
  return { id: base + db.number(row, 'id'), text: db.text(row, 'text') };
}
