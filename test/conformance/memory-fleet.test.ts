import { memoryData, openMemory, type MemoryData } from '../../src/backends/memory/index.ts';
import { engineConformance } from '../../src/testing/conformance/engine.ts';
import { SimulatedClock } from '../../src/testing/simulated-clock.ts';

/** What each directory of the suite stands for. */
const stores = new Map<string, MemoryData>();

engineConformance('memory, as one node of a fleet', (dir) => {
  const data = stores.get(dir) ?? memoryData();
  stores.set(dir, data);
  return Promise.resolve(openMemory({ data, fleet: { clock: new SimulatedClock() } }));
});
