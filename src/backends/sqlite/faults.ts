/**
 * What SQLite and the file system complain about, in the words of the catalogue.
 *
 * F1. Whatever leaves this backend is a ContinuoError, or the caller's own error.
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import type { ErrorCode } from '../../core/errors.ts';

/** Primary result codes of SQLite that are told apart here. */
const primary = {
  busy: 5,
  locked: 6,
  noMemory: 7,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  protocol: 15,
  notADatabase: 26,
} as const;

const uniqueViolated = 2067;
const mismatch = 20;

/** Conditions of the whole store: whatever else was to be written would meet them too. */
const storeWide: ReadonlySet<number> = new Set(Object.values(primary));

/** A complaint of SQLite itself, and not a refusal that this backend decided. */
export class SqliteFault extends ContinuoError {
  readonly #result: number;

  constructor(code: ErrorCode, message: string, result: number) {
    super(code, message);
    this.#result = result;
  }

  get isBusy(): boolean {
    return (this.#result & 0xff) === primary.busy;
  }

  get isDuplicate(): boolean {
    return this.#result === uniqueViolated;
  }

  get isStoreWide(): boolean {
    return storeWide.has(this.#result & 0xff);
  }
}

/** A value that SQLite would take and change: of the same kind as those that it refuses itself. */
export function unfit(message: string): ContinuoError {
  return new SqliteFault('STORE_FAILED', message, mismatch);
}

/** An error that `node:sqlite` threw while it worked on the database at `path`. */
export function sqliteFault(error: unknown, path: string): ContinuoError {
  if (error instanceof ContinuoError) return error;
  const { code, errcode, message } = fieldsOf(error);
  if (code === 'ERR_INVALID_STATE') return new ContinuoError('ENGINE_CLOSED', `${path} is closed`);
  const result = typeof errcode === 'number' ? errcode : 0;
  switch (result & 0xff) {
    case primary.corrupt:
    case primary.notADatabase:
      return new SqliteFault('STORE_CORRUPT', `${path} is damaged: ${message}`, result);
    case primary.full:
      return new SqliteFault('STORE_FULL', `no room for ${path}: ${message}`, result);
    case primary.ioError:
      // Where the shared memory of the log does not fit, SQLite speaks of I/O.
      if (hasNoRoom(dirname(path))) return new SqliteFault('STORE_FULL', `no room for ${path}: ${message}`, result);
      break;
    case primary.busy:
      return new SqliteFault('STORE_FAILED', `${path} is locked by another process for too long`, result);
    default:
  }
  return new SqliteFault('STORE_FAILED', `${path}: ${message}`, result);
}

/** An error of the file system about `path`. */
export function fileFault(error: unknown, path: string): ContinuoError {
  if (error instanceof ContinuoError) return error;
  const { code, message } = fieldsOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new ContinuoError('STORE_FULL', `no room for ${path}: ${message}`);
  return new ContinuoError('STORE_FAILED', `${path}: ${message}`);
}

export function isMissing(error: unknown): boolean {
  return fieldsOf(error).code === 'ENOENT';
}

function hasNoRoom(dir: string): boolean {
  try {
    return statfsSync(dir).bavail === 0;
  } catch {
    return false;
  }
}

function fieldsOf(error: unknown): { readonly code?: unknown; readonly errcode?: unknown; readonly message: string } {
  // Any object may be asked for fields that it may not have; they stay unknown.
  const fields = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown; errcode?: unknown; message?: unknown };
  return { code: fields.code, errcode: fields.errcode, message: typeof fields.message === 'string' ? fields.message : String(error) };
}
