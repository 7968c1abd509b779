/** What goes wrong, and when: from the seed alone. */
import { Chance } from '../sim/chance.ts';

export type Fault =
  | { readonly is: 'killed' | 'asked to leave'; readonly node: string; readonly back: number }
  | { readonly is: 'stopped'; readonly node: string; readonly for: number }
  | { readonly is: 'redis killed' | 'postgres killed'; readonly for: number }
  | { readonly is: 'redis emptied' | 'connections ended' }
  | {
      readonly is: 'line';
      readonly node: string;
      readonly to: 'postgres' | 'redis';
      readonly goes: 'slow' | 'silent' | 'refused';
      readonly for: number;
    }
  | { readonly is: 'line broken'; readonly node: string; readonly to: 'postgres' | 'redis'; readonly how: 'cut' | 'half closed' };

export interface Nodes {
  readonly engines: readonly string[];
  readonly workers: readonly string[];
}

/** Everything that can go wrong, by the name under which it is counted. */
const kinds: Readonly<Record<string, (chance: Chance, nodes: Nodes, lease: number) => Fault>> = {
  'engine killed': (chance, { engines }, lease) => ({ is: 'killed', node: chance.pick(engines), back: chance.below(2 * lease) }),
  'worker killed': (chance, { workers }, lease) => ({ is: 'killed', node: chance.pick(workers), back: chance.below(2 * lease) }),
  'engine stopped': (chance, { engines }, lease) => ({ is: 'stopped', node: chance.pick(engines), for: longer(chance, lease) }),
  'worker stopped': (chance, { workers }, lease) => ({ is: 'stopped', node: chance.pick(workers), for: longer(chance, lease) }),
  'engine asked to leave': (chance, { engines }, lease) => ({
    is: 'asked to leave',
    node: chance.pick(engines),
    back: chance.below(lease),
  }),
  'worker asked to leave': (chance, { workers }, lease) => ({
    is: 'asked to leave',
    node: chance.pick(workers),
    back: chance.below(lease),
  }),
  'redis killed': (chance, _, lease) => ({ is: 'redis killed', for: chance.below(lease) }),
  'redis emptied': () => ({ is: 'redis emptied' }),
  'postgres killed': (chance, _, lease) => ({ is: 'postgres killed', for: chance.below(lease) }),
  'connections ended': () => ({ is: 'connections ended' }),
  'postgres silent for an engine': (chance, { engines }, lease) => ({
    is: 'line',
    node: chance.pick(engines),
    to: 'postgres',
    goes: 'silent',
    for: longer(chance, lease),
  }),
  'line silent': (chance, nodes, lease) => ({ is: 'line', ...anyLine(chance, nodes), goes: 'silent', for: chance.below(2 * lease) }),
  'line slow': (chance, nodes, lease) => ({ is: 'line', ...anyLine(chance, nodes), goes: 'slow', for: chance.below(2 * lease) }),
  'line refused': (chance, nodes, lease) => ({ is: 'line', ...anyLine(chance, nodes), goes: 'refused', for: chance.below(2 * lease) }),
  'line cut': (chance, nodes) => ({ is: 'line broken', ...anyLine(chance, nodes), how: 'cut' }),
  'line half closed': (chance, nodes) => ({ is: 'line broken', ...anyLine(chance, nodes), how: 'half closed' }),
};

export const faultNames: readonly string[] = Object.keys(kinds);

/** Longer than the lease: whoever is silent for so long is taken for dead. */
const longer = (chance: Chance, lease: number): number => lease + 1000 + chance.below(2 * lease);

function anyLine(chance: Chance, { engines, workers }: Nodes): { readonly node: string; readonly to: 'postgres' | 'redis' } {
  return { node: chance.pick([...engines, ...workers]), to: chance.pick(['postgres', 'redis']) };
}

export interface Planned {
  readonly name: string;
  /** Milliseconds after the beginning. */
  readonly at: number;
  readonly fault: Fault;
}

/** Each kind once, in a random order; then again, until the time is over. */
export function planned(nodes: Nodes, lease: number, time: number, seed: number): readonly Planned[] {
  const chance = new Chance(`chaos ${seed}`);
  // Rarely so close that one hides behind the other, often enough that two meet.
  const gap = Math.min(lease, time / faultNames.length);
  const plan: Planned[] = [];
  let round: string[] = [];
  for (let at = gap / 2; at < time; at += gap) {
    if (round.length === 0) round = shuffled(faultNames, chance);
    const name = round.pop() ?? chance.pick(faultNames);
    const make = kinds[name];
    if (make !== undefined) plan.push({ name, at: Math.round(at + chance.below(gap / 2)), fault: make(chance, nodes, lease) });
  }
  return plan;
}

function shuffled<T>(of: readonly T[], chance: Chance): T[] {
  const left = [...of];
  return of.flatMap(() => left.splice(chance.below(left.length), 1));
}
