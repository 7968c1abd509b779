/** What is common to commands that look into a data directory, or leave a command there. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultDirectory, visit } from '../compose.ts';
import { ContinuoError } from '../core/errors.ts';
import type { Visitor } from '../engine/visitor.ts';

export function directory(dir: string | undefined): string {
  return dir ?? defaultDirectory;
}

export function hasData(dir: string | undefined): boolean {
  return existsSync(join(directory(dir), 'continuo.db'));
}

/** Opens the directory for looking, whoever works in it. */
export async function visiting<T>(dir: string | undefined, work: (visitor: Visitor) => Promise<T>): Promise<T> {
  if (!hasData(dir)) throw new ContinuoError('RUN_UNKNOWN', `there are no runs in ${directory(dir)} (${resolve(directory(dir))})`);
  const visitor = await visit({ dir: directory(dir) });
  try {
    return await work(visitor);
  } finally {
    await visitor.close();
  }
}
