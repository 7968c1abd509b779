import { memoryData, openMemory } from '../../src/backends/memory/index.ts';
import { systemClock } from '../../src/engine/system-clock.ts';
import { liveOnNodes } from './live-on-nodes.ts';

liveOnNodes('a memory', () => {
  const data = memoryData();
  return (node) => openMemory({ data, fleet: { clock: systemClock, role: 'engine', node } });
});
