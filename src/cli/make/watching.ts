/** Waits until a script is saved with something new in it. */
import { readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { digestOf } from './own-hand.ts';

/** Editors write in several pieces. */
const settling = 300;

/** Of what the file says now. */
export function stateOf(file: string): string {
  try {
    return digestOf(readFileSync(file, 'utf8'));
  } catch {
    return 'gone';
  }
}

/** True when it says something else than `before`; false when the watching is over. */
export async function saved(file: string, before: string, over: AbortSignal): Promise<boolean> {
  const isNew = (): boolean => ![before, 'gone'].includes(stateOf(file));
  if (over.aborted || isNew()) return !over.aborted;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let timer: NodeJS.Timeout | undefined;
  // The folder is watched: many editors put a new file in the place of the old one.
  const watcher = watch(dirname(file), (_, name) => {
    if (name !== null && name !== basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isNew()) resolve(true);
    }, settling);
  });
  const leave = (): void => resolve(false);
  over.addEventListener('abort', leave, { once: true });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    watcher.close();
    over.removeEventListener('abort', leave);
  }
}
