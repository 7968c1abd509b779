/** Errors in the form that OpenAI's clients read. */
import type { Json } from '../../../core/data/json.ts';
import { faultOf } from '../../../core/errors.ts';
import { problemOf } from '../../http/problem.ts';
import { retryAfter } from '../../http/retry-after.ts';

export interface OpenaiError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: {
    readonly error: {
      readonly message: string;
      readonly type: string;
      readonly code: string;
      /** The field that is wrong, where one is. */
      readonly param: string | null;
    };
  };
}

export function openaiError(error: unknown, requestId: string, now: number): OpenaiError {
  const { status, detail, code, details } = problemOf(error, requestId);
  const { retryable } = faultOf(error);
  const wait = retryAfter({ code, ...(details === undefined ? {} : { details }) }, now);
  return {
    status,
    // These clients ask again after 408, 409, 429 and 5xx, unless they are told that it does not help.
    headers: { 'x-should-retry': String(retryable), ...(wait === undefined ? {} : { 'retry-after': String(wait) }) },
    body: { error: { message: detail, type: typeOf(status), code, param: paramOf(code, details) } },
  };
}

const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  429: 'rate_limit_error',
};

function typeOf(status: number): string {
  return types[status] ?? (status < 500 ? 'invalid_request_error' : 'server_error');
}

/** Problems of a body begin with their place: `body/messages/0/role: …`. */
function paramOf(code: string, details: Json | undefined): string | null {
  if (code !== 'REQUEST_INVALID' || !Array.isArray(details)) return null;
  const place = /^body\/([^:\s]+(?:::[^:\s]+)*)/.exec(String(details[0]))?.[1];
  return place?.replaceAll('/', '.') ?? null;
}
