/** The agent that takes the user's own pictures and music into the store. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { AgentContext, BlobRef } from '../../ports/agent.ts';
import { blobSchema } from '../film/blob.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import { assetSchema, type Asset } from './brief.ts';
import { measureImage } from './image-size.ts';

export interface AssetsInput {
  /** Null where the user has brought no pictures. */
  readonly folder: string | null;
  /** A file; null where the user has brought no music. */
  readonly music: string | null;
}

export interface Assets {
  /** In the order of their names. */
  readonly pictures: readonly Asset[];
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
  readonly music: BlobRef | null;
}

const mostFiles = 200;
const mostBytes = 40 * 2 ** 20;
const mostBytesOfMusic = 200 * 2 ** 20;
const pictures = /\.(?:png|jpe?g|webp)$/i;

export const assetsAgent = ({ localFiles }: { readonly localFiles: boolean }): StudioAgent<AssetsInput, Assets> =>
  studioAgent({
    id: 'studio.assets',
    version: '1',
    description: 'Takes a folder of pictures and a piece of music into the store.',
    capabilities: ['assets'],
    input: z.object({ folder: z.string().nullable(), music: z.string().nullable() }),
    output: z.object({
      pictures: z.array(assetSchema),
      skipped: z.array(z.object({ name: z.string(), why: z.string() })),
      music: blobSchema.nullable(),
    }),
    run: async ({ folder, music }, ctx) => {
      // Who asks may be anybody, and the folder anything that this process can read.
      if (!localFiles && (folder !== null || music !== null))
        throw new ContinuoError('INPUT_INVALID', 'folders of pictures and files with music cannot be named here: leave both out');
      return {
        ...(folder === null ? { pictures: [], skipped: [] } : await picturesIn(folder, ctx)),
        music: music === null ? null : await musicAt(music, ctx),
      };
    },
  });

async function picturesIn(folder: string, ctx: AgentContext): Promise<Pick<Assets, 'pictures' | 'skipped'>> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new ContinuoError('MEDIA_UNREADABLE', `the folder of pictures ${folder} cannot be read: ${reasonOf(error)}`);
  });
  const found: Asset[] = [];
  const skipped: { name: string; why: string }[] = [];
  const sorted = names.filter((name) => pictures.test(name) && !name.startsWith('.')).sort(naturally);
  for (const [at, name] of sorted.entries()) {
    ctx.progress(at / sorted.length, name);
    if (found.length === mostFiles) {
      skipped.push({ name, why: `only ${mostFiles} pictures are looked at` });
      continue;
    }
    const bytes = await bytesOf(join(folder, name), mostBytes);
    if (typeof bytes === 'string') {
      skipped.push({ name, why: bytes });
      continue;
    }
    const size = measureImage(bytes);
    if ('why' in size) skipped.push({ name, why: size.why });
    else found.push({ name, blob: await ctx.blobs.put(bytes, size.type), width: size.width, height: size.height });
  }
  return { pictures: found, skipped };
}

/** `2.png` comes before `10.png`. */
const naturally = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

async function bytesOf(file: string, most: number): Promise<Uint8Array | string> {
  try {
    const { size, isFile } = await stat(file).then((info) => ({ size: info.size, isFile: info.isFile() }));
    if (!isFile) return 'it is no file';
    if (size > most) return `it has ${Math.round(size / 2 ** 20)} MB; ${most / 2 ** 20} are the most`;
    return await readFile(file);
  } catch (error) {
    return reasonOf(error);
  }
}

async function musicAt(file: string, ctx: AgentContext): Promise<BlobRef> {
  const bytes = await bytesOf(file, mostBytesOfMusic);
  if (typeof bytes === 'string') throw new ContinuoError('MEDIA_UNREADABLE', `the music ${basename(file)} cannot be read: ${bytes}`);
  return ctx.blobs.put(bytes, 'application/octet-stream');
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'it is not there';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  if (code === 'ENOTDIR') return 'it is no folder';
  return error instanceof Error ? error.message : String(error);
}
