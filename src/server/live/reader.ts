/**
 * Somebody who reads a feed, and how far he has come.
 *
 * R1. What was written and not taken by him is at most `room` bytes and one batch more.
 * R2. Who has so much lying is waited for as long as he takes anything at all, where what comes next can be read later;
 *     where it cannot, he is given up.
 * R3. Nothing is written after the end.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Batch } from './batch.ts';

/** Why nothing more is told. */
export type Ending =
  /** The run has ended. */
  | { readonly is: 'ended'; readonly status: string; readonly cursor: number; readonly at: number; readonly run: string }
  | { readonly is: 'failed'; readonly error: Error; readonly cursor: number }
  /** The server ends, or nothing is told here any more: whoever comes again goes on. */
  | { readonly is: 'leaving'; readonly cursor: number };

/** Whether it was the reader's own slowness. */
export function isGivenUp(ending: Ending): boolean {
  return ending.is === 'failed' && ending.error instanceof ContinuoError && ending.error.code === 'READER_TOO_SLOW';
}

/** Where messages go. */
export interface Outlet {
  write(batch: Batch): void;
  /** Bytes that were written and that nobody has taken yet. */
  readonly waiting: number;
  /** Resolves when everything was taken, or nobody is there any more. */
  taken(): Promise<void>;
  end(ending: Ending): void;
}

export interface Patience {
  /** Bytes that may lie. */
  readonly room: number;
  /** How long somebody may take nothing, in milliseconds. */
  readonly stall: number;
}

export class Reader {
  readonly #outlet: Outlet;
  readonly #patience: Patience;
  readonly #clock: Clock;
  #cursor: number;
  #gone = false;

  constructor(outlet: Outlet, cursor: number, patience: Patience, clock: Clock) {
    this.#outlet = outlet;
    this.#cursor = cursor;
    this.#patience = patience;
    this.#clock = clock;
  }

  get cursor(): number {
    return this.#cursor;
  }

  get isGone(): boolean {
    return this.#gone;
  }

  get hasRoom(): boolean {
    return this.#outlet.waiting <= this.#patience.room;
  }

  /** He left by himself. */
  leave(): void {
    this.#gone = true;
  }

  /** He knows everything up to there, if there was anything to tell. */
  reached(cursor: number): void {
    this.#cursor = Math.max(this.#cursor, cursor);
  }

  write(batch: Batch): void {
    if (this.#gone || batch.messages.length === 0) return;
    if (!this.hasRoom) return this.#giveUp();
    this.#outlet.write(batch);
    this.#cursor = Math.max(this.#cursor, batch.cursor ?? 0);
  }

  /** Resolves when there is room for more. */
  async ready(): Promise<void> {
    for (let before = Infinity; !this.#gone && this.#outlet.waiting > this.#patience.room / 2;) {
      if (this.#outlet.waiting >= before) return this.#giveUp();
      before = this.#outlet.waiting;
      await this.#takenOrStalled();
    }
  }

  end(ending: Ending): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#outlet.end(ending);
  }

  async #takenOrStalled(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const disarm = this.#clock.at(this.#clock.now() + this.#patience.stall, resolve);
    void this.#outlet.taken().then(resolve);
    await promise;
    disarm();
  }

  #giveUp(): void {
    const error = new ContinuoError(
      'READER_TOO_SLOW',
      `more lay here than a connection may leave unread; go on from cursor ${this.#cursor}`,
    );
    this.end({ is: 'failed', error, cursor: this.#cursor });
  }
}
