/** Who waits until nothing is in hand. */
import type { Clock } from '../ports/clock.ts';

export class Quiet {
  readonly #isQuiet: () => boolean;
  readonly #waiting = new Set<() => void>();

  constructor(isQuiet: () => boolean) {
    this.#isQuiet = isQuiet;
  }

  /** It may be quiet now. */
  check(): void {
    if (this.#waiting.size === 0) return;
    // What the last event set off may still be on its way to an actor.
    setImmediate(() => {
      if (this.#isQuiet()) this.end();
    });
  }

  async wait(): Promise<void> {
    while (!this.#isQuiet()) await new Promise<void>((resolve) => void this.#waiting.add(resolve));
  }

  /** Until it is quiet, or so many milliseconds have passed. */
  async waitAtMost(milliseconds: number, clock: Clock): Promise<void> {
    if (this.#isQuiet()) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.at(clock.now() + milliseconds, over);
      const waiting = this.#waiting.add(over);
      function over(): void {
        cancel();
        waiting.delete(over);
        resolve();
      }
    });
  }

  /** Whoever waits waits no longer. */
  end(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
