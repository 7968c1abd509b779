import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { momentsOf, noMoments, variance } from './moments.ts';

suite('moments', () => {
  test('are those of the two-pass formulas, whatever the order of magnitude', () => {
    const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.constantFrom(0, 1e9), (list, offset) => {
        const shifted = list.map((one) => one + offset);
        const mean = shifted.reduce((sum, one) => sum + one, 0) / list.length;
        const spread = shifted.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (list.length - 1);
        const moments = momentsOf(shifted);
        assert.equal(moments.n, list.length);
        assert.ok(Math.abs(moments.mean - mean) <= 1e-9 * Math.max(1, Math.abs(mean)));
        assert.ok(Math.abs(variance(moments) - spread) <= 1e-6 * Math.max(1, spread));
      }),
      { seed: 1 },
    );
  });

  test('keep the spread of values that are all near a large number', () => {
    assert.equal(variance(momentsOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])), 30);
  });

  test('of one value or none have no variance', () => {
    assert.equal(variance(noMoments), 0);
    assert.equal(variance(momentsOf([7])), 0);
  });
});
