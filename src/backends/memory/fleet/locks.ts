/**
 * Locks that one node has at a time.
 *
 * L1. A lock goes to whoever has waited longest. What a node has or waits for goes with it when it is gone.
 */
import type { MemoryData } from '../data.ts';

export async function enterLock(data: MemoryData, key: string, node: string): Promise<void> {
  const lock = data.locks.get(key);
  if (lock === undefined) {
    data.locks.set(key, { holder: node, waiting: [] });
    return;
  }
  await new Promise<void>((enter) => lock.waiting.push({ node, enter }));
}

export function leaveLock(data: MemoryData, key: string, node: string): void {
  const lock = data.locks.get(key);
  if (lock?.holder !== node) return;
  const next = lock.waiting.shift();
  if (next === undefined) {
    data.locks.delete(key);
    return;
  }
  data.locks.set(key, { holder: next.node, waiting: lock.waiting });
  next.enter();
}

export function leaveAllLocks(data: MemoryData, node: string): void {
  for (const [key, { holder, waiting }] of data.locks) {
    const others = waiting.filter((one) => one.node !== node);
    data.locks.set(key, { holder, waiting: others });
    if (holder === node) leaveLock(data, key, node);
  }
}
