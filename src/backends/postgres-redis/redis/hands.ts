/**
 * The orders that this process has in hand, whichever taking brought them.
 *
 * H1. An order is made once here: one that is delivered again while it is made joins what is being made.
 * H2. One that was finished here, and comes again because Redis could not be told, is not made again. (One that its
 *     owner sent anew is another matter: it never had a taker that was lost.)
 */
import type { Order, Taken } from '../../../ports/exchange.ts';

/** How many finished orders are remembered; those that Redis could not be told of are among the last. */
const remembered = 20_000;

interface Held {
  readonly agent: string;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

export class Hands {
  readonly #held = new Map<string, Held>();
  readonly #finished = new Set<string>();

  get size(): number {
    return this.#held.size;
  }

  async make(job: string, order: Order, again: boolean, make: (taken: Taken) => Promise<void>): Promise<void> {
    const held = this.#held.get(job);
    if (held !== undefined) return held.done;
    if (again && this.#finished.has(job)) return;
    const stop = new AbortController();
    const done = this.#made(job, async () => make({ order, again, signal: stop.signal }));
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

  async #made(job: string, make: () => Promise<void>): Promise<void> {
    // However it ends, the order is finished: what became of it, its maker has told its owner.
    await make().catch(() => {});
    this.#held.delete(job);
    this.#finished.add(job);
    if (this.#finished.size > remembered) for (const oldest of this.#finished.keys().take(1)) this.#finished.delete(oldest);
  }
}
