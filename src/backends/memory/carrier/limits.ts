/** How many more attempts of an agent may begin now, over all nodes. */
import type { Carrier } from './carrier.ts';

export interface Places {
  readonly left: number;
  /** When attempts began that count in the rate. */
  readonly lately: readonly number[];
  /** When the rate has room again, where it is that which leaves none. */
  readonly until?: number;
}

export function placesLeft(carrier: Carrier, agent: string, now: number): Places {
  const { concurrency = Infinity, rate } = carrier.limits.get(agent) ?? {};
  let inHand = 0;
  for (const { is } of carrier.orders.get(agent)?.values() ?? []) if (is.is === 'in hand') inHand++;
  const left = Math.max(0, concurrency - inHand);
  if (rate === undefined) return { left, lately: [] };
  const lately = (carrier.begun.get(agent) ?? []).filter((at) => at > now - rate.per);
  const [oldest] = lately;
  if (lately.length < rate.max || oldest === undefined) return { left: Math.min(left, rate.max - lately.length), lately };
  return { left: 0, lately, until: oldest + rate.per };
}
