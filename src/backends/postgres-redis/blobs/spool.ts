/**
 * A folder in which files grow until they are whole.
 *
 * F1. What `take` gives is whole and synced; what breaks off is gone.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { atPath, ifThere } from './faults.ts';
import type { Content } from './shelf.ts';

/** An unfinished file older than this has nobody who still writes it. */
const abandoned = 86_400_000;

export type Spooled = Extract<Content, { is: 'file' }>;

export class Spool {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  async take(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Spooled> {
    const file = join(this.#dir, `${process.pid}-${randomUUID()}`);
    const draft = await atPath(file, async () => {
      await mkdir(this.#dir, { recursive: true });
      return open(file, 'wx');
    });
    try {
      const filled = await fill(draft, file, bytes);
      await atPath(file, () => draft.sync());
      return { is: 'file', file, ...filled };
    } catch (error) {
      await this.drop(file);
      throw error;
    } finally {
      await draft.close();
    }
  }

  async drop(file: string): Promise<void> {
    await rm(file, { force: true });
  }

  async sweep(now: number): Promise<void> {
    for (const name of await readdir(this.#dir).catch(() => [])) {
      const file = join(this.#dir, name);
      const age = await stat(file).then(
        ({ mtimeMs }) => now - mtimeMs,
        () => 0,
      );
      if (age > abandoned) await this.drop(file);
    }
  }
}

async function fill(
  draft: FileHandle,
  file: string,
  bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<{ readonly id: string; readonly size: number }> {
  const sum = createHash('sha256');
  let size = 0;
  for await (const chunk of bytes) {
    sum.update(chunk);
    size += chunk.byteLength;
    await atPath(file, () => draft.writeFile(chunk));
  }
  return { id: `sha256-${sum.digest('hex')}`, size };
}

/** Whether the file's bytes are those that the id names: read through, since a disk may lose some and keep their number. */
export async function holds(path: string, id: string, size: number): Promise<boolean> {
  if ((await sizeOf(path)) !== size) return false;
  const sum = createHash('sha256');
  await atPath(path, async () => {
    for await (const chunk of createReadStream(path)) sum.update(chunk as Uint8Array);
  });
  return `sha256-${sum.digest('hex')}` === id;
}

export async function sizeOf(path: string): Promise<number | undefined> {
  return (await ifThere(path, () => stat(path)))?.size;
}
