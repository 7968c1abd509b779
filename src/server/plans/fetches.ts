/** How many fetches from outside are under way: each may take minutes, and much room. */
import { ContinuoError } from '../../core/errors.ts';

const inAll = 8;
const ofOneKey = 2;

export class Fetches {
  readonly #byKey = new Map<string, number>();
  #count = 0;

  /** Refused at once where there is no room: whoever waits would keep a connection. */
  async within<T>(key: string, fetch: () => Promise<T>): Promise<T> {
    const own = this.#byKey.get(key) ?? 0;
    if (own >= ofOneKey) throw full(`this key has ${ofOneKey} fetches under way, which is as many as it may`);
    if (this.#count >= inAll) throw full(`there are ${inAll} fetches under way here, which is as many as there may be`);
    this.#byKey.set(key, own + 1);
    this.#count++;
    try {
      return await fetch();
    } finally {
      this.#count--;
      const left = (this.#byKey.get(key) ?? 1) - 1;
      if (left === 0) this.#byKey.delete(key);
      else this.#byKey.set(key, left);
    }
  }
}

const full = (why: string): ContinuoError => new ContinuoError('REQUESTS_LIMITED', `${why}; try again in 5 s`, { retry_after: 5 }, true);
