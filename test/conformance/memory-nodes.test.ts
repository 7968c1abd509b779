import { setImmediate as turn } from 'node:timers/promises';
import { memoryData, openMemory, type MemoryNode } from '../../src/backends/memory/index.ts';
import { Worker } from '../../src/engine/fleet/worker.ts';
import { processIsolation } from '../../src/engine/isolation/process-isolation.ts';
import { Orchestrator } from '../../src/engine/orchestrator.ts';
import { nodesConformance } from '../../src/testing/conformance/nodes.ts';
import { SimulatedClock } from '../../src/testing/simulated-clock.ts';

nodesConformance('memory', () => {
  const clock = new SimulatedClock();
  const data = memoryData();
  const backends = new Map<object, MemoryNode>();
  const open: { close(): Promise<void> }[] = [];
  const backend = (role: 'engine' | 'worker'): MemoryNode =>
    openMemory({ data, fleet: { clock, role, node: `${role}-${open.length}`, lease: 3000 } });
  return Promise.resolve({
    engine: async (options = {}) => {
      const mine = backend('engine');
      const engine = new Orchestrator({ ...options, backend: mine, clock, isolation: processIsolation() });
      engine.on('engine:error', () => undefined);
      backends.set(engine, mine);
      open.push(engine);
      await engine.begin();
      return engine;
    },
    worker: async ({ agents = [] } = {}) => {
      const mine = backend('worker');
      const worker = new Worker({ backend: mine, clock, isolation: processIsolation(), agents });
      backends.set(worker, mine);
      open.push(worker);
      return Promise.resolve(worker);
    },
    silence: (node) => backends.get(node)?.fallSilent?.() ?? (() => undefined),
    until: async (promise) => {
      const waiting = settling(promise);
      for (let steps = 0; !waiting.done; steps++) {
        for (let turns = 0; turns < 10 && !waiting.done; turns++) await turn();
        if (!waiting.done && (!clock.step() || steps > 20_000)) throw new Error('the test waits for something that no alarm brings');
      }
      return promise;
    },
    close: async () => {
      const closing = settling(Promise.all(open.map((one) => one.close())));
      while (!closing.done) {
        await turn();
        clock.step();
      }
    },
  });
});

function settling(promise: Promise<unknown>): { readonly done: boolean } {
  const state = { done: false };
  const over = (): void => {
    state.done = true;
  };
  promise.then(over, over);
  return state;
}
