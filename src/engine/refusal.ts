/** How a refusal travels through the inbox: as a fault. */
import { ContinuoError, type ErrorCode } from '../core/errors.ts';
import type { Fault } from '../core/run/events.ts';

export function refusalText({ code, message, retryable, details }: Fault): string {
  return JSON.stringify({
    code,
    message,
    ...(retryable === undefined ? {} : { retryable }),
    ...(details === undefined ? {} : { details }),
  });
}

export function refusal(text: string): ContinuoError {
  // Written by `refusalText`, from one of the engine's own errors.
  const { code, message, retryable, details } = JSON.parse(text) as Fault;
  return new ContinuoError(code as ErrorCode, message, details, retryable);
}
