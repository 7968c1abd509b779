/**
 * The bytes of blobs as files in a folder that all nodes see: `ab/sha256-ab….<place>`.
 *
 * F1. A file under its name is whole: it was written and synced under another name, and then renamed, and the folder
 *     was synced.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Place } from '../postgres/blob-index.ts';
import { atPath, ifThere } from './faults.ts';
import { markName, nameOf } from './shelf.ts';
import type { Content, Shelf } from './shelf.ts';
import { holds, sizeOf, Spool } from './spool.ts';

export class FolderShelf implements Shelf {
  readonly location: string;
  readonly #spool: Spool;

  constructor(dir: string) {
    this.location = resolve(dir);
    this.#spool = new Spool(join(this.location, 'tmp'));
  }

  size(at: Place): Promise<number | undefined> {
    return sizeOf(this.#pathOf(at));
  }

  isWhole(at: Place, size: number): Promise<boolean> {
    return holds(this.#pathOf(at), at.id, size);
  }

  read(at: Place): Promise<Uint8Array | undefined> {
    const path = this.#pathOf(at);
    return ifThere(path, () => readFile(path));
  }

  async path(at: Place): Promise<string | undefined> {
    return (await this.size(at)) === undefined ? undefined : this.#pathOf(at);
  }

  hold(bytes: AsyncIterable<Uint8Array>): Promise<Content> {
    return this.#spool.take(bytes);
  }

  async write(at: Place, content: Content): Promise<void> {
    const { file } = content.is === 'file' ? content : await this.#spool.take([content.bytes]);
    await this.#adopt(file, this.#pathOf(at));
  }

  async drop(content: Content): Promise<void> {
    if (content.is === 'file') await this.#spool.drop(content.file);
  }

  async remove(at: Place): Promise<void> {
    const path = this.#pathOf(at);
    await atPath(path, () => rm(path, { force: true }));
  }

  async mark(): Promise<string | undefined> {
    const path = join(this.location, markName);
    return ifThere(path, async () => (await readFile(path, 'utf8')).trim());
  }

  async setMark(mark: string): Promise<void> {
    const { file } = await this.#spool.take([Buffer.from(`${mark}\n`)]);
    await this.#adopt(file, join(this.location, markName));
  }

  sweep(now: number): Promise<void> {
    return this.#spool.sweep(now);
  }

  #pathOf(at: Place): string {
    return join(this.location, at.id.slice(7, 9), nameOf(at));
  }

  async #adopt(file: string, path: string): Promise<void> {
    const folder = dirname(path);
    await atPath(path, async () => {
      const made = await mkdir(folder, { recursive: true });
      await rename(file, path);
      await syncFolder(folder);
      if (made !== undefined) await syncFolder(this.location);
    });
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
