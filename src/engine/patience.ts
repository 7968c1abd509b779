/**
 * Patience with a store that stumbles.
 *
 * P1. What the engine owes a run, or an attempt that counts, is asked of the store until
 *     it is done: an outage makes runs wait, it does not fail them.
 * P2. Where others can go on with the runs, that has a limit: what somebody has in hand is not kept for ever, and the
 *     attempt is made again when the store is back.
 */
import { ContinuoError } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** P2: how long results are kept that a shared store does not take. */
export const keptAtMost = 3_600_000;

/** How long what the store would not take waits to be offered again. */
export const retryAfter = 1000;

/** A store that is full or stumbles may recover; other refusals will not change. */
export function mayPass(error: unknown): boolean {
  return error instanceof ContinuoError && (error.code === 'STORE_FULL' || error.code === 'STORE_FAILED');
}

/** Whether it is certain that nothing of it was done (X4 of the exchange). */
export function wasUnsent(error: unknown): boolean {
  const details = error instanceof ContinuoError ? error.details : undefined;
  return typeof details === 'object' && details !== null && 'unsent' in details;
}

export interface Patience {
  readonly clock: Clock;
  /** Whether anybody still wants it. */
  readonly wanted: () => boolean;
  /** P2; for ever when absent. */
  readonly atMost?: number | undefined;
  /** Hears of every refusal that is going to be tried again. */
  readonly told: (error: unknown) => void;
}

/** After a refusal, tries again until it is done, or fails for another reason, or nobody wants it any more. */
export async function patiently<T>(
  refusal: unknown,
  again: () => Promise<T> | T,
  { clock, wanted, atMost = Infinity, told }: Patience,
): Promise<T> {
  const until = clock.now() + atMost;
  for (let error = refusal; ;) {
    if (!mayPass(error) || !wanted() || clock.now() >= until) throw error;
    told(error);
    await new Promise<void>((resolve) => void clock.at(clock.now() + retryAfter, resolve));
    try {
      return await again();
    } catch (next) {
      error = next;
    }
  }
}
