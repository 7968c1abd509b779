/** A scenario for several nodes on one store: the same plans, people and agents, and more that can go wrong. */
import { Chance } from '../chance.ts';
import { drawScenario, type Fault, type NodeHabits, type Scenario } from './scenario.ts';

const lease = 1500;

export function drawFleetScenario(seed: number): Scenario {
  const base = drawScenario(seed);
  const chance = new Chance(`${seed}/fleet`);
  const wild = base.wild + chance.below(10_000);
  const nodes = drawNodes(chance);
  return {
    ...base,
    nodes,
    store: { ...base.store, lease },
    faults: Array.from({ length: 1 + chance.below(7) }, () => drawFault(chance, wild, nodes.length)),
    wild,
  };
}

/** Every agent works somewhere. */
function drawNodes(chance: Chance): readonly NodeHabits[] {
  const engines = 2 + chance.below(2);
  const count = engines + chance.pick([0, 0, 1, 2]);
  const hosts: string[][] = Array.from({ length: count }, () => []);
  for (const agent of ['a', 'r', 'u']) {
    const sure = chance.below(count);
    for (const [place, there] of hosts.entries()) if (place === sure || chance.happens(0.5)) there.push(agent);
  }
  const together = chance.happens(0.2) ? { together: 1 + chance.below(2) } : {};
  const skews = chance.pick([0, 0, 200, 5000]);
  return hosts.map((there, place) => ({
    ...(place < engines ? {} : { worker: true }),
    hosts: there,
    room: 1 + chance.below(3),
    skew: skews === 0 ? 0 : chance.below(2 * skews) - skews,
    ...together,
  }));
}

const kinds = [
  'crash',
  'crash',
  'crash',
  'restart',
  'restart',
  'freeze',
  'freeze',
  'silence',
  'silence',
  'forget',
  'mislay',
  'away',
  'unsure',
  'full',
  'slow',
  'stumble',
  'jump',
] as const;

function drawFault(chance: Chance, wild: number, nodes: number): Fault {
  // Not on the whole millisecond: between two effects, not at the beat of timers.
  const at = chance.below(wild * 1000) / 1000;
  const node = chance.below(nodes);
  const lasts = 100 + chance.below(5000);
  const is = chance.pick(kinds);
  switch (is) {
    case 'crash':
      return { is, at, node, down: chance.below(chance.pick([300, 6000])) };
    case 'restart':
    case 'forget':
    case 'mislay':
      return { is, at, node };
    case 'freeze':
    case 'silence':
    case 'away':
    case 'unsure':
    case 'full':
    case 'slow':
      return { is, at, node, lasts };
    case 'stumble':
      return { is, at, lasts, writes: chance.pick([0, 0.2]), reads: chance.pick([0, 0.1]) };
    case 'jump':
      return { is, at, by: (chance.below(7200) - 3600) * 1000 };
  }
}
