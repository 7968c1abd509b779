/**
 * Blobs of S3 as files, for tools that want one: in a folder of this user's in the system's temporary directory.
 *
 * L1. A file under a blob's name is whole: it was checked before it was renamed, and again when this process uses it
 *     for the first time.
 * L2. It holds no more than so many bytes, apart from what was used a moment ago: what was unused for the longest goes.
 */
import { lstat, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from 'node:crypto';
import { ContinuoError } from '../../../../core/errors.ts';
import { atPath, ifThere } from '../faults.ts';
import { holds, sizeOf, Spool, type Spooled } from '../spool.ts';

/** How much is kept, in bytes. */
const room = 4 * 1024 ** 3;
/** Whoever was given a path so lately may still read there, in milliseconds. */
const inUse = 10 * 60_000;

export interface CacheOptions {
  readonly dir: string;
  readonly room?: number;
  readonly inUse?: number;
}

export class BlobCache {
  readonly dir: string;
  readonly #spool: Spool;
  readonly #room: number;
  readonly #inUse: number;
  readonly #checked = new Set<string>();

  constructor({ dir, room: most = room, inUse: lately = inUse }: CacheOptions) {
    this.dir = dir;
    this.#room = most;
    this.#inUse = lately;
    this.#spool = new Spool(join(dir, 'tmp'));
  }

  async find(id: string, size: number): Promise<string | undefined> {
    const path = join(this.dir, id);
    const there = await sizeOf(path);
    if (there === undefined) return undefined;
    if (there !== size || (!this.#checked.has(id) && !(await holds(path, id, size)))) {
      await rm(path, { force: true });
      this.#checked.delete(id);
      return undefined;
    }
    this.#checked.add(id);
    const now = new Date();
    // Somebody may take it away just now.
    const used = await ifThere(path, () => utimes(path, now, now).then(() => true));
    return used === true ? path : undefined;
  }

  /** Takes a whole file of the spool in. */
  async adopt(id: string, file: string): Promise<string> {
    const path = join(this.dir, id);
    await atPath(path, () => rename(file, path));
    this.#checked.add(id);
    await this.#evict();
    return path;
  }

  /** Lets a file grow that `adopt` or `drop` will be given. The folder is there from the first one on. */
  async take(bytes: AsyncIterable<Uint8Array>): Promise<Spooled> {
    await atPath(this.dir, () => mkdir(this.dir, { recursive: true, mode: 0o700 }));
    await this.check();
    return this.#spool.take(bytes);
  }

  drop(file: string): Promise<void> {
    return this.#spool.drop(file);
  }

  sweep(now: number): Promise<void> {
    return this.#spool.sweep(now);
  }

  /** Nobody else may put files there: what stands at its name was made by this user, and leads nowhere else. */
  async check(): Promise<void> {
    const found = await ifThere(this.dir, () => lstat(this.dir));
    if (found === undefined) return;
    if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid()))
      throw new ContinuoError('STORE_DENIED', `${this.dir}, where blobs are kept for tools, is not this user's own folder: take it away`);
  }

  async #evict(): Promise<void> {
    const names = (await readdir(this.dir)).filter((name) => name.startsWith('sha256-'));
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.dir, name);
        const found = await ifThere(path, () => stat(path));
        return { path, size: found?.size ?? 0, usedAt: found?.mtimeMs ?? 0 };
      }),
    );
    let total = files.reduce((sum, { size }) => sum + size, 0);
    const before = Date.now() - this.#inUse;
    for (const { path, size, usedAt } of files.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.#room || usedAt > before) return;
      await rm(path, { force: true });
      total -= size;
    }
  }
}

export function cacheFolder(location: string): string {
  return join(tmpdir(), `continuo-blobs-${process.getuid?.() ?? 'user'}-${hash('sha256', location).slice(0, 12)}`);
}
