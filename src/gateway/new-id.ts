import { randomUUIDv7 } from 'node:crypto';

/** Node builds an id of some twenty strings, and who keeps the id keeps them all, so that a full queue is a heavy one: this is one string. */
export function newId(): string {
  return Buffer.from(randomUUIDv7(), 'latin1').toString('latin1');
}
