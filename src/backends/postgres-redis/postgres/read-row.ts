/** Columns of a row that Postgres gave, as what they are. */
import { ContinuoError } from '../../../core/errors.ts';
import type { Row } from './sql.ts';

export function textOf(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : damaged(column, value);
}

export function numberOf(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : damaged(column, value);
}

/** The value of JSON text that this backend wrote; `what` names it for the error. */
export function jsonOf(row: Row, column: string, what: string): unknown {
  try {
    return JSON.parse(textOf(row, column));
  } catch {
    throw new ContinuoError('STORE_CORRUPT', `${what} is not JSON`);
  }
}

function damaged(column: string, value: unknown): never {
  throw new ContinuoError('STORE_CORRUPT', `column ${column} holds ${value === null ? 'nothing' : typeof value}`);
}
