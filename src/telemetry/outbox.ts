/**
 * Spans on their way to a collector.
 *
 * O1. Telling only puts a span into a queue. When `most` wait, what comes is dropped; so is what the collector refuses.
 * O2. One batch is on its way at a time. What may go well another time is tried again, for as long as that takes.
 * O3. The first drop is said at once, and how many there were in all at the end.
 * O4. `flushed` and `close` end within `patience`, whatever the collector does; nothing of the queue survives `close`.
 */
import type { Clock } from '../ports/clock.ts';
import type { SpanData } from '../ports/telemetry.ts';
import type { Delivery } from './collector.ts';

export interface OutboxOptions {
  readonly deliver: (spans: readonly SpanData[]) => Promise<Delivery>;
  /** Rings only while something else keeps the process alive. */
  readonly idle: Clock;
  /** Keeps the process alive until it rings. */
  readonly clock: Clock;
  readonly most: number;
  readonly together: number;
  /** How long the first span of a batch waits for others, in milliseconds. */
  readonly delay: number;
  readonly patience: number;
  readonly warn: (message: string) => void;
}

const firstPause = 1000;
const longestPause = 30_000;
/** A collector may ask for more patience than we have of our own, within reason. */
const longestAsked = 300_000;

interface Flush {
  /** How many spans were told before. */
  readonly until: number;
  readonly resolve: () => void;
}

export class Outbox {
  readonly #options: OutboxOptions;
  #queue: SpanData[] = [];
  /** Spans that came into the queue, and that left it. */
  #came = 0;
  #left = 0;
  #dropped = 0;
  #pause = firstPause;
  #alarm: (() => void) | undefined;
  #sending = false;
  #flushes: Flush[] = [];
  #closed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get dropped(): number {
    return this.#dropped;
  }

  add(span: SpanData): void {
    if (this.#closed) this.#dropped++;
    if (this.#closed) return;
    if (this.#queue.length >= this.#options.most) return this.#drop(1, 'too many wait for their collector');
    this.#queue.push(span);
    this.#came++;
    if (this.#queue.length === this.#options.together && this.#pause === firstPause) this.#send();
    else this.#soon(this.#options.delay);
  }

  flushed(): Promise<void> {
    if (this.#closed || this.#left >= this.#came) return Promise.resolve();
    const { clock, patience } = this.#options;
    return new Promise((done) => {
      const flush: Flush = {
        until: this.#came,
        resolve: () => {
          cancel();
          done();
        },
      };
      const cancel = clock.at(clock.now() + patience, () => {
        this.#flushes = this.#flushes.filter((other) => other !== flush);
        done();
      });
      this.#flushes.push(flush);
      this.#send();
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.flushed();
    this.#closed = true;
    this.#alarm?.();
    if (this.#queue.length > 0) this.#drop(this.#queue.length, 'their collector did not take them in time');
    this.#queue = [];
    if (this.#dropped > 0) this.#options.warn(`${this.#dropped} spans were dropped in all`);
  }

  /** Unless it is about to look already. */
  #soon(wait: number): void {
    const { idle } = this.#options;
    if (this.#sending || this.#closed) return;
    this.#alarm ??= idle.at(idle.now() + wait, () => this.#send());
  }

  #send(): void {
    this.#alarm?.();
    this.#alarm = undefined;
    if (!this.#sending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    const { deliver, together } = this.#options;
    this.#sending = true;
    let pause: number | undefined;
    while (pause === undefined && this.#queue.length > 0) {
      const batch = this.#queue.slice(0, together);
      pause = this.#settle(batch.length, await deliver(batch));
      // A few are worth waiting for others, unless somebody waits for them.
      if (pause === undefined && this.#queue.length < together && this.#flushes.length === 0) pause = this.#options.delay;
    }
    this.#sending = false;
    if (this.#queue.length > 0 && pause !== undefined) this.#soon(pause);
  }

  /** How long to wait before it is tried again, where it did not go well. */
  #settle(count: number, delivery: Delivery): number | undefined {
    if (this.#closed) return undefined;
    if (delivery.is === 'later') {
      const pause = Math.min(longestAsked, Math.max(delivery.after ?? 0, this.#pause));
      this.#pause = Math.min(longestPause, this.#pause * 2);
      return pause;
    }
    if (delivery.is === 'refused') this.#drop(count, delivery.why);
    else if (delivery.rejected > 0) this.#drop(delivery.rejected, 'their collector did not want them');
    this.#pause = firstPause;
    this.#queue.splice(0, count);
    this.#left += count;
    const [arrived, waiting] = [
      this.#flushes.filter(({ until }) => until <= this.#left),
      this.#flushes.filter(({ until }) => until > this.#left),
    ];
    this.#flushes = waiting;
    for (const { resolve } of arrived) resolve();
    return undefined;
  }

  #drop(count: number, why: string): void {
    if (this.#dropped === 0) this.#options.warn(`spans are dropped: ${why}`);
    this.#dropped += count;
  }
}
