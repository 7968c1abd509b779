/**
 * What Postgres and the way to it complain about, in the words of the catalogue.
 *
 * F1. Whatever leaves this backend is a ContinuoError, or the caller's own error.
 * F2. What may pass (away, shutting down, out of connections, in each other's way) is STORE_FAILED; a full disk is
 *     STORE_FULL. The engine waits for both.
 */
import { ContinuoError } from '../../../core/errors.ts';
import type { ErrorCode } from '../../../core/errors.ts';

/** A complaint of Postgres itself, and not a refusal that this backend decided. */
export class PostgresFault extends ContinuoError {
  /** SQLSTATE, or the code of the system's error; empty where there is none. */
  readonly state: string;
  readonly constraint: string | undefined;

  constructor(code: ErrorCode, message: string, state: string, constraint?: string) {
    super(code, message);
    this.state = state;
    this.constraint = constraint;
  }

  /** Whether the transaction was taken back so that others could go on: the same may go well at once. */
  get inTheWay(): boolean {
    return this.state === '40001' || this.state === '40P01';
  }

  /** Whether the node that asked lives no longer: `must_live` says so. */
  get isFencing(): boolean {
    return this.state === 'CN001';
  }

  /** Whether it is about what was written, and not about the whole store. */
  get isOwn(): boolean {
    return /^(2[1-3]|42|54|P0)/.test(this.state);
  }
}

export function faultFrom(error: unknown, location: string): ContinuoError {
  if (error instanceof ContinuoError) return error;
  const { code, message, constraint } = fieldsOf(error);
  if (code === '53100') return new PostgresFault('STORE_FULL', `no room for ${location}: ${message}`, code);
  return new PostgresFault('STORE_FAILED', `${location}: ${message}`, code, constraint);
}

/** Whether the server did not answer. */
export function isAway(error: unknown): boolean {
  const { code, message } = fieldsOf(error);
  if (code === '') return /terminated|timeout|closed|connection error|not queryable/i.test(message);
  return /^(08|57P0|E[A-Z]+$)/.test(code);
}

/** Whether the connection broke while it was used, and a new one may do. */
export function isCut(error: unknown): boolean {
  const { code, message } = fieldsOf(error);
  return code === '57P01' || code === 'ECONNRESET' || code === 'EPIPE' || (code === '' && /terminated|not queryable/i.test(message));
}

/** Why a connection cannot be used at all, when it is opened for the first time. */
export function openingFault(error: unknown, location: string): ContinuoError {
  if (error instanceof ContinuoError && !(error instanceof PostgresFault)) return error;
  const state = error instanceof PostgresFault ? error.state : fieldsOf(error).code;
  const { message } = fieldsOf(error);
  const said = error instanceof PostgresFault ? message.replace(`${location}: `, '') : message;
  if (state.startsWith('28')) return new ContinuoError('STORE_DENIED', `${location} refused the user or the password: ${said}`);
  if (state === '42501')
    return new ContinuoError(
      'STORE_DENIED',
      `${location} does not let this user do what is needed: ${said}; the first start makes the schema (GRANT CREATE ON DATABASE), and whoever made it owns it`,
    );
  if (state === '3D000') return new ContinuoError('STORE_UNREACHABLE', `${location}: ${said}; create it, or name one that there is`);
  if (/password/i.test(said)) return new ContinuoError('STORE_DENIED', `${location}: ${said}`);
  if (state === '53100') return new ContinuoError('STORE_FULL', `no room for ${location}: ${said}`);
  return new ContinuoError('STORE_UNREACHABLE', `${location} could not be reached: ${said === '' ? state : said}`);
}

function fieldsOf(error: unknown): { readonly code: string; readonly message: string; readonly constraint?: string } {
  // Where a name has several addresses, and none of them answers, Node gives the errors of all.
  const one: unknown = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
  // Any object may be asked for fields that it may not have; they stay unknown.
  const fields = (typeof one === 'object' && one !== null ? one : {}) as { code?: unknown; message?: unknown; constraint?: unknown };
  return {
    code: typeof fields.code === 'string' ? fields.code : error instanceof PostgresFault ? error.state : '',
    message: typeof fields.message === 'string' ? fields.message : String(error),
    ...(typeof fields.constraint === 'string' ? { constraint: fields.constraint } : {}),
  };
}
