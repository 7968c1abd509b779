/**
 * Makes, opens and upgrades the database of a data directory.
 *
 * V1. `continuo.db` appears whole: it is made under another name and then renamed. An
 *     empty file of that name is therefore damage, and never taken for a fresh start.
 * V2. A version is reached in one transaction, or not at all.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import { Database } from './database.ts';
import { fileFault } from './faults.ts';
import { installViews } from './ledger-views.ts';
import { migrations } from './migrations.ts';

/** 'Cont': marks the file as ours. */
const applicationId = 0x436f6e74;

/** How long the answer to a message of the inbox stays readable. */
const answersKept = 7 * 86_400_000;

const fileIn = (dir: string): string => join(dir, 'continuo.db');

/** For the engine, which holds the directory's lock. */
export function openForEngine(dir: string): Database {
  const path = fileIn(dir);
  if (!existsSync(path)) create(dir, path);
  return opened(path, (db) => {
    checkedVersion(db);
    db.get('PRAGMA journal_mode = WAL');
    migrate(db);
    installViews(db);
    db.run("DELETE FROM inbox WHERE state <> 'waiting' AND settled_at < ?", Date.now() - answersKept);
  });
}

/** For a process that reads and sends, whether or not an engine runs. */
export function openForVisitor(dir: string): Database {
  const path = fileIn(dir);
  if (!existsSync(path)) throw new ContinuoError('STORE_FAILED', `there is no Continuo data in ${dir}`);
  return opened(path, (db) => {
    const version = checkedVersion(db);
    if (version < migrations.length) {
      throw new ContinuoError(
        'STORE_FAILED',
        `${path} has schema ${version}, this version works on ${migrations.length}: an engine that opens it upgrades it`,
      );
    }
    db.run('PRAGMA synchronous = FULL');
  });
}

function opened(path: string, prepare: (db: Database) => void): Database {
  if (sizeOf(path) === 0) throw new ContinuoError('STORE_CORRUPT', `${path} is empty: it was truncated`);
  const db = new Database(path);
  try {
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function create(dir: string, path: string): void {
  // SQLite would play the log of the lost database into the new one.
  if (sizeOf(`${path}-wal`) > 0) throw new ContinuoError('STORE_CORRUPT', `${path} is gone, while its log ${path}-wal is still there`);
  const draft = `${path}.new`;
  try {
    rmSync(draft, { force: true });
    rmSync(`${draft}-journal`, { force: true });
    const db = new Database(draft);
    try {
      db.run('PRAGMA synchronous = FULL');
      db.run(`PRAGMA application_id = ${applicationId}`);
      migrate(db);
    } finally {
      db.close();
    }
    renameSync(draft, path);
    syncFolder(dir);
  } catch (error) {
    throw fileFault(error, path);
  }
}

function migrate(db: Database): void {
  for (let version = checkedVersion(db); version < migrations.length; version++) {
    db.transaction(() => {
      db.script(`${migrations[version]}; PRAGMA user_version = ${version + 1}`);
    });
  }
}

function checkedVersion(db: Database): number {
  const owner = pragma(db, 'application_id');
  if (owner !== applicationId) throw new ContinuoError('STORE_CORRUPT', `${db.path} is not a database of Continuo`);
  const version = pragma(db, 'user_version');
  if (version > migrations.length) {
    throw new ContinuoError('JOURNAL_NEWER', `${db.path} has schema ${version}; this version of Continuo knows ${migrations.length}`);
  }
  return version;
}

function pragma(db: Database, name: string): number {
  return db.number(db.get(`PRAGMA ${name}`) ?? {}, name);
}

/** Without opening it (D3). */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Makes a rename in the folder durable, on systems where folders can be opened. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
