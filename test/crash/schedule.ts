/** Which kill comes where: from the seed alone. */
import { Chance } from '../sim/chance.ts';
import { boundaries, type Boundary } from './boundaries.ts';
import type { Strike } from './fuse.ts';

export type Kill =
  | { readonly is: 'at a boundary'; readonly strike: Strike; readonly wanted: string | undefined }
  /** So many milliseconds after the process began to open its store. */
  | { readonly is: 'at a random moment'; readonly after: number };

/** One in so many comes at a random moment. */
const random = 5;
const longestLinger = 4;
const longestWait = 120;

export function schedule(kills: number, seed: number): readonly Kill[] {
  const chance = new Chance(`crash ${seed}`);
  let round: Boundary[] = [];
  return Array.from({ length: kills }, (_, place): Kill => {
    if (place % random === random - 1) return { is: 'at a random moment', after: chance.below(longestWait) };
    if (round.length === 0) round = shuffled(boundaries, chance);
    const { name, within, scenario } = round.pop() ?? chance.pick(boundaries);
    const linger = name.endsWith('posted') ? chance.below(longestLinger + 1) : 0;
    return { is: 'at a boundary', strike: { at: name, nth: 1 + chance.below(within), linger }, wanted: scenario };
  });
}

function shuffled<T>(of: readonly T[], chance: Chance): T[] {
  const left = [...of];
  return of.flatMap(() => left.splice(chance.below(left.length), 1));
}
