/**
 * A circuit breaker around a server: while it is away nobody waits for it in vain, and
 * somebody looks now and then whether it is back.
 *
 * B1. After `failures` in a row the circuit is open: calls are refused at once with STORE_FAILED, which whoever has
 *     patience tries again.
 * B2. After a rest one call is let through; its end decides. The rest grows up to a limit, and is short again after a
 *     success.
 * B3. Only what the server did not answer counts as a failure: an answer, even a refusal, shows that it is there.
 */
import { ContinuoError } from '../../core/errors.ts';
import type { PartHealth } from '../../ports/exchange.ts';

export interface BreakerOptions {
  readonly part: PartHealth['part'];
  /** Where it is, in words. */
  readonly at?: string;
  readonly failures?: number;
  /** The first rest, and the longest, in milliseconds. */
  readonly rest?: readonly [first: number, longest: number];
  /** Whether an error says that the server is away. */
  readonly isAway: (error: unknown) => boolean;
  readonly now?: () => number;
}

type State =
  | { readonly is: 'up'; readonly since: number; readonly inARow: number }
  | { readonly is: 'away' | 'trying'; readonly since: number; readonly until: number; readonly rest: number };

export class Breaker {
  readonly #part: Pick<PartHealth, 'part' | 'at'>;
  readonly #failures: number;
  readonly #rest: readonly [number, number];
  readonly #isAway: (error: unknown) => boolean;
  readonly #now: () => number;
  #state: State;
  #error: string | undefined;

  constructor({ part, at, failures = 3, rest = [200, 2000], isAway, now = Date.now }: BreakerOptions) {
    this.#part = { part, ...(at === undefined ? {} : { at }) };
    this.#failures = failures;
    this.#rest = rest;
    this.#isAway = isAway;
    this.#now = now;
    this.#state = { is: 'up', since: now(), inARow: 0 };
  }

  get health(): PartHealth {
    const { is, since } = this.#state;
    return { ...this.#part, is, since, ...(is === 'up' || this.#error === undefined ? {} : { error: this.#error }) };
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#enter();
    try {
      const result = await work();
      this.#came();
      return result;
    } catch (error) {
      if (this.#isAway(error)) this.#failed(error);
      else this.#came();
      throw error;
    }
  }

  #enter(): void {
    const state = this.#state;
    if (state.is === 'up') return;
    if (state.is === 'away' && this.#now() >= state.until) {
      this.#state = { ...state, is: 'trying' };
      return;
    }
    const since = new Date(state.since).toISOString();
    const { part, at } = this.#part;
    throw new ContinuoError('STORE_FAILED', `${part}${at === undefined ? '' : ` at ${at}`} is away since ${since}: ${this.#error}`, {
      unsent: true,
    });
  }

  #came(): void {
    if (this.#state.is === 'up' && this.#state.inARow === 0) return;
    this.#state = { is: 'up', since: this.#state.is === 'up' ? this.#state.since : this.#now(), inARow: 0 };
  }

  #failed(error: unknown): void {
    this.#error = error instanceof Error ? error.message : String(error);
    const state = this.#state;
    const now = this.#now();
    if (state.is === 'up') {
      const inARow = state.inARow + 1;
      const [first] = this.#rest;
      this.#state = inARow < this.#failures ? { ...state, inARow } : { is: 'away', since: now, until: now + first, rest: first };
      return;
    }
    // Calls that began before the circuit opened may still fail: only the one that was let through prolongs the rest.
    if (state.is !== 'trying') return;
    const rest = Math.min(state.rest * 2, this.#rest[1]);
    this.#state = { is: 'away', since: state.since, until: now + rest, rest };
  }
}
