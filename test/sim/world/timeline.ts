/**
 * Simulated time, and everything that is going to happen in it.
 *
 * T1. Events happen one at a time, by instant and then in the order in which they were
 *     planned; nothing else makes anything happen.
 * T2. A life that is frozen does nothing; what would have happened to it happens when it goes on.
 * T3. What a life has planned does not happen once that life is over: so a process
 *     takes its calls, timers and answers with it when it dies.
 */
import type { Clock } from '../../../src/ports/clock.ts';

/** A process, from its start to its death. */
export interface Life {
  readonly number: number;
  alive: boolean;
  /** How far its own clock is from those of others. */
  readonly skew?: number;
  /** Until when it stands still. */
  frozen?: number;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly life: Life | undefined;
  readonly happen: () => void;
}

export class Timeline {
  now: number;
  /** How far the machine's clock is from true time: it can be set, forward and back. */
  skew = 0;
  #planned = 0;
  readonly #heap: Event[] = [];

  constructor(start: number) {
    this.now = start;
  }

  plan(at: number, life: Life | undefined, happen: () => void): void {
    this.#push({ at: Math.max(at, this.now), order: this.#planned++, life, happen });
  }

  after(milliseconds: number, life: Life | undefined, happen: () => void): void {
    this.plan(this.now + milliseconds, life, happen);
  }

  /** When the next event will be that still has somebody to happen to. */
  get next(): number | undefined {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (first.life === undefined || first.life.alive) return first.at;
      this.#pop();
    }
    return undefined;
  }

  step(): void {
    if (this.next === undefined) return;
    const event = this.#pop();
    if (event === undefined) return;
    this.now = event.at;
    const { life: { frozen = 0 } = {} } = event;
    if (frozen > this.now) this.#push({ ...event, at: frozen });
    else event.happen();
  }

  /** The wall clock of the machine, as a process sees it. Timers run in true time, as a system's do. */
  clockOf(life: Life): Clock {
    return this.#clock(() => Math.floor(this.now + this.skew + (life.skew ?? 0)), life);
  }

  /** The clock of a store that many machines share: true time. */
  storeClockOf(life: Life): Clock {
    return this.#clock(() => this.now, life);
  }

  #clock(now: () => number, life: Life): Clock {
    return {
      now,
      at: (time, wake) => {
        let wanted = true;
        this.after(Math.max(0, time - now()), life, () => {
          if (wanted) wake();
        });
        return () => {
          wanted = false;
        };
      },
    };
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || before(parent, event)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const right = heap[child + 1];
      let next = heap[child];
      if (right !== undefined && next !== undefined && before(right, next)) {
        next = right;
        child++;
      }
      if (next === undefined || before(last, next)) break;
      heap[at] = next;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function before(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
