/** Chance that a seed repeats. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  isLucky(odds: number): boolean {
    return this.next() < odds;
  }

  oneOf<T>(choices: readonly [T, ...T[]]): T;
  oneOf<T>(choices: readonly T[]): T | undefined;
  oneOf<T>(choices: readonly T[]): T | undefined {
    return choices[this.below(choices.length)];
  }
}
