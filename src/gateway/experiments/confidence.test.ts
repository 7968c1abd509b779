import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chance } from '../../../test/experiments/world.ts';
import { interval } from './confidence.ts';
import { including, momentsOf, noMoments } from './moments.ts';
import { normal } from './thompson.ts';

/** In how many of the courses the interval ever misses the mean. */
function misses(type: 'boolean' | 'float', mean: number, draw: (random: () => number) => number, courses: number, length: number): number {
  let missed = 0;
  for (let seed = 1; seed <= courses; seed++) {
    const random = chance(seed);
    let moments = noMoments;
    for (let n = 1; n <= length; n++) {
      moments = including(moments, draw(random));
      const found = interval(type, moments, 0.05);
      if (found !== undefined && (mean < found.low || mean > found.high)) {
        missed++;
        break;
      }
    }
  }
  return missed / courses;
}

suite('an interval for a share', () => {
  for (const share of [0.02, 0.5, 0.9])
    test(`covers ${share} at every one of 400 looks, in 95 of 100 courses at least`, () => {
      assert.ok(misses('boolean', share, (random) => (random() < share ? 1 : 0), 200, 400) <= 0.05);
    });

  test('reaches to the end that nothing speaks against, and narrows', () => {
    assert.deepEqual(interval('boolean', momentsOf([1]), 0.05)?.high, 1);
    const [few, many] = [20, 2000].map((n) => interval('boolean', { n, mean: 0.6, squares: 0 }, 0.05));
    assert.ok(few !== undefined && many !== undefined);
    assert.ok(few.low < 0.4 && few.high > 0.8 && many.low > 0.55 && many.high < 0.65);
    assert.equal(many.holds, 'exactly');
  });

  test('is wider when less doubt is left', () => {
    const [usual, strict] = [0.05, 0.001].map((alpha) => interval('boolean', { n: 100, mean: 0.5, squares: 0 }, alpha));
    assert.ok(usual !== undefined && strict !== undefined && strict.low < usual.low && strict.high > usual.high);
  });

  test('is not there before the first value', () => {
    assert.equal(interval('boolean', noMoments, 0.05), undefined);
  });
});

suite('an interval for a mean', () => {
  test('covers it at every one of 1000 looks, in 95 of 100 courses at least', () => {
    assert.ok(misses('float', 3, (random) => 3 + 2 * normal(random), 400, 1000) <= 0.05);
  });

  test('says that it holds asymptotically, and is not there for few or equal values', () => {
    assert.equal(interval('float', momentsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 0.05)?.holds, 'asymptotically');
    assert.equal(interval('float', momentsOf([1, 2, 3]), 0.05), undefined);
    assert.equal(interval('float', momentsOf(Array.from({ length: 50 }, () => 4)), 0.05), undefined);
  });
});
