/** Kills its own process at a boundary, the n-th time that it gets there. */
import type { Ledger } from './ledger.ts';

export interface Strike {
  /** Name of the boundary. */
  readonly at: string;
  readonly nth: number;
  /** For how many milliseconds others (the writer's thread) may still go on meanwhile. */
  readonly linger: number;
}

export class Fuse {
  readonly #strike: Strike | undefined;
  readonly #ledger: Ledger;
  #passed = 0;

  constructor(strike: Strike | undefined, ledger: Ledger) {
    this.#strike = strike;
    this.#ledger = ledger;
  }

  pass(name: string): void {
    if (this.#strike?.at !== name || ++this.#passed < this.#strike.nth) return;
    this.#ledger.write({ is: 'killed', at: name });
    // This thread stands still, so that nobody hears what the others still do.
    if (this.#strike.linger > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, this.#strike.linger);
    process.kill(process.pid, 'SIGKILL');
  }
}
