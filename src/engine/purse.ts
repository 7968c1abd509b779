/**
 * Money of a run counts in the run that called it too, and so on up: a budget holds
 * for everything that is done under it.
 */
import type { AttemptRef } from '../core/run/events.ts';
import { reservationId } from '../core/run/money.ts';
import type { RunActor } from './run-actor.ts';

/** How it reaches the runs above. */
type Find = (run: string) => Promise<RunActor>;

/** Reserves on every level, or on none. Answers with the way to settle them all. */
export async function reserveUpwards(
  find: Find,
  actor: RunActor,
  ref: AttemptRef,
  id: string,
  amount: number,
): Promise<(actual: number) => Promise<void>> {
  await actor.submit({ type: 'reserve', ref, id, amount });
  const name = reservationId(actor.run, ref, id);
  const above = aboveOf(actor, name);
  if (above === undefined) return (actual) => settleHere(actor, name, actual);
  try {
    const settleAbove = await reserveUpwards(find, await find(above.run), above.ref, above.id, amount);
    return async (actual) => {
      await Promise.all([settleHere(actor, name, actual), settleAbove(actual)]);
    };
  } catch (error) {
    await settleHere(actor, name, 0);
    throw error;
  }
}

/** What was reserved under this id, here and above: settled by whoever did not reserve it himself. */
export async function settleUpwards(find: Find, actor: RunActor, ref: AttemptRef, id: string, actual: number): Promise<void> {
  const name = reservationId(actor.run, ref, id);
  const above = aboveOf(actor, name);
  await Promise.all([
    settleHere(actor, name, actual),
    above === undefined ? undefined : settleUpwards(find, await find(above.run), above.ref, above.id, actual),
  ]);
}

function settleHere(actor: RunActor, name: string, actual: number): Promise<void> {
  return actor.submit({ type: 'settle', id: name, amount: actual });
}

/** Under which name it stands in the run that called this one. */
function aboveOf(actor: RunActor, name: string): { readonly run: string; readonly ref: AttemptRef; readonly id: string } | undefined {
  const { parent } = actor.run;
  if (parent === undefined || parent.ref === 'fallback') return undefined;
  return { run: parent.run, ref: parent.ref, id: `${actor.id}/${name}` };
}
