import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bill } from './models/bill.ts';
import { Spending } from './spending.ts';

const usage = { inputTokens: 10, cachedTokens: 1, cacheWriteTokens: 2, outputTokens: 3 };
const worst = { tokens: 9, cost: 9 };

test('what parts cost is in the whole, and not in its own', async () => {
  const settled: number[] = [];
  const spending = new Spending({
    reserve:
      async () =>
      async ({ cost }) =>
        void settled.push(cost),
  });
  assert.equal(spending.hasAsked, false);
  const part = spending.part().part();
  await (await Bill.open(part.billed, () => worst)).pay({ tokens: 1, cost: 0.5 });
  part.used(usage);
  assert.equal(spending.hasAsked, true);
  await (await Bill.open(spending.billed, () => worst)).pay({ tokens: 1, cost: 0.25 });
  assert.deepEqual([spending.own.cost, spending.whole.cost, spending.whole.usage], [0.25, 0.75, usage]);
  assert.deepEqual(settled, [0.5, 0.25]);
});

test('what was refused was not asked, and costs nothing', async () => {
  const spending = new Spending({ reserve: () => Promise.reject(new Error('no money')) });
  await assert.rejects(async () => Bill.open(spending.billed, () => worst), /no money/);
  assert.deepEqual([spending.hasAsked, spending.whole.cost], [false, 0]);
});
