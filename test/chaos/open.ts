/** Where the suite opens what it tests: all of it is here. */
import { Orchestrator, distributed, openWorker, type Worker } from '../../src/index.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import { triggers } from '../crash/scenarios.ts';
import { workflows } from './scenarios.ts';
import type { NodeOrders } from './wire.ts';

type Place = Pick<NodeOrders, 'name' | 'postgres' | 'redis' | 'blobs' | 'lease'>;

function store({ name, postgres, redis, blobs, lease }: Place, role: 'engine' | 'worker' | 'visitor'): Promise<Backend> {
  return distributed({ postgres, redis, blobs, lease, name, role });
}

/** A clock that goes wrong by so much. */
function clockOff(by: number): Clock {
  return {
    now: () => systemClock.now() + by,
    at: (time, wake) => systemClock.at(time - by, wake),
  };
}

export async function openEngine(
  orders: NodeOrders,
  agents: readonly unknown[],
): Promise<{ readonly orchestrator: Orchestrator; readonly backend: Backend }> {
  const backend = await store(orders, 'engine');
  const orchestrator = await Orchestrator.open({ backend, agents, workflows, triggers, clock: clockOff(orders.clock) });
  return { orchestrator, backend };
}

export async function openHands(orders: NodeOrders, agents: readonly unknown[]): Promise<Worker> {
  return openWorker({ backend: store(orders, 'worker'), agents });
}

export function openVisitor(place: Place): Promise<Backend> {
  return store(place, 'visitor');
}
