import type { Json } from '../core/data/json.ts';
import type { Payload } from '../core/run/events.ts';
import type { Shelf } from '../core/run/scope.ts';
import type { Connections } from '../ports/agent.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Hand } from './hand.ts';

/** What contexts need of the engine. */
export interface Surroundings {
  readonly clock: Clock;
  readonly blobs: Blobs;
  readonly connections: Connections;
  payload(value: Json): Payload | Promise<Payload>;
  open(payload: Payload): Promise<Json>;
  evaluate<T>(shelf: Shelf, how: () => T): T | Promise<T>;
  /** Does it for an attempt that counts, in spite of a store that stumbles; for one that does not, fails. */
  patiently<T>(hand: Hand, work: () => Promise<T> | T): T | Promise<T>;
  /** An id that was never given before and never will be. */
  newId(): string;
  /** Reserves money; answers with the way to settle it. */
  reserve(hand: Hand, id: string, amount: number): Promise<(actual: number) => Promise<void>>;
  live(name: 'step:progress' | 'step:stream' | 'step:log', hand: Hand, extra: object): void;
}
