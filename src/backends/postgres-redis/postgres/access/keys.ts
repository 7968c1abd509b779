/**
 * Keys of those who ask.
 *
 * K1. What is known of a key is as it was at some moment of the last second: a key that another node revoked counts for
 *     no longer than that. What this node changes, it knows at once.
 * K2. Of a key that is not there nothing is remembered: whoever makes one uses it at once, on any node.
 * K3. However many keys are presented, and be they all made up, they are looked up by one query at a time: whoever
 *     knocks without a key takes no connection from those who work.
 */
import { ContinuoError } from '../../../../core/errors.ts';
import type { KeyRecord, Keys } from '../../../../ports/access.ts';
import type { Sql } from '../sql.ts';
import { textIn } from '../rows.ts';
import { fitText } from '../values.ts';
import { keyColumns, keyOf, keyValues } from './rows.ts';

/** How long, in milliseconds, and how many at most. */
const known = 1000;
const remembered = 10_000;
/** How many are looked up together. */
const together = 256;

interface Answer {
  readonly askedAt: number;
  readonly key: Promise<KeyRecord | undefined>;
}

interface Asked {
  readonly id: string;
  readonly resolve: (key: KeyRecord | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const columns = keyColumns.join(', ');
const places = keyColumns.map((_, place) => `$${place + 1}`).join(', ');
const insert = `INSERT INTO access_keys (${columns}) VALUES (${places}) ON CONFLICT (key) DO NOTHING RETURNING 1 AS added`;

export class PostgresKeys implements Keys {
  readonly #sql: Sql;
  readonly #answers = new Map<string, Answer>();
  readonly #waiting: Asked[] = [];
  #isAsking = false;

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

  #ask(id: string): Promise<KeyRecord | undefined> {
    return new Promise((resolve, reject) => {
      // What cannot be asked is refused by itself, and not together with what others ask.
      this.#waiting.push({ id: fitText(id, this.#sql.location), resolve, reject });
      if (this.#isAsking) return;
      this.#isAsking = true;
      void this.#askAll();
    });
  }

  async #askAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const asked = this.#waiting.splice(0, together);
      try {
        const rows = await this.#sql.query(`SELECT ${columns} FROM access_keys WHERE key = ANY ($1)`, [asked.map(({ id }) => id)]);
        const found = new Map(rows.map((row) => [textIn(row, 'key'), row]));
        for (const { id, resolve, reject } of asked) {
          const row = found.get(id);
          try {
            resolve(row === undefined ? undefined : keyOf(row));
          } catch (error) {
            reject(error);
          }
        }
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.#isAsking = false;
  }
}
