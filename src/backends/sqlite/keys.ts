/**
 * Keys of those who ask.
 *
 * K1. Whether a key was revoked is read each time: also what another process revokes (`continuo keys revoke`) counts no
 *     more from then on. Nothing else of a key ever changes, and is remembered.
 */
import type { KeyRecord, Keys } from '../../ports/access.ts';
import { keyColumns, keyOf } from './access-columns.ts';
import type { Database } from './database.ts';
import type { Writer } from './protocol.ts';

/** So many keys at most. */
const remembered = 10_000;

const selectKey = `SELECT ${keyColumns.join(', ')} FROM access_keys`;

export class SqliteKeys implements Keys {
  readonly #db: Database;
  readonly #writer: Writer;
  readonly #known = new Map<string, KeyRecord>();

  constructor(db: Database, writer: Writer) {
    this.#db = db;
    this.#writer = writer;
  }

  async add(key: KeyRecord): Promise<void> {
    await this.#writer.write({ kind: 'key', key });
  }

  async get(id: string): Promise<KeyRecord | undefined> {
    const known = this.#known.get(id);
    if (known === undefined) return this.#read(id);
    const revokedAt = this.#db.get('SELECT revoked_at FROM access_keys WHERE key = ?', id)?.['revoked_at'];
    return revokedAt === (known.revokedAt ?? null) ? known : this.#read(id);
  }

  async list(): Promise<readonly KeyRecord[]> {
    return this.#db.all(`${selectKey} ORDER BY id`).map((row) => keyOf(this.#db, row));
  }

  async revoke(id: string, at: number): Promise<KeyRecord | undefined> {
    await this.#writer.write({ kind: 'revoke', id, at });
    return this.get(id);
  }

  #read(id: string): KeyRecord | undefined {
    const row = this.#db.get(`${selectKey} WHERE key = ?`, id);
    if (row === undefined) return undefined;
    const key = keyOf(this.#db, row);
    if (this.#known.size >= remembered) this.#known.clear();
    this.#known.set(id, key);
    return key;
  }
}
