/** Folders for files on their way, and blobs as files for the tools that want them so. */
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentContext, BlobRef } from '../ports/agent.ts';
import { diskFull } from './disk-full.ts';

const prefix = 'continuo-studio-';
/** Processes elsewhere may share the folder, and have numbers that nobody here has. */
const surelyOver = 3_600_000;

/** Removes what processes left that were killed in the middle of something. */
export async function sweepScratch(folder: string = tmpdir()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const path = join(folder, name);
    const changed = (await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity;
    if (changed < Date.now() - surelyOver) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** A folder that is gone when the work is done, however it went. */
export async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`)).catch((error: unknown) => {
    throw diskFull(error, tmpdir());
  });
  try {
    return await work(folder);
  } catch (error) {
    throw diskFull(error, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the blob lies as a file: in the store, or as a copy in the folder. */
export async function fileOf(ctx: AgentContext, ref: BlobRef, folder: string): Promise<string> {
  const stored = await ctx.blobs.path(ref);
  if (stored !== undefined) return stored;
  const copy = join(folder, ref.blob);
  await writeFile(copy, await ctx.blobs.get(ref));
  return copy;
}

/** Takes a finished file into the store. */
export function keep(ctx: AgentContext, file: string, type: string): Promise<BlobRef> {
  return ctx.blobs.put(createReadStream(file), type);
}
