/**
 * A stream of events for each run; L1 to L3 of the port.
 *
 * S1. Every event has a number, and a follower remembers the last that it heard: so each is heard once, in order,
 *     however often somebody looks.
 */
import type { Heard, Live, LiveEvent } from '../../../ports/exchange.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Json } from '../../../core/data/json.ts';
import { tell } from './carrier.ts';
import type { Carrier, StoredStream } from './carrier.ts';

/** What a stream keeps at least; it is cut when it is twice as long. */
const kept = 10_000;

export class MemoryLive implements Live {
  readonly #carrier: Carrier;
  readonly #clock: Clock;
  readonly #ends = new Set<() => void>();
  #dropped = 0;

  constructor(carrier: Carrier, clock: Clock) {
    this.#carrier = carrier;
    this.#clock = clock;
  }

  /** Events that could not be told. */
  get dropped(): number {
    return this.#dropped;
  }

  tell({ run, name, event }: LiveEvent): void {
    if (this.#carrier.isAway) {
      this.#dropped++;
      return;
    }
    const stream = this.#stream(run);
    stream.events.push({ number: this.#carrier.number(), name, json: JSON.stringify(event) });
    if (stream.events.length > 2 * kept) stream.events.splice(0, kept);
    const status = statusIn(name, event);
    if (status !== undefined) stream.status = { status, at: this.#clock.now() };
    tell(this.#carrier.followers.get(run) ?? []);
  }

  async flushed(): Promise<void> {}

  async follow(run: string, after: string | undefined, hear: (heard: Heard) => void): Promise<() => void> {
    const { followers } = this.#carrier;
    const own = followers.get(run) ?? new Set();
    let last = after === undefined ? 0 : Number(after);
    const look = (): void => {
      for (const { number, name, json } of this.#carrier.streams.get(run)?.events ?? []) {
        if (!own.has(look)) return;
        if (number <= last) continue;
        last = number;
        // `tell` wrote the text from an event.
        hear({ run, name, event: JSON.parse(json) as Json, cursor: String(number) });
      }
    };
    followers.set(run, own.add(look));
    queueMicrotask(look);
    const end = (): void => {
      own.delete(look);
      this.#ends.delete(end);
      if (own.size === 0 && followers.get(run) === own) followers.delete(run);
    };
    this.#ends.add(end);
    return end;
  }

  async status(run: string): Promise<{ readonly status: string; readonly at: number } | undefined> {
    return this.#carrier.isAway ? undefined : this.#carrier.streams.get(run)?.status;
  }

  close(): void {
    for (const end of this.#ends) end();
  }

  #stream(run: string): StoredStream {
    let stream = this.#carrier.streams.get(run);
    if (stream === undefined) this.#carrier.streams.set(run, (stream = { events: [], status: undefined }));
    return stream;
  }
}

function statusIn(name: string, event: Json): string | undefined {
  if (name === 'run:started') return 'running';
  if (name !== 'run:status' && name !== 'run:ended') return undefined;
  const status = typeof event === 'object' && event !== null && 'status' in event ? event.status : undefined;
  return typeof status === 'string' ? status : undefined;
}
