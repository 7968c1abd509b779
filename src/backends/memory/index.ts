export { openMemory, memoryData, type MemoryNode, type MemoryNodeOptions, type MemoryOptions } from './open.ts';
export type { MemoryData } from './data.ts';
