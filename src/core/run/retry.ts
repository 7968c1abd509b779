/** When, and whether, a failed attempt is made again. */
import type { RetryPolicy } from '../plan/model.ts';
import type { Fault } from './events.ts';

/** Errors of the plan or the data: the same again would fail the same way. */
const hopeless: ReadonlySet<string> = new Set([
  'TRANSFORMER_THREW',
  'TRANSFORMER_ASYNC',
  'TRANSFORMER_NOT_JSON',
  'REFERENCE_INVALID',
  'OUTPUT_NOT_JSON',
  'VALUE_TOO_LARGE',
  'MAP_NOT_A_LIST',
  'INPUT_INVALID',
  'ACTION_UNKNOWN',
  'PLAN_INVALID',
  'WORKFLOW_UNKNOWN',
  'CALL_TOO_DEEP',
  'CALL_TOO_WIDE',
]);

export function mayRetry(policy: RetryPolicy | undefined, error: Fault, retriesUsed: number): boolean {
  if (policy === undefined || retriesUsed >= policy.maxRetries) return false;
  if (policy.except?.includes(error.code) === true) return false;
  if (policy.only !== undefined) return policy.only.includes(error.code);
  return mayGoWell(error);
}

/** Whether the same, made again, may go well. */
export function mayGoWell(error: Fault): boolean {
  return error.retryable ?? !hopeless.has(error.code);
}

/** The delay before retry number `retry` (1 is the first). The same seed draws the same jitter. */
export function retryDelay(policy: RetryPolicy, retry: number, seed: string): number {
  const grown = policy.backoffMs * growth(policy.backoff, retry);
  const capped = Math.min(grown, policy.capMs ?? Number.MAX_SAFE_INTEGER);
  const jitter = policy.jitter ?? 0;
  return Math.round(capped * (1 - jitter * draw(seed)));
}

function growth(backoff: RetryPolicy['backoff'], retry: number): number {
  switch (backoff) {
    case 'fixed':
      return 1;
    case 'linear':
      return retry;
    case 'exponential':
      return 2 ** Math.min(retry - 1, 50);
  }
}

/** A number in [0, 1) from a text (FNV-1a, then mixed): chance that replays. */
export function draw(seed: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
