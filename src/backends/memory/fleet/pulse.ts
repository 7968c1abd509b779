/**
 * A node's signs of life, by the clock of the store.
 *
 * P1. It beats three times in a lease, until it ends; while it is silent nothing of it is heard.
 * P2. It is steady when it has beaten for a whole lease without a gap. Only a steady node says of another that it is
 *     gone: whoever was cut off himself has seen nothing.
 */
import type { Clock } from '../../../ports/clock.ts';

export interface Beat {
  readonly now: number;
  /** Until when the node is taken to live after this beat. */
  readonly until: number;
  readonly steady: boolean;
}

export class Pulse {
  readonly clock: Clock;
  readonly lease: number;
  readonly #heard = new Set<(beat: Beat) => void>();
  #last: number;
  #steadySince: number;
  #silences = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, lease: number) {
    this.clock = clock;
    this.lease = lease;
    this.#last = this.#steadySince = clock.now();
    this.#rest();
  }

  get until(): number {
    return this.clock.now() + this.lease;
  }

  /** Its last beat is less than a lease ago. */
  get isFresh(): boolean {
    return this.clock.now() - this.#last < this.lease;
  }

  get isSilent(): boolean {
    return this.#silences > 0;
  }

  onBeat(hear: (beat: Beat) => void): void {
    this.#heard.add(hear);
  }

  /** No sign of life until the answer is called. */
  fallSilent(): () => void {
    this.#silences++;
    let silent = true;
    return () => {
      if (!silent) return;
      silent = false;
      this.#silences--;
    };
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#heard.clear();
  }

  #rest(): void {
    this.#cancel = this.clock.at(this.clock.now() + this.lease / 3, () => {
      this.#rest();
      if (this.#silences === 0) this.#beat();
    });
  }

  #beat(): void {
    const now = this.clock.now();
    if (now - this.#last >= this.lease) this.#steadySince = now;
    this.#last = now;
    const steady = now - this.#steadySince >= this.lease;
    for (const hear of this.#heard) hear({ now, until: now + this.lease, steady });
  }
}
