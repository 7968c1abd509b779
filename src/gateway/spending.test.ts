import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Spending } from './spending.ts';

const usage = { inputTokens: 10, cachedTokens: 1, cacheWriteTokens: 2, outputTokens: 3 };

test('what parts cost is in the whole, and not in its own', () => {
  const spending = new Spending(undefined);
  assert.deepEqual([spending.hasAsked, spending.whole.cost], [false, 0]);
  const part = spending.part().part();
  part.billed.spent?.(0.5);
  part.used(usage);
  assert.equal(spending.hasAsked, true);
  spending.billed.spent?.(0.25);
  assert.deepEqual([spending.own.cost, spending.whole.cost, spending.whole.usage], [0.25, 0.75, usage]);
});

test('parts pass the guard of their whole', () => {
  const guard = { reserve: () => Promise.reject(new Error('no money')) };
  assert.equal(new Spending(guard).part().billed.guard, guard);
  assert.ok(!('guard' in new Spending(undefined).part().billed));
});
