import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fetches } from './fetches.ts';

const limited = { code: 'REQUESTS_LIMITED', details: { retry_after: 5 } };

test('a key fetches two things at a time, a node eight; what has ended or failed gives its place back', async () => {
  const fetches = new Fetches();
  const ends: ((error?: Error) => void)[] = [];
  const begin = (key: string): Promise<void> =>
    fetches.within(key, () => new Promise((resolve, reject) => ends.push((error) => (error === undefined ? resolve() : reject(error)))));
  const under = ['a', 'a', 'b', 'b', 'c', 'c', 'd'].map(begin);
  await assert.rejects(begin('a'), limited);
  under.push(begin('d'));
  await assert.rejects(begin('e'), limited);
  ends[0]?.();
  await under[0];
  under.push(begin('e'));
  await assert.rejects(begin('a'), limited);
  ends[1]?.(new Error('broken off'));
  await assert.rejects(under[1] ?? assert.fail(), /broken off/);
  under.push(begin('a'));
  for (const end of ends) end();
  await Promise.allSettled(under);
  assert.equal(await fetches.within('a', async () => 'room'), 'room');
});
