import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from '../../src/engine/fleet/worker.ts';
import { processIsolation } from '../../src/engine/isolation/process-isolation.ts';
import { Orchestrator } from '../../src/engine/orchestrator.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { Backend } from '../../src/ports/backend.ts';
import { nodesConformance } from '../../src/testing/conformance/nodes.ts';
import { sharedStore } from './shared-store.ts';

const store = await sharedStore();

nodesConformance('postgres and redis', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'continuo-nodes-'));
  const backends = new Map<object, Backend>();
  const open: { close(): Promise<void> }[] = [];
  const backend = (role: 'engine' | 'worker'): Promise<Backend> => store.open(dir, { role, lease: 1000 });
  return {
    engine: async (options = {}) => {
      const mine = await backend('engine');
      const engine = new Orchestrator({ ...options, backend: mine, clock: systemClock, isolation: processIsolation() });
      engine.on('engine:error', () => undefined);
      backends.set(engine, mine);
      open.push(engine);
      await engine.begin();
      return engine;
    },
    worker: async ({ agents = [] } = {}) => {
      const mine = await backend('worker');
      const worker = new Worker({ backend: mine, clock: systemClock, isolation: processIsolation(), agents });
      worker.bus.on('engine:error', () => undefined);
      backends.set(worker, mine);
      open.push(worker);
      await mine.directory?.refresh();
      return worker;
    },
    silence: (node) => backends.get(node)?.fallSilent?.() ?? (() => undefined),
    until: (promise) => promise,
    close: async () => {
      await Promise.all(open.map((one) => one.close()));
      await rm(dir, { recursive: true, force: true });
    },
  };
});
