import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storageConformance } from '../../testing/conformance/storage.ts';
import { memoryData, openMemory } from './index.ts';
import type { MemoryData } from './index.ts';

const kept = new Map<string, MemoryData>();

function dataOf(dir: string): MemoryData {
  const data = kept.get(dir) ?? memoryData();
  kept.set(dir, data);
  return data;
}

storageConformance('memory', async (dir) => openMemory({ data: dataOf(dir) }), {
  damage: async (_, id) => {
    for (const { blobs } of kept.values()) blobs.get(id)?.bytes.fill(0);
  },
});

test('two memories share nothing unless they are given the same data', async () => {
  const [one, two] = [openMemory(), openMemory()];
  await one.plans.save('h', '{}');
  assert.equal(await two.plans.load('h'), undefined);
  const data = memoryData();
  const [three, four] = [openMemory({ data }), openMemory({ data })];
  await three.plans.save('h', '{}');
  assert.equal(await four.plans.load('h'), '{}');
});
