import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const sane = /^[\w.:/+=-]{8,128}$/;

/** The caller's own `x-request-id`, where it can stand in a log as it is, or a fresh one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && sane.test(given) ? given : randomUUIDv7();
}
