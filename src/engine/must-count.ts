import { stale } from '../core/run/tasks.ts';
import type { Held } from './held.ts';
import type { Surroundings } from './surroundings.ts';

/** How long whoever does not know whether his node was taken for dead waits before he asks again. */
const unsureFor = 50;

/** Before an effect: whoever was overtaken has none, and whoever may have been waits until he knows. */
export async function mustCount(hand: Held, { clock, sure }: Pick<Surroundings, 'clock' | 'sure'>): Promise<void> {
  while (hand.counts && !sure()) await new Promise<void>((resolve) => void clock.at(clock.now() + unsureFor, resolve));
  if (!hand.counts) throw stale(hand.ref);
}
