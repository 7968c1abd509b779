/**
 * Whether a provider is asked or left alone.
 *
 * K1. Failures in a row open it; a refused request is not a failure, for it says that the provider is alive.
 * K2. After its rest one request goes through as a probe, and no second one before the first has told.
 * K3. Whoever was let in tells exactly one of: answered, failed, left. A stream says before that it has begun.
 * K4. A provider that says how long it wants to be left alone is, for as long, however often it failed; but no longer
 *     than an hour, for a mistake in that number must not close it for years.
 */
import type { Failure } from './failure.ts';

const failuresToOpen = 5;
const rest = 30_000;
/** Nobody mends a key or an account's credit within seconds. */
const longRest = 300_000;
const longestRest = 3_600_000;

type State =
  | { readonly is: 'closed'; readonly failures: number }
  | { readonly is: 'open'; readonly until: number; readonly probe: boolean; readonly why: string }
  | { readonly is: 'probing'; readonly why: string };

export type Entry =
  { readonly is: 'in' } | { readonly is: 'resting'; /** Absent while a probe is out. */ readonly until?: number; readonly why: string };

export class Circuit {
  #state: State = { is: 'closed', failures: 0 };

  enter(now: number): Entry {
    const state = this.#state;
    if (state.is === 'closed') return { is: 'in' };
    if (state.is === 'probing') return { is: 'resting', why: state.why };
    if (now < state.until) return { is: 'resting', until: state.until, why: state.why };
    this.#state = state.probe ? { is: 'probing', why: state.why } : { is: 'closed', failures: 0 };
    return { is: 'in' };
  }

  /** When it may be worth while to come again. */
  opensAt(now: number): number {
    return this.#state.is === 'open' ? Math.max(now, this.#state.until) : now;
  }

  /** The probe is alive, so that others may come; whether it ends well is not known yet. */
  begun(): void {
    if (this.#state.is === 'probing') this.#state = { is: 'closed', failures: failuresToOpen - 1 };
  }

  answered(): void {
    this.#state = { is: 'closed', failures: 0 };
  }

  failed(failure: Failure, now: number): void {
    const state = this.#state;
    const why = failure.sentence;
    const asked = failure.rest === undefined ? undefined : Math.min(failure.rest, longestRest);
    if (failure.code === 'KEY_REFUSED' || failure.credit === true) {
      this.#state = { is: 'open', until: now + (asked ?? longRest), probe: true, why };
    } else if (asked !== undefined) {
      this.#state = this.#laterOf(now + asked, why);
    } else if (failure.code === 'PROVIDER_REFUSED') {
      if (state.is === 'probing' || state.is === 'closed') this.answered();
    } else if (state.is === 'closed' && state.failures + 1 < failuresToOpen) {
      this.#state = { is: 'closed', failures: state.failures + 1 };
    } else if (state.is !== 'open') {
      this.#state = { is: 'open', until: now + rest, probe: true, why };
    }
  }

  /** Another request may have closed the door for longer. */
  #laterOf(until: number, why: string): State {
    const state = this.#state;
    return state.is === 'open' && state.until > until ? state : { is: 'open', until, probe: state.is !== 'closed', why };
  }

  /** The request was given up, and says nothing about the provider. */
  left(now: number): void {
    if (this.#state.is === 'probing') this.#state = { is: 'open', until: now, probe: true, why: this.#state.why };
  }
}
