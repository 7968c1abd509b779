/**
 * Keys of those who ask.
 *
 * K1. What is known of a key is as it was at some moment of the last second: one that another process revoked
 *     (`continuo keys revoke`) counts for no longer than that. What this process changes, it knows at once.
 * K2. Of a key that is not there nothing is remembered: whoever makes one uses it at once.
 */
import type { KeyRecord, Keys } from '../../ports/access.ts';
import { keyColumns, keyOf } from './access-columns.ts';
import type { Database } from './database.ts';
import type { Writer } from './protocol.ts';

/** How long, in milliseconds, and how many at most. */
const known = 1000;
const remembered = 10_000;

const selectKey = `SELECT ${keyColumns.join(', ')} FROM access_keys`;

export class SqliteKeys implements Keys {
  readonly #db: Database;
  readonly #writer: Writer;
  readonly #answers = new Map<string, { readonly askedAt: number; readonly key: KeyRecord }>();

  constructor(db: Database, writer: Writer) {
    this.#db = db;
    this.#writer = writer;
  }

  async add(key: KeyRecord): Promise<void> {
    await this.#writer.write({ kind: 'key', key });
  }

  async get(id: string): Promise<KeyRecord | undefined> {
    const now = performance.now();
    const last = this.#answers.get(id);
    if (last !== undefined && now - last.askedAt < known) return last.key;
    const key = this.#read(id);
    if (this.#answers.size >= remembered) this.#answers.clear();
    if (key === undefined) this.#answers.delete(id);
    else this.#answers.set(id, { askedAt: now, key });
    return key;
  }

  async list(): Promise<readonly KeyRecord[]> {
    return this.#db.all(`${selectKey} ORDER BY id`).map((row) => keyOf(this.#db, row));
  }

  async revoke(id: string, at: number): Promise<KeyRecord | undefined> {
    await this.#writer.write({ kind: 'revoke', id, at });
    // Whoever asked meanwhile may have heard what held before.
    this.#answers.delete(id);
    return this.get(id);
  }

  #read(id: string): KeyRecord | undefined {
    const row = this.#db.get(`${selectKey} WHERE key = ?`, id);
    return row === undefined ? undefined : keyOf(this.#db, row);
  }
}
