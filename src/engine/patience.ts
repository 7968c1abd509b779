/**
 * Patience with a store that stumbles.
 *
 * P1. What the engine owes a run, or an attempt that counts, is asked of the store until
 *     it is done: an outage makes runs wait, it does not fail them.
 */
import { ContinuoError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** How long what the store would not take waits to be offered again. */
export const retryAfter = 1000;

/** A store that is full or stumbles may recover; other refusals will not change. */
export function mayPass(error: unknown): boolean {
  return error instanceof ContinuoError && (error.code === 'STORE_FULL' || error.code === 'STORE_FAILED');
}

export interface Patience {
  readonly clock: Clock;
  /** Whether anybody still wants it. */
  readonly wanted: () => boolean;
  /** Hears of every refusal that is going to be tried again. */
  readonly told: (error: unknown) => void;
}

/** After a refusal, tries again until it is done, or fails for another reason, or nobody wants it any more. */
export async function patiently<T>(refusal: unknown, again: () => Promise<T> | T, { clock, wanted, told }: Patience): Promise<T> {
  for (let error = refusal; ;) {
    if (!mayPass(error) || !wanted()) throw error;
    told(error);
    await new Promise<void>((resolve) => void clock.at(clock.now() + retryAfter, resolve));
    try {
      return await again();
    } catch (next) {
      error = next;
    }
  }
}
