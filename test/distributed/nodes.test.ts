import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from '../../src/engine/fleet/worker.ts';
import { processIsolation } from '../../src/engine/isolation/process-isolation.ts';
import { Orchestrator } from '../../src/engine/orchestrator.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import { nodesConformance } from '../../src/testing/conformance/nodes.ts';
import { sharedStore, type Apart } from './shared-store.ts';

const store = await sharedStore();

nodesConformance('postgres and redis', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'continuo-nodes-'));
  const ways = new Map<object, Apart>();
  const open: { close(): Promise<void> }[] = [];
  const apart = (role: 'engine' | 'worker'): Promise<Apart> => store.openApart(dir, { role, lease: 1000 });
  return {
    engine: async (options = {}) => {
      const mine = await apart('engine');
      const engine = new Orchestrator({ ...options, backend: mine.backend, clock: systemClock, isolation: processIsolation() });
      engine.on('engine:error', () => undefined);
      ways.set(engine, mine);
      open.push(engine);
      await engine.begin();
      return engine;
    },
    worker: async ({ agents = [] } = {}) => {
      const mine = await apart('worker');
      const worker = new Worker({ backend: mine.backend, clock: systemClock, isolation: processIsolation(), agents });
      worker.bus.on('engine:error', () => undefined);
      ways.set(worker, mine);
      open.push(worker);
      await mine.backend.directory?.refresh();
      return worker;
    },
    silence: (node) => ways.get(node)?.silence() ?? (() => undefined),
    until: (promise) => promise,
    close: async () => {
      for (const way of ways.values()) way.silence()();
      await Promise.all(open.map((one) => one.close()));
      await Promise.all([...ways.values()].map((way) => way.close()));
      await rm(dir, { recursive: true, force: true });
    },
  };
});
