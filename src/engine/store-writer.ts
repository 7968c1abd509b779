/** Appends, with patience for a store that stumbles. */
import { faultOf } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Append, Journal } from '../ports/journal.ts';
import type { Bus } from './bus.ts';
import { mayPass } from './patience.ts';

/** After how long a refused write is tried again; then the refusal stands. */
const tries = [50, 200, 1000];

export class StoreWriter {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #bus: Bus;
  readonly #settled: () => void;
  readonly #stumbling = new Set<string>();
  #inFlight = 0;
  #closed = false;

  /** `settled` is called after each write, however it went. */
  constructor(journal: Journal, clock: Clock, bus: Bus, settled: () => void) {
    this.#journal = journal;
    this.#clock = clock;
    this.#bus = bus;
    this.#settled = settled;
  }

  /** Whether the store is at a write just now; one that it refused and that waits does not count. */
  get busy(): boolean {
    return this.#inFlight > this.#stumbling.size;
  }

  /** Whether a write of this run was refused, and waits to be tried again. */
  stumbles(run: string): boolean {
    return this.#stumbling.has(run);
  }

  append(write: Append): Promise<void> {
    this.#inFlight++;
    return this.#offered(write).then(this.#over, (error: unknown) => this.#again(write, error).finally(this.#over));
  }

  /** What cannot even be handed over is refused like the rest. */
  #offered(write: Append): Promise<void> {
    try {
      return this.#journal.append(write);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  readonly #over = (): void => {
    this.#inFlight--;
    this.#settled();
  };

  async #again(write: Append, refusal: unknown): Promise<void> {
    let error = refusal;
    for (const wait of tries) {
      if (this.#closed || !mayPass(error)) throw error;
      this.#bus.fault({ runId: write.run, error: faultOf(error) });
      await this.#pause(write.run, wait);
      try {
        return await this.#journal.append(write);
      } catch (next) {
        error = next;
      }
    }
    throw error;
  }

  async #pause(run: string, wait: number): Promise<void> {
    this.#stumbling.add(run);
    await new Promise<void>((resolve) => void this.#clock.at(this.#clock.now() + wait, resolve));
    this.#stumbling.delete(run);
  }

  close(): void {
    this.#closed = true;
  }
}
