/** Folders for files on their way, and blobs as files for the tools that want them so. */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentContext, BlobRef } from '../ports/agent.ts';
import { diskFull } from './disk-full.ts';

/** A folder that is gone when the work is done, however it went. */
export async function withScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'continuo-studio-')).catch((error: unknown) => {
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
