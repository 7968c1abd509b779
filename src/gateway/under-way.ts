/**
 * What has begun and has not ended.
 *
 * U1. Of what has the same name one is under way at a time; the others wait for their turn.
 * U2. After `close` was called nothing begins any more, and it resolves when everything has ended.
 */
import { Line } from '../core/data/line.ts';
import { Roster } from '../core/data/roster.ts';
import { ContinuoError } from '../core/errors.ts';

export class UnderWay {
  readonly #all = new Line<Promise<unknown>>();
  readonly #last = new Roster<Promise<unknown>>();
  #isClosed = false;

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new ContinuoError('ENGINE_CLOSED', 'the model gateway was closed');
    const running = work();
    const place = this.#all.add(running);
    try {
      return await running;
    } finally {
      this.#all.leave(place);
    }
  }

  /** Begins when everything of that name that came before has ended, however it did. */
  async inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const turn = this.run(async () => {
      await before?.catch(() => undefined);
      return work();
    });
    this.#last.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(name) === turn) this.#last.delete(name);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#all.values());
  }
}
