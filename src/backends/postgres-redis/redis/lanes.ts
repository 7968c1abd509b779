/**
 * Takers of one agent's orders on one node, who fetch side by side: one alone fetches one order after the other.
 *
 * N1. The first is there at once. Others come when there is so much in hand that they are worth a connection each, and
 *     stay.
 * N2. Together they have the room that was given, each its share.
 */
import type { Taking } from '../../../ports/exchange.ts';

/** How many orders in hand are worth one taker more, and how many takers there are at most. */
const worth = 8;
const most = 4;

export class Lanes implements Taking {
  readonly #open: (atATime: number) => Taking;
  readonly #lanes: Taking[];
  #atATime: number;
  #inHand = 0;
  #stopped = false;

  constructor(atATime: number, open: (atATime: number) => Taking) {
    this.#atATime = atATime;
    this.#open = open;
    this.#lanes = [open(atATime)];
  }

  resize(atATime: number): void {
    this.#atATime = atATime;
    this.#share();
  }

  async stop(deadline: number): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#lanes.map((lane) => lane.stop(deadline)));
  }

  /** Around each order that is made. */
  async during(make: () => Promise<void>): Promise<void> {
    this.#inHand++;
    this.#widen();
    try {
      await make();
    } finally {
      this.#inHand--;
    }
  }

  #widen(): void {
    const { length } = this.#lanes;
    if (this.#stopped || length === most || this.#inHand <= length * worth || this.#atATime <= length * worth) return;
    this.#lanes.push(this.#open(0));
    this.#share();
  }

  #share(): void {
    const { length } = this.#lanes;
    this.#lanes.forEach((lane, place) => lane.resize(Math.floor((this.#atATime + length - 1 - place) / length)));
  }
}
