/**
 * A folder for what a server or a test leaves behind.
 *
 * O1. Nothing is removed but what this process made itself, and what still lies where temporary folders are made.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const prefix = 'continuo-';
const made = new Set<string>();

export function makeFolder(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${what}-`));
  made.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  if (!made.has(folder) || dirname(folder) !== tmpdir() || !basename(folder).startsWith(prefix))
    throw new Error(`${folder} was not made here, and stays`);
  made.delete(folder);
  // What a killed server leaves may still be written to for a moment.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
