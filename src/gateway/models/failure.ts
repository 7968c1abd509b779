/** What a failed request means: whether to ask again, whom, and when. Told in the provider's own words, without keys. */
import { APICallError, InvalidArgumentError, InvalidPromptError, UnsupportedFunctionalityError } from '@ai-sdk/provider';
import type { ErrorCode } from '../../core/errors.ts';
import { fieldsOf } from './named-fields.ts';
import { retryAfter } from './retry-after.ts';
import { sentenceOf } from './sentence.ts';
import { redact } from '../../core/data/redact.ts';

export interface Failure {
  readonly code: Extract<ErrorCode, 'PROVIDER_REFUSED' | 'KEY_REFUSED' | 'PROVIDER_LIMITED' | 'PROVIDER_FAILED' | 'PROVIDER_TIMED_OUT'>;
  /** The HTTP status. */
  readonly status?: number;
  /** Redacted and short. */
  readonly sentence: string;
  /** Milliseconds for which the provider wants to be left alone. */
  readonly rest?: number;
  /** The account has nothing left: waiting does not help. */
  readonly credit?: true;
  /** Whether the same provider may answer the same request another time. */
  readonly again: boolean;
  /** What the provider may charge for it. */
  readonly spent: 'nothing' | 'unknown';
}

export interface Seen {
  readonly now: number;
  readonly keys: Iterable<string>;
}

/** Of anything that a provider package throws or streams as an error. */
export function failureOf(error: unknown, seen: Seen): Failure {
  if (APICallError.isInstance(error)) return ofResponse(error, seen);
  const said = redact(sentenceOf(error), seen.keys);
  if (UnsupportedFunctionalityError.isInstance(error) || InvalidPromptError.isInstance(error) || InvalidArgumentError.isInstance(error))
    return { code: 'PROVIDER_REFUSED', sentence: shortened(said), again: false, spent: 'nothing' };
  const status = statusIn(error);
  return { ...ofStatus(status, said, ''), sentence: shortened(said), ...(status === undefined ? {} : { status }), spent: 'unknown' };
}

/** An answer that came and is none. */
export function malformed(sentence: string): Failure {
  return { code: 'PROVIDER_FAILED', sentence, again: true, spent: 'unknown' };
}

function ofResponse(error: APICallError, { now, keys }: Seen): Failure {
  const body = error.responseBody ?? '';
  const told = error.statusCode === undefined || error.statusCode >= 300 ? error.statusCode : statusIn(parsed(body));
  const said = redact(sentenceOf(error), keys);
  const rest = retryAfter(error.responseHeaders ?? {}, body, now);
  const failure = told === undefined && hasCode(error, waitedCodes) ? waited : ofStatus(told, said, body);
  return {
    ...failure,
    sentence: shortened(said),
    ...(error.statusCode === undefined ? {} : { status: error.statusCode }),
    ...(rest === undefined || failure.code === 'PROVIDER_REFUSED' ? {} : { rest }),
    spent: told !== undefined || hasCode(error, unsentCodes) ? 'nothing' : 'unknown',
  };
}

function ofStatus(status: number | undefined, said: string, body: string): Pick<Failure, 'code' | 'again'> & { readonly credit?: true } {
  if (status === 402 || (status !== undefined && /insufficient_quota|credit balance is too low/i.test(body)))
    return { code: 'PROVIDER_LIMITED', again: false, credit: true };
  if (status === 429 || status === 529) return { code: 'PROVIDER_LIMITED', again: true };
  if (isAboutTheKey(status, said)) return { code: 'KEY_REFUSED', again: false };
  if (status === undefined || status >= 500 || passing.has(status)) return { code: 'PROVIDER_FAILED', again: true };
  return { code: 'PROVIDER_REFUSED', again: false };
}

/** Of the 4xx, what says "not now": a timeout over there, a conflict, too early. */
const passing: ReadonlySet<number> = new Set([408, 409, 425]);

function isAboutTheKey(status: number | undefined, said: string): boolean {
  // A gateway in between says 403 of an input that its moderation did not let through.
  if (status === 403) return !/moderation|flagged/i.test(said);
  // Google and xAI answer a wrong key with 400.
  return (
    status === 401 ||
    (status === 400 && /\b(?:incorrect|invalid|expired) api.?key|api.?key (?:is )?(?:not valid|incorrect|invalid|expired)/i.test(said))
  );
}

/** The request never left, so that nobody can have charged for it. */
const unsentCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CONNECT_TIMED_OUT',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The HTTP client has limits of its own. */
const waitedCodes: ReadonlySet<unknown> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);
const waited = { code: 'PROVIDER_TIMED_OUT', again: true } as const;

function hasCode(error: unknown, codes: ReadonlySet<unknown>): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) if ('code' in cause && codes.has(cause.code)) return true;
  return false;
}

/** Servers that answer 200, or have begun to stream, tell the status in the body. */
function statusIn(value: unknown): number | undefined {
  const { error, statusCode, code } = fieldsOf(value);
  for (const candidate of [statusCode, code, fieldsOf(error)['code'], fieldsOf(error)['status']])
    if (typeof candidate === 'number' && candidate >= 400 && candidate < 600) return candidate;
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const longest = 240;

function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
