/**
 * The bytes of blobs as files: `blobs/ab/sha256-ab…`.
 *
 * F1. A file under its blob's name is whole: it was written and synced under another
 *     name, and then renamed, and the folder was synced.
 * F2. Names come from outside. Only a well-formed one becomes a path.
 */
import { createHash, hash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileFault, isMissing } from './faults.ts';

/** Bytes that are on the disk, and not yet under their name. */
export interface Staged {
  readonly id: string;
  readonly bytes: number;
  readonly file: string;
}

/** An unfinished file older than this has nobody who still writes it. */
const abandoned = 86_400_000;

const wellFormed = /^sha256-[0-9a-f]{64}$/;

export function idOf(bytes: Uint8Array): string {
  return `sha256-${hash('sha256', bytes, 'hex')}`;
}

export class BlobFiles {
  readonly #root: string;
  readonly #drafts: string;

  constructor(dir: string) {
    this.#root = join(dir, 'blobs');
    this.#drafts = join(this.#root, 'tmp');
  }

  /** Where the blob lies or would lie; undefined where no blob has such a name. */
  pathOf(id: string): string | undefined {
    return wellFormed.test(id) ? join(this.#root, id.slice(7, 9), id) : undefined;
  }

  async has(id: string): Promise<boolean> {
    return (await this.size(id)) !== undefined;
  }

  async size(id: string): Promise<number | undefined> {
    const path = this.pathOf(id);
    if (path === undefined) return undefined;
    try {
      return (await stat(path)).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw fileFault(error, path);
    }
  }

  /** Its bytes are what its name says: read through, since a disk may lose some and keep their number. */
  async isWhole(id: string, bytes: number): Promise<boolean> {
    const path = this.pathOf(id);
    if (path === undefined || (await this.size(id)) !== bytes) return false;
    const sum = createHash('sha256');
    return this.#at(path, async () => {
      for await (const chunk of createReadStream(path)) sum.update(chunk as Uint8Array);
      return `sha256-${sum.digest('hex')}` === id;
    });
  }

  async read(id: string): Promise<Uint8Array | undefined> {
    const path = this.pathOf(id);
    if (path === undefined) return undefined;
    try {
      return await readFile(path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw fileFault(error, path);
    }
  }

  /** Writes the bytes under a passing name. An error of the stream itself goes through as it is. */
  async stage(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Staged> {
    const file = join(this.#drafts, `${process.pid}-${randomUUID()}`);
    const draft = await this.#at(file, async () => {
      await mkdir(this.#drafts, { recursive: true });
      return open(file, 'wx');
    });
    try {
      const { id, size } = await this.#fill(draft, file, bytes);
      await this.#at(file, () => draft.sync());
      return { id, bytes: size, file };
    } catch (error) {
      await this.drop(file);
      throw error;
    } finally {
      await draft.close();
    }
  }

  async #fill(
    draft: FileHandle,
    file: string,
    bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<{ id: string; size: number }> {
    const sum = createHash('sha256');
    let size = 0;
    for await (const chunk of bytes) {
      sum.update(chunk);
      size += chunk.byteLength;
      await this.#at(file, () => draft.writeFile(chunk));
    }
    return { id: `sha256-${sum.digest('hex')}`, size };
  }

  /** Gives a staged file its name. */
  async adopt({ id, file }: Staged): Promise<void> {
    const path = this.pathOf(id);
    if (path === undefined) throw new TypeError(`${id} is not the id of a blob`);
    const folder = dirname(path);
    await this.#at(path, async () => {
      const made = await mkdir(folder, { recursive: true });
      await rename(file, path);
      await syncFolder(folder);
      if (made !== undefined) await syncFolder(this.#root);
    });
  }

  async drop(file: string): Promise<void> {
    await rm(file, { force: true });
  }

  /** Takes away what processes left half-written when they were killed. */
  async sweep(now: number): Promise<void> {
    const drafts = await readdir(this.#drafts).catch(() => []);
    for (const name of drafts) {
      const file = join(this.#drafts, name);
      const age = await stat(file).then(
        ({ mtimeMs }) => now - mtimeMs,
        () => 0,
      );
      if (age > abandoned) await this.drop(file);
    }
  }

  async #at<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw fileFault(error, path);
    }
  }
}

/** Makes a rename in the folder durable, on systems where folders can be opened. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
