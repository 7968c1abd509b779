/** What is read has the type that is asked for, or the store is damaged. */
import { ContinuoError } from '../../../core/errors.ts';
import type { Row } from './sql.ts';

export function textIn(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : damaged(column, value);
}

export function numberIn(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : damaged(column, value);
}

/** The value of JSON text that this backend wrote; `what` names it for the error. */
export function jsonIn(row: Row, column: string, what: string): unknown {
  try {
    return JSON.parse(textIn(row, column));
  } catch {
    throw new ContinuoError('STORE_CORRUPT', `the database is damaged: ${what} is not JSON`);
  }
}

function damaged(column: string, value: unknown): never {
  throw new ContinuoError('STORE_CORRUPT', `the database is damaged: ${column} holds ${value === null ? 'nothing' : typeof value}`);
}
