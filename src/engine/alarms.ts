/**
 * Wakes runs at their deadlines.
 *
 * W1. Loaded runs have their alarm here. Parked ones have it in the index, of which
 *     only the earliest instant is kept: a parked run costs no memory.
 * W2. An alarm is there until the run has moved on: one that brought nothing about
 *     rings again a little later.
 * W3. The index may name an instant that is over for a run that is loaded, because a
 *     busy run's record is not rewritten at every step; its own alarm here counts.
 */
import type { Clock } from '../ports/clock.ts';
import type { Runs } from '../ports/journal.ts';

const page = 200;
/** How long a run that did not move is left alone. */
const lag = 1000;

export class Alarms {
  readonly #clock: Clock;
  readonly #runs: Runs;
  readonly #wake: (run: string) => Promise<void>;
  readonly #told: (error: unknown) => void;
  readonly #loaded = new Map<string, number>();
  #parked = Infinity;
  #set: { readonly at: number; readonly cancel: () => void } | undefined;
  #ringing = false;
  #closed = false;

  /** `wake` does not fail; `told` hears of an index that cannot be read. */
  constructor(clock: Clock, runs: Runs, wake: (run: string) => Promise<void>, told: (error: unknown) => void) {
    this.#told = told;
    this.#clock = clock;
    this.#runs = runs;
    this.#wake = wake;
  }

  get ringing(): boolean {
    return this.#ringing;
  }

  /** Reads the index: after opening, and after parked alarms rang. */
  async refresh(): Promise<void> {
    this.#parked = (await this.#runs.nextWake()) ?? Infinity;
    this.#schedule();
  }

  set(run: string, at: number | undefined): void {
    if (at === undefined) this.#loaded.delete(run);
    else this.#loaded.set(run, at);
    if (at !== undefined) this.#schedule(at);
  }

  park(run: string, at: number | undefined): void {
    this.#loaded.delete(run);
    if (at === undefined) return;
    this.#parked = Math.min(this.#parked, at);
    this.#schedule(at);
  }

  /** The runs that had their alarm here are another node's now. */
  forget(): void {
    this.#loaded.clear();
    this.#parked = Infinity;
  }

  close(): void {
    this.#closed = true;
    this.#set?.cancel();
  }

  #schedule(candidate?: number): void {
    if (this.#closed || this.#ringing) return;
    const at = candidate !== undefined && this.#set !== undefined ? Math.min(candidate, this.#set.at) : this.#earliest();
    if (at === Infinity || this.#set?.at === at) return;
    this.#set?.cancel();
    this.#set = { at, cancel: this.#clock.at(at, () => void this.#ring()) };
  }

  #earliest(): number {
    let earliest = this.#parked;
    for (const at of this.#loaded.values()) if (at < earliest) earliest = at;
    return earliest;
  }

  async #ring(): Promise<void> {
    this.#set = undefined;
    if (this.#ringing || this.#closed) return;
    this.#ringing = true;
    try {
      const now = this.#clock.now();
      const due = [...this.#loaded].filter(([, at]) => at <= now);
      await Promise.all(due.map(([run]) => this.#wake(run)));
      // Nothing came of it: the store stumbled, or the clock was set back meanwhile.
      for (const [run, at] of due) if (this.#loaded.get(run) === at) this.#loaded.set(run, now + lag);
      if (this.#parked <= now) await this.#ringParked(now, new Set(due.map(([run]) => run)));
    } catch (error) {
      // The index could not be read: it is asked again. Whoever was to be woken has its alarm still.
      this.#told(error);
      this.#parked = this.#clock.now() + lag;
    } finally {
      this.#ringing = false;
      this.#schedule();
    }
  }

  async #ringParked(now: number, rung: Set<string>): Promise<void> {
    for (;;) {
      const due = (await this.#runs.due(now, page + rung.size)).filter((run) => !rung.has(run) && !this.#loaded.has(run));
      if (due.length === 0) break;
      for (const run of due) rung.add(run);
      await Promise.all(due.map((run) => this.#wake(run)));
    }
    const next = (await this.#runs.nextWake()) ?? Infinity;
    // What is still due could not be woken, or its record lags behind the run: not again at once.
    this.#parked = next <= now ? now + lag : next;
  }
}
