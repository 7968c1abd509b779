/** Errors as RFC 9457 says them. */
import { catalogue, faultOf, type ErrorCode } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import { statusOf } from './status-of.ts';

export const problemType = 'application/problem+json';

export interface Problem {
  /** `/errors/<code>`, which the server answers with the code's page. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly mend: string;
  /** What the error says besides: fields and their problems, the state that forbids it. */
  readonly details?: Json;
  readonly request_id: string;
}

export function problemOf(error: unknown, requestId: string): Problem {
  const fault = faultOf(error);
  const code: ErrorCode = isKnown(fault.code) && isOurs(error) ? fault.code : 'INTERNAL';
  const { meaning, mend } = catalogue[code];
  // What nobody foresaw may say anything: it is logged, and not told.
  const isToldInFull = code !== 'INTERNAL' && !ofTheStore.has(code);
  const failing = code === 'INTERNAL' ? 'the server failed' : 'the server’s store does not do what it should';
  return {
    type: `/errors/${code}`,
    title: meaning,
    status: statusOf[code],
    detail: isToldInFull ? fault.message : `${failing}; its log has more under ${requestId}`,
    code,
    mend,
    ...(fault.details === undefined || !isToldInFull ? {} : { details: fault.details }),
    request_id: requestId,
  };
}

/** Where the store lies, and what it said, is for the log, too. */
const ofTheStore: ReadonlySet<ErrorCode> = new Set([
  'STORE_FAILED',
  'STORE_FULL',
  'STORE_CORRUPT',
  'STORE_UNREACHABLE',
  'STORE_DENIED',
  'STORE_UNFIT',
  'DIRECTORY_HELD',
]);

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);

const isOurs = (error: unknown): boolean => error instanceof Error && error.name === 'ContinuoError';
