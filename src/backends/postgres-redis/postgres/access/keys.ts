/**
 * Keys of those who ask.
 *
 * K1. What is known of a key is as it was at some moment of the last second: a key that another node revoked counts for
 *     no longer than that. What this node changes, it knows at once.
 * K2. Of a key that is not there nothing is remembered: whoever makes one uses it at once, on any node.
 */
import { ContinuoError } from '../../../../core/errors.ts';
import type { KeyRecord, Keys } from '../../../../ports/access.ts';
import type { Sql } from '../sql.ts';
import { keyColumns, keyOf, keyValues } from './rows.ts';

/** How long, in milliseconds, and how many at most. */
const known = 1000;
const remembered = 10_000;

interface Answer {
  readonly askedAt: number;
  readonly key: Promise<KeyRecord | undefined>;
}

const columns = keyColumns.join(', ');
const places = keyColumns.map((_, place) => `$${place + 1}`).join(', ');
const insert = `INSERT INTO access_keys (${columns}) VALUES (${places}) ON CONFLICT (key) DO NOTHING RETURNING 1 AS added`;

export class PostgresKeys implements Keys {
  readonly #sql: Sql;
  readonly #answers = new Map<string, Answer>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async add(key: KeyRecord): Promise<void> {
    const added = await this.#sql.query(insert, keyValues(key));
    this.#answers.delete(key.id);
    if (added.length === 0) throw new ContinuoError('KEY_EXISTS', `there is a key ${key.id}`);
  }

  get(id: string): Promise<KeyRecord | undefined> {
    const now = performance.now();
    const last = this.#answers.get(id);
    if (last !== undefined && now - last.askedAt < known) return last.key;
    if (this.#answers.size >= remembered) this.#answers.clear();
    const answer: Answer = { askedAt: now, key: this.#ask(id) };
    this.#answers.set(id, answer);
    const forget = (): void => {
      if (this.#answers.get(id) === answer) this.#answers.delete(id);
    };
    answer.key.then((key) => key ?? forget(), forget);
    return answer.key;
  }

  async list(): Promise<readonly KeyRecord[]> {
    return (await this.#sql.query(`SELECT ${columns} FROM access_keys ORDER BY id`)).map(keyOf);
  }

  async revoke(id: string, at: number): Promise<KeyRecord | undefined> {
    const revoke = `UPDATE access_keys SET revoked_at = coalesce(revoked_at, $2) WHERE key = $1 RETURNING ${columns}`;
    const [row] = await this.#sql.query(revoke, [id, at]);
    // Whoever asked meanwhile may have heard what held before.
    this.#answers.delete(id);
    return row === undefined ? undefined : keyOf(row);
  }

  async #ask(id: string): Promise<KeyRecord | undefined> {
    const [row] = await this.#sql.query(`SELECT ${columns} FROM access_keys WHERE key = $1`, [id]);
    return row === undefined ? undefined : keyOf(row);
  }
}
