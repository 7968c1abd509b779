/** Several nodes on one memory, and a clock that moves when it is told to. */
import { setImmediate as turn } from 'node:timers/promises';
import { exchangeConformance } from '../../testing/conformance/exchange.ts';
import type { ExchangeWorld } from '../../testing/conformance/exchange.ts';
import { fleetConformance } from '../../testing/conformance/fleet.ts';
import type { World } from '../../testing/conformance/world.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import { memoryData, openMemory } from './index.ts';
import type { MemoryNode } from './index.ts';

const lease = 1000;

function openWorld(): World<MemoryNode> & Pick<ExchangeWorld, 'goAway' | 'forget'> {
  const data = memoryData();
  const clock = new SimulatedClock();
  const nodes: MemoryNode[] = [];
  return {
    lease,
    open: async (node, role = 'engine') => {
      const opened = openMemory({ data, fleet: { clock, node, role, lease } });
      nodes.push(opened);
      return opened;
    },
    pass: async (milliseconds) => {
      clock.advance(milliseconds);
      await turn();
    },
    silence: async (node) => {
      const end = node.fallSilent();
      return async () => end();
    },
    goAway: async () => {
      const comeBack = data.carrier.goAway();
      return async () => comeBack();
    },
    forget: async () => data.carrier.forget(),
    close: async () => {
      for (const node of nodes) await node.close();
    },
  };
}

fleetConformance('memory', async () => openWorld());
exchangeConformance('memory', async () => openWorld());
