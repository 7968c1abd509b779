/** Somebody who takes orders for one agent, so many at a time. */
import type { Clock } from '../../../ports/clock.ts';
import type { Taken, Taking } from '../../../ports/exchange.ts';

export class MemoryTaking implements Taking {
  readonly agent: string;
  readonly #make: (taken: Taken) => Promise<void>;
  readonly #clock: Clock;
  readonly #changed: (taking: MemoryTaking) => void;
  readonly #emptied = new Set<() => void>();
  #atATime: number;
  #inHand = 0;
  #is: 'taking' | 'stopped' = 'taking';

  constructor(
    agent: string,
    atATime: number,
    make: (taken: Taken) => Promise<void>,
    clock: Clock,
    changed: (taking: MemoryTaking) => void,
  ) {
    this.agent = agent;
    this.#atATime = atATime;
    this.#make = make;
    this.#clock = clock;
    this.#changed = changed;
  }

  get hasRoom(): boolean {
    return this.#is === 'taking' && this.#inHand < this.#atATime;
  }

  get isOver(): boolean {
    return this.#is === 'stopped';
  }

  /** Calls `finished` when it is made, however that ends. */
  make(taken: Taken, finished: () => void): void {
    this.#inHand++;
    const settled = (): void => {
      this.#inHand--;
      finished();
      if (this.#inHand === 0) for (const tell of this.#emptied) tell();
      this.#changed(this);
    };
    (async () => this.#make(taken))().then(settled, settled);
  }

  resize(atATime: number): void {
    this.#atATime = atATime;
    this.#changed(this);
  }

  async stop(deadline: number): Promise<void> {
    this.#is = 'stopped';
    this.#changed(this);
    if (this.#inHand === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#emptied.add(resolve);
    const cancel = this.#clock.at(this.#clock.now() + deadline, resolve);
    await promise;
    cancel();
  }
}
