/**
 * What blob collection reads: every text that may name a blob, by numbers that stay.
 *
 * X1. Messages come first, snapshots next, the journal last, and new entries of the journal at its end. What moves
 *     while a scan is under way (a message into the journal that answers it) moves ahead of the scan, never behind it.
 * X2. Numbers are given before the commit that shows them. A page never goes past a number that may still appear: up to
 *     the bound, everything is there that will ever be.
 */
import type { Memos } from '../../../ports/journal.ts';
import { numberIn, textIn } from './rows.ts';
import type { Sql } from './sql.ts';

export interface Text {
  readonly id: number;
  readonly text: string;
}

type Kind = 'inbox' | 'snapshots' | 'journal' | 'memos';

const selectTexts: Readonly<Record<Kind, string>> = {
  inbox: "SELECT id, command AS text FROM inbox WHERE state = 'waiting' AND id > $1 AND id <= $2 ORDER BY id LIMIT $3",
  snapshots: 'SELECT run AS id, state AS text FROM snapshots WHERE run > $1 AND run <= $2 ORDER BY run LIMIT $3',
  journal: 'SELECT id, events AS text FROM journal WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3',
  memos: 'SELECT id, value AS text FROM memos WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3',
};

const kinds: readonly Kind[] = ['inbox', 'snapshots', 'journal'];

/** Each kind has a range of its own; all of them stay below 2^53. */
const range = 2 ** 50;

export class PostgresTexts implements Memos {
  readonly #sql: Sql;
  /** Up to where each may be read. A snapshot says nothing that the journal does not. */
  #bounds: Readonly<Record<Kind, number>> = { inbox: 0, snapshots: range - 1, journal: 0, memos: 0 };

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async journalTexts(after: number, limit: number): Promise<readonly Text[]> {
    const texts: Text[] = [];
    for (let place = Math.floor(after / range); place < kinds.length && texts.length < limit; place++) {
      const base = place * range;
      const found = await this.#page(kinds[place] ?? 'journal', Math.max(after - base, 0), limit - texts.length);
      for (const { id, text } of found) texts.push({ id: base + id, text });
    }
    return texts;
  }

  async get(project: string, key: string): Promise<string | undefined> {
    const [row] = await this.#sql.query('SELECT value FROM memos WHERE project = $1 AND key = $2', [project, key]);
    return row === undefined ? undefined : textIn(row, 'value');
  }

  texts(after: number, limit: number): Promise<readonly Text[]> {
    return this.#page('memos', after, limit);
  }

  async #page(kind: Kind, after: number, limit: number): Promise<readonly Text[]> {
    const found = await this.#select(kind, after, limit);
    // The bound of a moment ago may cut the page short.
    if (found.length === limit || kind === 'snapshots') return found;
    await this.#settle();
    return this.#select(kind, after, limit);
  }

  async #select(kind: Kind, after: number, limit: number): Promise<readonly Text[]> {
    const rows = await this.#sql.query(selectTexts[kind], [after, this.#bounds[kind], limit]);
    return rows.map((row) => ({ id: numberIn(row, 'id'), text: textIn(row, 'text') }));
  }

  async #settle(): Promise<void> {
    const [row] = await this.#sql.query('SELECT journal, memos, inbox FROM settled()');
    if (row === undefined) return;
    const bound = (kind: Kind): number => Math.max(this.#bounds[kind], numberIn(row, kind));
    this.#bounds = { ...this.#bounds, inbox: bound('inbox'), journal: bound('journal'), memos: bound('memos') };
  }
}
