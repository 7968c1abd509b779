/** Attempts as they travel. */
import { attemptName } from '../../core/run/attempt-name.ts';
import type { Json } from '../../core/data/json.ts';
import type { Payload } from '../../core/run/events.ts';
import type { Order } from '../../ports/exchange.ts';
import type { Hand } from '../hand.ts';

export function orderId(hand: Pick<Hand, 'actor' | 'ref'>): string {
  return `${hand.actor.id}/${attemptName(hand.ref)}`;
}

/** Everything that the agent is given. Fails where a transformer of the plan does. */
export async function orderOf(hand: Hand, agent: string, payload: (value: Json) => Payload | Promise<Payload>): Promise<Order> {
  const { run, ref, records, timeout, heartbeat, resources } = hand;
  const input = await payload(await hand.input());
  const feedback = await hand.feedback();
  return {
    id: orderId(hand),
    run: run.id,
    project: run.project,
    workflow: run.workflow,
    ...(run.depth === 0 ? {} : { depth: run.depth }),
    ...(run.trace === undefined ? {} : { trace: run.trace }),
    step: hand.step,
    key: hand.key,
    ref,
    agent,
    action: hand.action,
    input,
    ...(feedback === undefined ? {} : { feedback: await payload(feedback) }),
    records,
    ...(hand.memo ? { memo: true as const } : {}),
    ...(timeout === undefined ? {} : { timeout }),
    ...(heartbeat === undefined ? {} : { heartbeat }),
    ...(resources === undefined ? {} : { resources }),
    spent: hand.spent(),
    priority: hand.priority,
  };
}
