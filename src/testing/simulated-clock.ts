import type { Clock } from '../ports/clock.ts';

interface Alarm {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * A clock that moves when it is told to.
 *
 * ```ts
 * const clock = new SimulatedClock();
 * clock.at(clock.now() + 1000, () => console.log('a second later'));
 * clock.advance(1000);
 * ```
 */
export class SimulatedClock implements Clock {
  #now: number;
  #order = 0;
  readonly #alarms = new Set<Alarm>();

  constructor(start: number = 1_767_225_600_000) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  at(time: number, wake: () => void): () => void {
    const alarm = { at: time, order: ++this.#order, wake };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  }

  /** When the next alarm rings. */
  get next(): number | undefined {
    return this.#first()?.at;
  }

  /** Moves on, ringing what becomes due on the way, each at its own time. */
  advance(milliseconds: number): void {
    const until = this.#now + milliseconds;
    for (let alarm = this.#first(); alarm !== undefined && alarm.at <= until; alarm = this.#first()) this.#ring(alarm);
    this.#now = until;
  }

  /** Jumps to the next alarm and rings it. Answers whether there was one. */
  step(): boolean {
    const alarm = this.#first();
    if (alarm !== undefined) this.#ring(alarm);
    return alarm !== undefined;
  }

  /** Sets the time without ringing: what a machine's clock does when it is corrected. */
  jump(to: number): void {
    this.#now = to;
  }

  #ring(alarm: Alarm): void {
    this.#alarms.delete(alarm);
    this.#now = Math.max(this.#now, alarm.at);
    alarm.wake();
  }

  #first(): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.#alarms)
      if (first === undefined || alarm.at < first.at || (alarm.at === first.at && alarm.order < first.order)) first = alarm;
    return first;
  }
}
