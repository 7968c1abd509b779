import type { Json } from '../core/data/json.ts';
import type { Payload } from '../core/run/events.ts';
import type { Connections } from '../ports/agent.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Held } from './held.ts';

/** What contexts need of the engine. */
export interface Surroundings {
  readonly clock: Clock;
  readonly blobs: Blobs;
  readonly connections: Connections;
  readonly telemetry: Telemetry | undefined;
  payload(value: Json): Payload | Promise<Payload>;
  open(payload: Payload): Promise<Json>;
  /** Does it for an attempt that counts, in spite of a store that stumbles; for one that does not, fails. */
  patiently<T>(hand: Held, work: () => Promise<T> | T): T | Promise<T>;
  /** An id that was never given before and never will be. */
  newId(): string;
  /** Whether what is begun here still counts, as far as this process knows. */
  sure(): boolean;
  live(name: 'step:progress' | 'step:stream' | 'step:log', hand: Held, extra: object): void;
}
