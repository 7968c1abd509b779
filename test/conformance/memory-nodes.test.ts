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
      let done = false;
      const over = (): void => void (done = true);
      promise.then(over, over);
      for (let steps = 0; !done; steps++) {
        for (let turns = 0; turns < 10 && !done; turns++) await turn();
        if (!done && (!clock.step() || steps > 20_000)) throw new Error('the test waits for something that no alarm brings');
      }
      return promise;
    },
    close: async () => {
      const closing = Promise.all(open.map((one) => one.close()));
      let done = false;
      void closing.finally(() => (done = true));
      while (!done) {
        await turn();
        clock.step();
      }
    },
  });
});
