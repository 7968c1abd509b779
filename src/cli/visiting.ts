/** What is common to commands that look into a data directory, or leave a command there. */
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
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

export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** The engine that works there now, as far as can be told from outside. */
export function holderOf(dir: string | undefined): Holder | undefined {
  let note: unknown;
  try {
    note = JSON.parse(readFileSync(join(directory(dir), 'engine.json'), 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof note !== 'object' || note === null || !('pid' in note && 'host' in note && 'since' in note)) return undefined;
  const { pid, host, since } = note;
  if (typeof pid !== 'number' || typeof host !== 'string' || typeof since !== 'string') return undefined;
  // A killed engine leaves its note behind; of another machine's processes nothing is known.
  return host === hostname() && !isAlive(pid) ? undefined : { pid, host, since };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
