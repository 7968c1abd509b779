/**
 * What can end one request from here: its limits, its caller, and another request that was faster.
 *
 * E1. `hold` settles as soon as the leash ends, whether or not what it holds listens to the signal.
 * E2. After `end` no timer and no listener is left.
 */
import type { Clock } from '../../ports/clock.ts';

export type End =
  { readonly is: 'aborted' } | { readonly is: 'timed_out'; readonly limit: 'total' | 'first_token'; readonly after: number };

export class Leash {
  /** Why it ended; absent while it holds. */
  ended: End | undefined;
  readonly #clock: Clock;
  readonly #caller: AbortSignal | undefined;
  readonly #controller = new AbortController();
  readonly #timers = new Set<() => void>();
  #cut: (() => void) | undefined;

  constructor(clock: Clock, caller: AbortSignal | undefined) {
    this.#clock = clock;
    this.#caller = caller;
    caller?.addEventListener('abort', this.abort);
    if (caller?.aborted === true) this.abort();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the request after so many milliseconds, unless what it answers is called before. */
  limit(limit: 'total' | 'first_token', after: number): () => void {
    const stop = this.#clock.at(this.#clock.now() + after, () => this.#end({ is: 'timed_out', limit, after }));
    this.#timers.add(stop);
    return () => {
      this.#timers.delete(stop);
      stop();
    };
  }

  /** The work, or a rejection when the leash ends before. */
  hold<T>(work: PromiseLike<T>): Promise<T> {
    if (this.ended !== undefined) {
      Promise.resolve(work).catch(() => {});
      return Promise.reject(new LeashEnded());
    }
    return new Promise<T>((resolve, reject) => {
      // In two steps: V8 puts a function that is written where it is assigned among the old, with all that it names.
      const cut = (): void => reject(new LeashEnded());
      this.#cut = cut;
      work.then(resolve, reject);
    });
  }

  readonly abort = (): void => this.#end({ is: 'aborted' });

  /** The request is over: nothing may end it any more. */
  end(): void {
    for (const stop of this.#timers) stop();
    this.#timers.clear();
    this.#caller?.removeEventListener('abort', this.abort);
  }

  #end(why: End): void {
    if (this.ended !== undefined) return;
    this.ended = why;
    this.end();
    this.#controller.abort();
    this.#cut?.();
  }
}

class LeashEnded extends Error {
  constructor() {
    super('the request was ended');
    this.name = 'LeashEnded';
  }
}
