export { openMemory, memoryData, type MemoryBackend, type MemoryNodeOptions, type MemoryOptions } from './open.ts';
export type { MemoryData } from './data.ts';
