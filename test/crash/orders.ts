/** What the supervisor tells a worker, and where it finds things. */
import { join } from 'node:path';
import type { Strike } from './fuse.ts';
import type { Plant } from './plants.ts';
import type { Share } from './scenarios.ts';

export interface Orders {
  readonly dir: string;
  readonly incarnation: number;
  readonly share: Share;
  /** The first of them, as many, are started at once; and so many more when those have ended. */
  readonly atOnce: number;
  readonly more: number;
  /** A run of this scenario is wanted before others. */
  readonly wanted?: string;
  readonly strike?: Strike;
  readonly plant?: Plant;
}

export const storeIn = (dir: string): string => join(dir, 'store');
export const ledgerIn = (dir: string): string => join(dir, 'ledger.jsonl');

/** What a worker says when its store is about to be opened. */
export const opening = 'opening';
