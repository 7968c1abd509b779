/** Opens the blobs of a cluster, and says at once what is wrong with where they are to lie. */
import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ContinuoError } from '../../../core/errors.ts';
import type { Blobs } from '../../../ports/blobs.ts';
import type { PartHealth } from '../../../ports/exchange.ts';
import type { DistributedOptions } from '../options.ts';
import { BlobIndex } from '../postgres/blob-index.ts';
import type { Sql } from '../postgres/sql.ts';
import { DistributedBlobs } from './blobs.ts';
import { FolderShelf } from './folder.ts';
import { openS3 } from './s3/open.ts';
import { markName } from './shelf.ts';
import type { Shelf } from './shelf.ts';

export interface OpenBlobs {
  readonly blobs: Blobs;
  /** Of a server that keeps the bytes, where one does. */
  readonly health?: () => PartHealth;
}

/** On a schema that has been brought to its version. */
export async function openBlobs(sql: Sql, where: DistributedOptions['blobs']): Promise<OpenBlobs> {
  const index = new BlobIndex(sql);
  if (typeof where === 'string') {
    const shelf = new FolderShelf(where);
    await checkFolder(shelf.location);
    await checkMark(index, shelf);
    await shelf.sweep(Date.now());
    return { blobs: new DistributedBlobs(index, shelf) };
  }
  const { shelf, check, health } = openS3(where.s3);
  await check();
  await checkMark(index, shelf);
  await shelf.sweep(Date.now());
  return { blobs: new DistributedBlobs(index, shelf), health };
}

async function checkFolder(dir: string): Promise<void> {
  try {
    await mkdir(resolve(dir), { recursive: true });
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ContinuoError('STORE_DENIED', `the folder of blobs ${dir} cannot be written to: ${message}`);
  }
}

/** A node that sees another folder or bucket than the rest would lose what it puts, as far as they can tell. */
async function checkMark(index: BlobIndex, shelf: Shelf): Promise<void> {
  const foreign = (): ContinuoError =>
    new ContinuoError(
      'STORE_UNFIT',
      `${shelf.location} has the blobs of another cluster than ${index.location}: each has a place of its own`,
    );
  const cluster = await index.cluster(async (own) => {
    const there = await shelf.mark();
    if (there === undefined) await shelf.setMark(own);
    else if (there !== own) throw foreign();
  });
  const there = await shelf.mark();
  if (there === undefined)
    throw new ContinuoError(
      'STORE_UNFIT',
      `${shelf.location} is not where the blobs of ${index.location} are: all nodes share one place; whoever moves it takes ${markName} along`,
    );
  if (there !== cluster) throw foreign();
}
