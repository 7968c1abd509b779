/** Who waits in this process for runs to end. */
import { Roster } from '../core/data/roster.ts';
import type { Run } from '../core/run/state.ts';

interface Waiter {
  readonly resolve: (run: Run) => void;
  readonly reject: (error: unknown) => void;
}

export class Waiters {
  readonly #waiting = new Roster<readonly Waiter[]>();

  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  all(): readonly string[] {
    return this.#waiting.names();
  }

  wait(id: string): Promise<Run> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), { resolve, reject }]);
    });
  }

  ended(run: Run): void {
    const waiting = this.#waiting.get(run.id);
    this.#waiting.delete(run.id);
    for (const { resolve } of waiting ?? []) resolve(run);
  }

  close(reason: Error): void {
    for (const waiting of this.#waiting.values()) for (const { reject } of waiting) reject(reason);
    this.#waiting.clear();
  }
}
