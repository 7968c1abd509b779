/** Meters: what is taken is taken once, and never more than there is. */
import assert from 'node:assert/strict';
import type { Meter, Meters, Take } from '../../../ports/ledger.ts';
import { rejectsWith } from './store.ts';
import type { StoreTest } from './store.ts';

const budget: Meter = { id: 'budget/project=acme/2026-11', capacity: 0.3, refill: 0 };
const rate: Meter = { id: 'rate/calls', capacity: 10, refill: 0.01 };

const take = (meter: Meter, amount: number): Take => ({ ...meter, amount });

async function granted(meters: Meters, meter: Meter, amount: number, now: number): Promise<boolean> {
  return (await meters.take([take(meter, amount)], now)).granted;
}

export function metersConformance(test: StoreTest): void {
  test('a meter that nobody used is full, and what is taken is missing', async (backend, store) => {
    assert.deepEqual(await backend.meters.left([budget, rate], 5), [0.3, 10]);
    assert.deepEqual(await backend.meters.take([take(budget, 0.1)], 5), { granted: true });
    assert.deepEqual(await backend.meters.left([budget, rate], 5), [0.2, 10]);
    const { meters } = await store.reopen();
    assert.deepEqual(await meters.left([budget], 5), [0.2], 'N2: it survives');
  });

  test('fractions add up: three dimes are thirty cents', async ({ meters }) => {
    for (let i = 0; i < 3; i++) assert.equal(await granted(meters, budget, 0.1, 5), true);
    assert.deepEqual(await meters.take([take(budget, 0.000_000_001)], 5), { granted: false, meter: budget.id, left: 0 });
  });

  test('N1: from every meter or from none', async ({ meters }) => {
    assert.deepEqual(await meters.take([take(rate, 2), take(budget, 0.5)], 0), { granted: false, meter: budget.id, left: 0.3 });
    assert.deepEqual(await meters.left([budget, rate], 0), [0.3, 10]);
    assert.deepEqual(await meters.take([take(rate, 2), take(budget, 0.25)], 0), { granted: true });
    assert.deepEqual(await meters.left([budget, rate], 0), [0.05, 8]);
  });

  test('N1: whoever takes at the same time, no more is taken than there is', async ({ meters }) => {
    const small: Meter = { id: 'small', capacity: 1, refill: 0 };
    const taken = await Promise.all(Array.from({ length: 25 }, () => granted(meters, small, 0.1, 0)));
    assert.equal(taken.filter(Boolean).length, 10);
    assert.deepEqual(await meters.left([small], 0), [0]);
  });

  test('a bucket fills up again, and says when there will be enough', async ({ meters }) => {
    assert.equal(await granted(meters, rate, 10, 1000), true);
    assert.deepEqual(await meters.take([take(rate, 4)], 1100), { granted: false, meter: rate.id, left: 1, retryAt: 1400 });
    assert.deepEqual(await meters.take([take(rate, 11)], 1100), { granted: false, meter: rate.id, left: 1 }, 'it never holds so much');
    assert.equal(await granted(meters, rate, 4, 1400), true);
    assert.deepEqual(await meters.left([rate], 1_000_000), [10], 'it does not overflow');
  });

  test('a clock that goes back gives nothing back', async ({ meters }) => {
    await meters.take([take(rate, 10)], 1000);
    for (let i = 0; i < 5; i++) {
      assert.equal(await granted(meters, rate, 1, 600), false);
      await meters.correct([take(rate, 0)], 600);
      assert.equal(await granted(meters, rate, 1, 1050), false);
    }
    assert.equal(await granted(meters, rate, 1, 1100), true);
  });

  test('N3: a correction is never refused, and never fills a meter above its capacity', async ({ meters }) => {
    await meters.take([take(budget, 0.3), take(rate, 5)], 0);
    await meters.correct([take(budget, 0.1), take(rate, 100)], 0);
    assert.deepEqual(await meters.left([budget, rate], 0), [0.1, 10]);
    await meters.correct([take(budget, -0.5)], 0);
    assert.deepEqual(await meters.left([budget], 0), [-0.4]);
    assert.equal(await granted(meters, budget, 0.01, 0), false);
    await meters.correct([take(budget, 0.45)], 0);
    assert.equal(await granted(meters, budget, 0.05, 0), true);
  });

  test('a capacity that was changed holds at once', async ({ meters }) => {
    await meters.take([take(budget, 0.3)], 0);
    assert.deepEqual(
      await meters.left(
        [
          { ...budget, capacity: 1 },
          { ...budget, capacity: 0.1 },
        ],
        0,
      ),
      [0.7, -0.2],
    );
    assert.equal(await granted(meters, { ...budget, capacity: 1 }, 0.7, 0), true);
  });

  test('what is no amount is refused, and nothing is taken with it', async ({ meters }) => {
    for (const amount of [NaN, -1]) await rejectsWith('INTERNAL', meters.take([take(rate, 1), take(budget, amount)], 0));
    await rejectsWith('INTERNAL', meters.correct([take(rate, -1), take(budget, NaN)], 0));
    assert.equal(await granted(meters, budget, Infinity, 0), false);
    assert.deepEqual(await meters.left([budget, rate], 0), [0.3, 10]);
  });

  test('nothing at all can always be taken', async ({ meters }) => {
    assert.deepEqual(await meters.take([], 0), { granted: true });
    await meters.correct([take(budget, -1)], 0);
    assert.equal(await granted(meters, budget, 0, 0), true);
    await meters.correct([], 0);
    assert.deepEqual(await meters.left([], 0), []);
  });

  test('a closed store lets nobody take', async (backend) => {
    await backend.close();
    await rejectsWith('ENGINE_CLOSED', backend.meters.take([take(budget, 0.1)], 0));
    await rejectsWith('ENGINE_CLOSED', backend.meters.correct([take(budget, 0.1)], 0));
  });
}
