import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { correctedBy, leftIn, takeFrom } from './meters.ts';
import type { Level } from './meters.ts';

const budget = { id: 'b', capacity: 0.3, refill: 0 };
const bucket = { id: 'r', capacity: 10, refill: 0.01 };
const nothing = (): undefined => undefined;
const at = (level: Level) => (): Level => level;

/** Takes and corrections on one meter, one after the other. */
class OneMeter {
  level: Level | undefined;
  take(meter: typeof budget, amount: number, now = 0): boolean {
    const outcome = takeFrom(() => this.level, [{ ...meter, amount }], now);
    if (outcome.granted) this.level = outcome.levels.get(meter.id);
    return outcome.granted;
  }
  correct(meter: typeof budget, amount: number, now = 0): void {
    this.level = correctedBy(() => this.level, [{ ...meter, amount }], now).get(meter.id);
  }
}

suite('meters', () => {
  test('three dimes fit into thirty cents, and not a billionth more', () => {
    const one = new OneMeter();
    for (let i = 0; i < 3; i++) assert.equal(one.take(budget, 0.1), true);
    assert.equal(one.take(budget, 1e-9), false);
    assert.equal(leftIn(one.level, budget, 0), 0);
  });

  test('takes and corrections in billionths add up exactly', () => {
    const move = fc.record({ amount: fc.integer({ min: 0, max: 2e9 }), back: fc.integer({ min: 0, max: 2e9 }) });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 200 }), fc.integer({ min: 1, max: 4e10 }), (moves, capacity) => {
        const meter = { id: 'm', capacity: capacity / 1e9, refill: 0 };
        const one = new OneMeter();
        let exact = 0;
        for (const { amount, back } of moves) {
          const fits = amount === 0 || exact + amount <= capacity;
          assert.equal(one.take(meter, amount / 1e9), fits);
          if (!fits) continue;
          exact = Math.max(0, exact + amount - back);
          one.correct(meter, back / 1e9);
          assert.equal(leftIn(one.level, meter, 0), (capacity - exact) / 1e9);
        }
      }),
    );
  });

  test('what is finer than a billionth is never counted for less than it is', () => {
    const tiny = { id: 't', capacity: 1e-6, refill: 0 };
    const one = new OneMeter();
    let takes = 0;
    while (one.take(tiny, 1.2e-9)) takes++;
    assert.equal(takes, 500);
    one.correct(tiny, 0.9e-9);
    assert.equal(one.take(tiny, 1e-9), false);
  });

  test('a large number of whole things is counted exactly', () => {
    const tokens = { id: 't', capacity: 9e14, refill: 0 };
    const one = new OneMeter();
    assert.equal(one.take(tokens, 9e14 - 1), true);
    assert.equal(one.take(tokens, 1), true);
    assert.equal(one.take(tokens, 1), false);
  });

  test('several are taken from together or not at all, the same one twice as well', () => {
    const twice = takeFrom(
      nothing,
      [0.2, 0.2].map((amount) => ({ ...budget, amount })),
      0,
    );
    assert.deepEqual(twice, { granted: false, meter: 'b', left: 0.1 });
  });

  test('of several that refuse, the one that refuses for the longest is named', () => {
    const soon = { ...bucket, id: 'soon', refill: 10, amount: 11, capacity: 11 };
    const late = { ...bucket, id: 'late', amount: 10 };
    const never = { ...budget, amount: 1 };
    const full = at({ taken: 1, at: 0 });
    const named = (...takes: (typeof soon)[]): unknown => {
      const outcome = takeFrom(full, takes, 0);
      return outcome.granted ? undefined : [outcome.meter, outcome.retryAt];
    };
    assert.deepEqual(named(soon, late), ['late', 100]);
    assert.deepEqual(named(late, soon), ['late', 100]);
    assert.deepEqual(named(late, never, soon), ['b', undefined]);
  });

  test('what comes back comes back in time, up to the brim', () => {
    const one = new OneMeter();
    assert.equal(one.take(bucket, 10, 1000), true);
    const refused = takeFrom(() => one.level, [{ ...bucket, amount: 4 }], 1100);
    assert.deepEqual(refused, { granted: false, meter: 'r', left: 1, retryAt: 1400 });
    assert.equal(one.take(bucket, 4, 1399), false);
    assert.equal(one.take(bucket, 4, 1400), true);
    assert.equal(leftIn(one.level, bucket, 1e9), 10);
  });

  test('a trickle that is asked every millisecond still comes', () => {
    const monthly = { id: 'm', capacity: 1, refill: 1e-10 };
    const one = new OneMeter();
    one.take(monthly, 1, 0);
    for (let now = 1; now <= 1000; now++) one.correct(monthly, 0, now);
    assert.equal(leftIn(one.level, monthly, 1e7), 0.001);
  });

  test('it can be retried when it says so', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), fc.double({ min: 1e-6, max: 10, noNaN: true }), (capacity, refill) => {
        const meter = { id: 'm', capacity, refill };
        const full = { taken: capacity, at: 5 };
        const outcome = takeFrom(at(full), [{ ...meter, amount: capacity / 3 }], 5);
        assert.ok(!outcome.granted && outcome.retryAt !== undefined);
        assert.equal(takeFrom(at(full), [{ ...meter, amount: capacity / 3 }], outcome.retryAt).granted, true);
      }),
    );
  });

  test('a clock that goes back and forth gives nothing back twice', () => {
    const one = new OneMeter();
    one.take(bucket, 10, 1000);
    for (let i = 0; i < 50; i++) {
      one.correct(bucket, 0, 500);
      one.correct(bucket, 0, 1000);
    }
    assert.equal(leftIn(one.level, bucket, 1000), 0);
  });

  test('a clock that was years ahead holds a bucket up only as long as filling it takes', () => {
    const one = new OneMeter();
    one.take(bucket, 10, 1e12);
    assert.equal(one.take(bucket, 1, 1000), false);
    one.correct(bucket, 0, 1000);
    assert.equal(leftIn(one.level, bucket, 3000), 10);
  });

  test('a capacity that changes holds at once, and less than nothing may be left', () => {
    const one = new OneMeter();
    one.take(budget, 0.3);
    assert.equal(leftIn(one.level, { ...budget, capacity: 1 }, 0), 0.7);
    assert.equal(leftIn(one.level, { ...budget, capacity: 0.1 }, 0), -0.2);
    assert.equal(one.take({ ...budget, capacity: 0.1 }, 0.01), false);
    assert.equal(one.take({ ...budget, capacity: 0.1 }, 0), true, 'nothing can always be taken');
  });

  test('what is no amount is refused and counts for nothing', () => {
    for (const amount of [NaN, -1]) assert.throws(() => takeFrom(nothing, [{ ...budget, amount }], 0), /was to be taken from b/);
    for (const amount of [NaN, Infinity]) assert.throws(() => correctedBy(nothing, [{ ...budget, amount }], 0), /given back to b/);
    assert.equal(takeFrom(nothing, [{ ...budget, amount: Infinity }], 0).granted, false);
    assert.equal(takeFrom(nothing, [{ ...budget, capacity: NaN, amount: 1 }], 0).granted, false);
  });
});
