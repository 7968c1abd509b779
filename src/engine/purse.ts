/**
 * Money of a run counts in the run that called it too, and so on up: a budget holds
 * for everything that is done under it.
 */
import { attemptName } from '../core/run/attempt-name.ts';
import type { Command } from '../core/run/commands.ts';
import type { AttemptRef } from '../core/run/events.ts';
import type { RunActor } from './run-actor.ts';

/** How it reaches the runs above. */
export interface Ledger {
  readonly find: (run: string) => Promise<RunActor>;
  readonly submit: (actor: RunActor, command: Command) => Promise<void>;
}

/** Reserves on every level, or on none. Answers with the way to settle them all. */
export async function reserveUpwards(
  ledger: Ledger,
  actor: RunActor,
  ref: AttemptRef,
  id: string,
  amount: number,
): Promise<(actual: number) => Promise<void>> {
  await ledger.submit(actor, { type: 'reserve', ref, id, amount });
  const settleHere = (actual: number): Promise<void> =>
    ledger.submit(actor, { type: 'settle', id: `${attemptName(ref)}/${id}`, amount: actual });
  const { parent } = actor.run;
  if (parent === undefined || parent.ref === 'fallback') return settleHere;
  try {
    const settleAbove = await reserveUpwards(
      ledger,
      await ledger.find(parent.run),
      parent.ref,
      `${actor.id}/${attemptName(ref)}/${id}`,
      amount,
    );
    return async (actual) => {
      await Promise.all([settleHere(actual), settleAbove(actual)]);
    };
  } catch (error) {
    await settleHere(0);
    throw error;
  }
}
