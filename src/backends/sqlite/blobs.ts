/**
 * Blobs: files, and a table that says of each what was said of it.
 *
 * K1. A put touches the row, durably, before it looks whether the file is there; a
 *     removal looks at the row and takes the file away in one transaction. So no put
 *     relies on a file that is about to go, whichever process does either.
 * K2. A row without its file is what a kill may leave; such a blob is not there, and
 *     the next put of its bytes mends it. A file without its row cannot be left.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { BlobInfo, Blobs } from '../../ports/blobs.ts';
import { idOf } from './blob-files.ts';
import type { BlobFiles } from './blob-files.ts';
import type { Database, Row } from './database.ts';
import type { Writer } from './protocol.ts';

const selectBlob = 'SELECT id, bytes, type, touched_at FROM blobs';

export class SqliteBlobs implements Blobs {
  readonly #db: Database;
  readonly #writer: Writer;
  readonly #files: BlobFiles;

  constructor(db: Database, writer: Writer, files: BlobFiles) {
    this.#db = db;
    this.#writer = writer;
    this.#files = files;
  }

  async put(bytes: Uint8Array | AsyncIterable<Uint8Array>, type: string, now: number): Promise<BlobInfo> {
    return bytes instanceof Uint8Array ? this.#putBytes(bytes, type, now) : this.#putStream(bytes, type, now);
  }

  async get(id: string): Promise<Uint8Array> {
    const bytes = await this.#files.read(id);
    if (bytes === undefined) throw new ContinuoError('BLOB_MISSING', `blob ${id} is not in ${this.#db.path}`);
    if (idOf(bytes) !== id) throw new ContinuoError('BLOB_CORRUPT', `the bytes in ${this.#files.pathOf(id)} do not give its name`);
    return bytes;
  }

  async info(id: string): Promise<BlobInfo | undefined> {
    const size = await this.#files.size(id);
    const row = size === undefined ? undefined : this.#row(id);
    return row?.bytes === size ? row : undefined;
  }

  async path(id: string): Promise<string | undefined> {
    return (await this.#files.has(id)) ? this.#files.pathOf(id) : undefined;
  }

  async list(after: string | undefined, limit: number): Promise<readonly BlobInfo[]> {
    const found: BlobInfo[] = [];
    for (let last = after ?? ''; found.length < limit;) {
      const rows = this.#db.all(`${selectBlob} WHERE id > ? ORDER BY id LIMIT ?`, last, limit - found.length);
      const infos = rows.map((row) => this.#info(row));
      const there = await Promise.all(infos.map(({ id }) => this.#files.has(id)));
      found.push(...infos.filter((_, place) => there[place]));
      last = infos.at(-1)?.id ?? '';
      if (last === '') break;
    }
    return found;
  }

  async remove(id: string, ifUntouchedSince: number): Promise<boolean> {
    const file = this.#files.pathOf(id);
    return file !== undefined && this.#writer.write({ kind: 'forget', id, before: ifUntouchedSince, file });
  }

  async #putBytes(bytes: Uint8Array, type: string, now: number): Promise<BlobInfo> {
    // The caller may go on to write into its array.
    const own = bytes.slice();
    const id = idOf(own);
    await this.#touch(id, own.byteLength, type, now);
    if (!(await this.#files.isWhole(id, own.byteLength))) await this.#files.adopt(await this.#files.stage([own]));
    return this.#mustHave(id);
  }

  async #putStream(bytes: AsyncIterable<Uint8Array>, type: string, now: number): Promise<BlobInfo> {
    const staged = await this.#files.stage(bytes);
    try {
      await this.#touch(staged.id, staged.bytes, type, now);
      if (!(await this.#files.isWhole(staged.id, staged.bytes))) await this.#files.adopt(staged);
    } finally {
      await this.#files.drop(staged.file);
    }
    return this.#mustHave(staged.id);
  }

  async #touch(id: string, bytes: number, type: string, at: number): Promise<void> {
    await this.#writer.write({ kind: 'touch', id, bytes, type, at });
  }

  #row(id: string): BlobInfo | undefined {
    const row = this.#db.get(`${selectBlob} WHERE id = ?`, id);
    return row === undefined ? undefined : this.#info(row);
  }

  #mustHave(id: string): BlobInfo {
    const info = this.#row(id);
    if (info === undefined) throw new ContinuoError('BLOB_MISSING', `blob ${id} was removed while it was put`);
    return info;
  }

  #info(row: Row): BlobInfo {
    return {
      id: this.#db.text(row, 'id'),
      bytes: this.#db.number(row, 'bytes'),
      type: this.#db.text(row, 'type'),
      touchedAt: this.#db.number(row, 'touched_at'),
    };
  }
}
