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
  const isOwn = statusOf[code] === 500 || ofTheMachine.has(code);
  return {
    type: `/errors/${code}`,
    title: meaning,
    status: statusOf[code],
    // What nobody foresaw may say anything, and what is wrong with the machine names places on it: it is logged, and not told.
    detail: isOwn ? `the server failed; its log has more under ${requestId}` : fault.message,
    code,
    mend,
    ...(fault.details === undefined || isOwn ? {} : { details: fault.details }),
    request_id: requestId,
  };
}

/** Beside what a caller cannot mend at all: what may pass, and whose message is for whoever runs the server. */
const ofTheMachine: ReadonlySet<ErrorCode> = new Set([
  'STORE_FULL',
  'STORE_FAILED',
  'STORE_UNREACHABLE',
  'STORE_DENIED',
  'DIRECTORY_HELD',
  'STUDIO_UNAVAILABLE',
  'FFMPEG_MISSING',
]);

const isKnown = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);

const isOurs = (error: unknown): boolean => error instanceof Error && error.name === 'ContinuoError';
