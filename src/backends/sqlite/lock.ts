/**
 * Who works in a data directory.
 *
 * L1. At most one engine holds a directory, over all processes of the machine. The
 *     lock is SQLite's lock on `engine.lock`, so that the operating system lets go of
 *     it however the process ends.
 * L2. `engine.json` only tells whom to ask: it may be stale, and decides nothing.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import { Database } from './database.ts';
import { fileFault, SqliteFault } from './faults.ts';

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** ISO date-time. */
  readonly since: string;
}

export interface Lock {
  release(): void;
}

const noteIn = (dir: string): string => join(dir, 'engine.json');

export function takeLock(dir: string): Lock {
  const db = locked(dir);
  try {
    writeNote(dir);
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    release: () => {
      rmSync(noteIn(dir), { force: true });
      db.close();
    },
  };
}

function locked(dir: string): Database {
  try {
    // Everything that runs were given and gave lies in it: nobody else of this machine reads that.
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileFault(error, dir);
  }
  const db = new Database(join(dir, 'engine.lock'), { timeout: 0 });
  try {
    // IMMEDIATE and not EXCLUSIVE: of two that come at once, exactly one gets it.
    db.run('BEGIN IMMEDIATE');
    return db;
  } catch (error) {
    db.close();
    throw error instanceof SqliteFault && error.isBusy ? held(dir) : error;
  }
}

/** Two processes must not see half a note. */
function writeNote(dir: string): void {
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  const draft = `${noteIn(dir)}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(holder)}\n`);
    renameSync(draft, noteIn(dir));
  } catch (error) {
    throw fileFault(error, noteIn(dir));
  }
}

function held(dir: string): ContinuoError {
  const holder = holderOf(dir);
  return new ContinuoError('DIRECTORY_HELD', `${dir} is held by ${nameOf(holder)}`, { dir, ...holder });
}

/** Something that only the engine of a directory may do was asked of a visitor. */
export function visiting(dir: string, what: string): ContinuoError {
  const holder = holderOf(dir);
  const whose = holder === undefined ? 'an engine, and none runs' : nameOf(holder);
  return new ContinuoError('DIRECTORY_HELD', `this process only visits ${dir}: to ${what} is for ${whose}`, { dir, ...holder });
}

/** The engine that works in the directory now, as far as can be told from outside. */
export function holderOf(dir: string): Holder | undefined {
  const holder = readNote(dir);
  // A killed engine leaves its note behind; of another machine's processes nothing is known.
  return holder?.host === hostname() && !isAlive(holder.pid) ? undefined : holder;
}

function readNote(dir: string): Holder | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(noteIn(dir), 'utf8'));
    if (typeof note !== 'object' || note === null || !('pid' in note && 'host' in note && 'since' in note)) return undefined;
    const { pid, host, since } = note;
    return typeof pid === 'number' && typeof host === 'string' && typeof since === 'string' ? { pid, host, since } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function nameOf(holder: Holder | undefined): string {
  if (holder === undefined) return 'another engine, which has not said who it is';
  return `the engine in process ${holder.pid} on ${holder.host}, since ${holder.since}`;
}
