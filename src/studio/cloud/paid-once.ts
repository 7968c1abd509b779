/**
 * One request to a model that costs money, within an agent.
 *
 * P1. What came of it is recorded before anything else is done with it: an attempt that is made again takes that, and
 *     asks nobody. That it was declined is recorded too.
 * P2. Before the request its worst cost is reserved; afterwards it is settled once, whatever happened.
 * P3. What may pass is thrown, so that the engine makes the attempt again, and not before the provider wants to hear of
 *     us. When it has been tried often enough it counts as declined.
 * P4. What a person can mend is thrown, and not tried again: a film that was to be drawn elsewhere is not drawn here
 *     because a key is mistyped.
 */
import type { AgentContext } from '../../ports/agent.ts';
import { MediaModelError } from './media-model-error.ts';

export interface PaidRequest<T> {
  readonly name: string;
  /** Dollars. */
  readonly atMost: number;
  /** So often an attempt is made before it counts as declined. */
  readonly attempts: number;
  readonly make: () => Promise<{ readonly value: T; readonly cost: number }>;
}

/** Declined: whoever wanted it has to do without; `why` is for people. */
export type Paid<T> = { readonly is: 'made'; readonly value: T } | { readonly is: 'declined'; readonly why: string };

/** Milliseconds. Whoever wants to be left alone for longer is asked when the engine thinks best. */
const longestWait = 60_000;

export async function paidOnce<T>(ctx: AgentContext, request: PaidRequest<T>): Promise<Paid<T>> {
  try {
    return await ctx.once(request.name, () => pay(ctx, request));
  } catch (error) {
    if (!(error instanceof MediaModelError) || error.why !== 'passing') throw error;
    if (ctx.attempt >= request.attempts) return { is: 'declined', why: `${error.message} (attempt ${ctx.attempt})` };
    if (error.wait > 0) await ctx.sleep(Math.min(error.wait, longestWait));
    throw error;
  }
}

async function pay<T>(ctx: AgentContext, { atMost, make }: PaidRequest<T>): Promise<Paid<T>> {
  const money = await ctx.budget.reserve(atMost);
  if (!money.granted)
    return { is: 'declined', why: `it may cost $${atMost.toFixed(3)}, and the budget has $${money.left.toFixed(3)} left` };
  let made;
  try {
    made = await make();
  } catch (error) {
    const spent = error instanceof MediaModelError && error.spent === 'nothing' ? 0 : atMost;
    // Why nothing was made is what counts; what could not be settled stays reserved.
    await money.settle(spent).catch(() => undefined);
    if (error instanceof MediaModelError && error.why === 'content') return { is: 'declined', why: error.message };
    throw error;
  }
  await money.settle(made.cost);
  return { is: 'made', value: made.value };
}
