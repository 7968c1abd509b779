/**
 * What is known of each blob, and where its bytes are.
 *
 * X1. The bytes of a blob lie at a place that is its row's alone. Who touches the row relies on the bytes at that place,
 *     and nobody takes them away while the row names it: a removal takes the row first, in one statement, and only
 *     then the bytes, which are nobody's by then. However late it does so, a blob that was put again has another place.
 * X2. Bytes that were to go are noted until they are gone: what a killed node left undone, another does.
 */
import { randomBytes } from 'node:crypto';
import type { BlobInfo } from '../../../ports/blobs.ts';
import { numberIn, textIn } from './rows.ts';
import type { Row, Sql } from './sql.ts';

/** Which bytes are meant: those of a blob, as they were put at one time. */
export interface Place {
  readonly id: string;
  readonly place: string;
}

export interface Placed extends Place {
  readonly info: BlobInfo;
  /** Somebody found other bytes there. */
  readonly damaged: boolean;
}

const columns = 'blobs.id, blobs.place, blobs.bytes, blobs.type, blobs.touched_at, blobs.damaged';

const text = {
  touch: `
    INSERT INTO blobs (id, place, bytes, type, touched_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (id) DO UPDATE SET touched_at = greatest(blobs.touched_at, excluded.touched_at) RETURNING ${columns}`,
  find: `SELECT ${columns} FROM blobs WHERE id = $1`,
  list: `SELECT ${columns} FROM blobs WHERE id > $1 ORDER BY id LIMIT $2`,
  condemn: `
    WITH gone AS (DELETE FROM blobs WHERE id = $1 AND touched_at < $2 RETURNING id, place)
    INSERT INTO blob_waste (id, place) SELECT id, place FROM gone RETURNING id, place`,
  waste: 'SELECT id, place FROM blob_waste ORDER BY id, place LIMIT $1',
  forget: 'DELETE FROM blob_waste WHERE id = $1 AND place = $2',
  judge: 'UPDATE blobs SET damaged = $3 WHERE id = $1 AND place = $2',
  cluster: 'SELECT id, EXISTS (SELECT FROM blob_store) AS marked FROM cluster FOR UPDATE',
  marked: 'INSERT INTO blob_store DEFAULT VALUES ON CONFLICT DO NOTHING',
} as const;

export class BlobIndex {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  get location(): string {
    return this.#sql.location;
  }

  /** Says that these bytes are put now, and where they are or should be. */
  async touch(id: string, bytes: number, type: string, at: number): Promise<Placed> {
    const rows = await this.#sql.query(text.touch, [id, randomBytes(6).toString('hex'), bytes, type, at]);
    // Either way there is a row.
    return placedOf(rows[0] ?? {});
  }

  async find(id: string): Promise<Placed | undefined> {
    const [row] = await this.#sql.query(text.find, [id]);
    return row === undefined ? undefined : placedOf(row);
  }

  async list(after: string, limit: number): Promise<readonly BlobInfo[]> {
    return (await this.#sql.query(text.list, [after, limit])).map((row) => placedOf(row).info);
  }

  /** Takes the row away and notes its bytes as waste, if nobody has touched it since. */
  async condemn(id: string, before: number): Promise<boolean> {
    return (await this.#sql.query(text.condemn, [id, before])).length > 0;
  }

  async waste(limit: number): Promise<readonly Place[]> {
    return (await this.#sql.query(text.waste, [limit])).map((row) => ({ id: textIn(row, 'id'), place: textIn(row, 'place') }));
  }

  async forget({ id, place }: Place): Promise<void> {
    await this.#sql.query(text.forget, [id, place]);
  }

  async judge({ id, place }: Place, damaged: boolean): Promise<void> {
    await this.#sql.query(text.judge, [id, place, damaged]);
  }

  /** The name of the cluster, which stands where the bytes are; `mark` puts it there, and may be called by two at once. */
  async cluster(mark: (cluster: string) => Promise<void>): Promise<string> {
    return this.#sql.transaction(async (query) => {
      const [row = {}] = await query(text.cluster);
      const cluster = textIn(row, 'id');
      if (row['marked'] !== true) {
        await mark(cluster);
        await query(text.marked);
      }
      return cluster;
    });
  }
}

function placedOf(row: Row): Placed {
  const id = textIn(row, 'id');
  const info = { id, bytes: numberIn(row, 'bytes'), type: textIn(row, 'type'), touchedAt: numberIn(row, 'touched_at') };
  return { id, place: textIn(row, 'place'), info, damaged: row['damaged'] === true };
}
