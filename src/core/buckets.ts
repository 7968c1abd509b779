/**
 * Counters of requests, kept in memory.
 *
 * B1. Of more than it can remember, it forgets those that were not asked for the longest: they are the likeliest to be
 *     full again.
 */
import { takeFrom, type Level } from './meters.ts';

interface Bucket {
  readonly id: string;
  readonly capacity: number;
  readonly refill: number;
}

export type Drawn = { readonly granted: true } | { readonly granted: false; readonly bucket: string; readonly retryAt: number };

const usually = 100_000;

export class Buckets {
  readonly #levels = new Map<string, Level>();
  readonly #remembered: number;

  constructor(remembered: number = usually) {
    this.#remembered = remembered;
  }

  /** One from every bucket, or from none. A bucket that will never hold one is asked for again in vain: `Infinity`. */
  take(buckets: readonly Bucket[], now: number): Drawn {
    const takes = buckets.map((bucket) => ({ ...bucket, amount: 1 }));
    const outcome = takeFrom((id) => this.#levels.get(id), takes, now);
    if (!outcome.granted) return { granted: false, bucket: outcome.meter, retryAt: outcome.retryAt ?? Infinity };
    for (const [id, level] of outcome.levels) {
      this.#levels.delete(id);
      this.#levels.set(id, level);
    }
    for (const id of this.#levels.keys()) {
      if (this.#levels.size <= this.#remembered) break;
      this.#levels.delete(id);
    }
    return { granted: true };
  }
}
