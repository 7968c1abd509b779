/**
 * The orders that this process has in hand, whichever taking brought them.
 *
 * H1. An order is made once here: one that is delivered again while it is made joins what is being made.
 * H2. What was finished here, and comes again because Redis could not be told or forgot it, is not made again. (What
 *     its owner sent anew meanwhile is another matter: it shows in when it was sent.)
 */
import type { Order, Taken } from '../../../ports/exchange.ts';

/** How many finished orders are remembered; those that Redis could not be told of are among the last. */
const remembered = 20_000;

/** An order as the queue hands it out. */
export interface Delivery {
  readonly job: string;
  readonly sentAt: number;
  readonly order: Order;
  readonly again: boolean;
}

interface Held {
  readonly agent: string;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

export class Hands {
  readonly #held = new Map<string, Held>();
  /** By job, when it was sent. */
  readonly #finished = new Map<string, number>();

  has(job: string): boolean {
    return this.#held.has(job);
  }

  async make({ job, sentAt, order, again }: Delivery, make: (taken: Taken) => Promise<void>): Promise<void> {
    const held = this.#held.get(job);
    if (held !== undefined) return held.done;
    if (this.#finished.get(job) === sentAt) return;
    const stop = new AbortController();
    const done = this.#made(job, sentAt, async () => make({ order, again, signal: stop.signal }));
    this.#held.set(job, { agent: order.agent, stop, done });
    await done;
  }

  withdraw(job: string): void {
    this.#held.get(job)?.stop.abort();
  }

  /** Jobs in hand, by agent. */
  byAgent(): ReadonlyMap<string, readonly string[]> {
    return Map.groupBy(this.#held.keys(), (job) => this.#held.get(job)?.agent ?? '');
  }

  async #made(job: string, sentAt: number, make: () => Promise<void>): Promise<void> {
    // However it ends, the order is finished: what became of it, its maker has told its owner.
    await make().catch(() => {});
    this.#held.delete(job);
    // As the last, also where it was there before.
    this.#finished.delete(job);
    this.#finished.set(job, sentAt);
    if (this.#finished.size > remembered) for (const oldest of this.#finished.keys().take(1)) this.#finished.delete(oldest);
  }
}
