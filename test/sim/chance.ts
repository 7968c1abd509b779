import { draw } from '../../src/core/run/retry.ts';

/** Chance that replays: the same seed draws the same. */
export class Chance {
  readonly #seed: string;
  #drawn = 0;

  constructor(seed: number | string) {
    this.#seed = String(seed);
  }

  below(limit: number): number {
    return Math.floor(draw(`${this.#seed}:${this.#drawn++}`) * limit);
  }

  happens(share: number): boolean {
    return draw(`${this.#seed}:${this.#drawn++}`) < share;
  }

  pick<T>(from: readonly T[]): T {
    const one = from[this.below(from.length)];
    if (one === undefined) throw new RangeError('nothing to pick from');
    return one;
  }

  /** Each with the given share. */
  some<T>(from: readonly T[], share: number): readonly T[] {
    return from.filter(() => this.happens(share));
  }
}
