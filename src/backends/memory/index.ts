export { openMemory, memoryData, type MemoryOptions } from './open.ts';
export type { MemoryData } from './data.ts';
