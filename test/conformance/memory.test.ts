import { memoryData, openMemory, type MemoryData } from '../../src/backends/memory/index.ts';
import { engineConformance } from '../../src/testing/conformance/engine.ts';

/** What each directory of the suite stands for. */
const stores = new Map<string, MemoryData>();

engineConformance('memory', (dir) => {
  const data = stores.get(dir) ?? memoryData();
  stores.set(dir, data);
  return Promise.resolve(openMemory({ data }));
});
