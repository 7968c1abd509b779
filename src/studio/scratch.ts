/**
 * Folders for files on their way, and blobs as files for the tools that want them so.
 *
 * F1. A folder is gone when its work is done, however that went.
 * F2. Of a process that was killed, the folders are taken away by the next one on this machine. A folder says whose it
 *     is: one of a process that lives, or of another machine (a container that shares the disk), is left alone.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContinuoError } from '../core/errors.ts';
import type { AgentContext, BlobRef } from '../ports/agent.ts';
import { diskFull } from './disk-full.ts';

const ours = `continuo-studio-${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}`;
const owned = new RegExp(`^${ours}-(\\d+)-`);
let swept: Promise<void> | undefined;

export async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  await (swept ??= sweepScratch());
  const folder = await mkdtemp(join(tmpdir(), `${ours}-${process.pid}-`)).catch((error: unknown) => {
    throw unusable(error, tmpdir());
  });
  try {
    return await work(folder);
  } catch (error) {
    throw diskFull(error, folder);
  } finally {
    // A program that was just ended may write its last while we look.
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

export async function sweepScratch(where: string = tmpdir()): Promise<void> {
  for (const name of await readdir(where).catch(() => [])) {
    const owner = Number(owned.exec(name)?.[1]);
    if (owner > 0 && !lives(owner)) await rm(join(where, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function lives(owner: number): boolean {
  try {
    return process.kill(owner, 0);
  } catch (error) {
    // Somebody else's process may not be asked, and is there.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function unusable(error: unknown, where: string): unknown {
  const full = diskFull(error, where);
  if (full !== error) return full;
  const why = error instanceof Error ? error.message : String(error);
  return new ContinuoError('STORE_FAILED', `no temporary file can be written (${why}): set TMPDIR to a folder that can`);
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
