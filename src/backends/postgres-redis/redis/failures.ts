/** What Redis and its client say when something is wrong, as errors of the catalogue. */
import { ContinuoError } from '../../../core/errors.ts';

/** Nothing was executed: the call can be repeated without harm. */
const unsent = [
  "Stream isn't writeable",
  "Cluster isn't ready",
  'CLUSTERDOWN',
  'LOADING',
  'READONLY',
  'MASTERDOWN',
  'MISCONF',
  'NOREPLICAS',
  'ECONNREFUSED',
  'ENOTFOUND',
];

/** Whether it was executed nobody knows. */
const unanswered = [
  'Connection is closed',
  'Command timed out',
  'Socket timeout',
  'Command aborted due to connection close',
  'Cluster is ended',
  'Reached the max retries per request limit',
  'Too many Cluster redirections',
  'Failed to refresh slots cache',
  'None of startup nodes is available',
  'All sentinels are unreachable',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
];

function says(error: unknown, sentences: readonly string[]): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return sentences.some((sentence) => error.message.includes(sentence) || code === sentence);
}

/** There is no connection: nothing was sent. */
export class Unconnected extends Error {
  override readonly name = 'Unconnected';
}

/** It was sent, and no answer came. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** The connection ended under it; what the client says of that is for its programmers. */
const cutOff = ['Connection is closed', 'Command aborted due to connection close', 'Reached the max retries per request limit'];

export function wasCutOff(error: unknown): boolean {
  return says(error, cutOff);
}

export function isAway(error: unknown): boolean {
  return error instanceof Unconnected || error instanceof Unanswered || says(error, unsent) || says(error, unanswered);
}

/** Whether what failed was certainly not done. */
export function wasNotDone(error: unknown): boolean {
  const reason = error instanceof ContinuoError && error.cause !== undefined ? error.cause : error;
  return reason instanceof ContinuoError || reason instanceof Unconnected || says(reason, unsent);
}

export function asStoreError(error: unknown, location: string): ContinuoError {
  if (error instanceof ContinuoError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const full = message.startsWith('OOM');
  const mended = full
    ? new ContinuoError('STORE_FULL', `Redis at ${location} has no memory left: ${message}. Raise its maxmemory`)
    : new ContinuoError('STORE_FAILED', `Redis at ${location}: ${message}`, wasNotDone(error) ? { unsent: true } : undefined);
  mended.cause = error;
  return mended;
}
