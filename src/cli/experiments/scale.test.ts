import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { scaleOver } from './scale.ts';

suite('a scale', () => {
  test('has round marks, with as many digits as they need', () => {
    const texts = (...values: readonly number[]): readonly string[] => {
      const scale = scaleOver(values, 4);
      return scale.marks.map(scale.text);
    };
    assert.deepEqual(texts(0.12, 0.78), ['0.0', '0.2', '0.4', '0.6', '0.8']);
    assert.deepEqual(texts(43, 71), ['40', '50', '60', '70', '80']);
    assert.deepEqual(texts(0.0012, 0.0043), ['0.001', '0.002', '0.003', '0.004', '0.005']);
    assert.deepEqual(texts(-3, 2), ['-4', '-2', '0', '2']);
  });

  test('holds all values between its ends, even if they are one', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
        const scale = scaleOver(values, 4);
        assert.ok(scale.marks.length >= 2 && scale.marks.length <= 8, String(scale.marks));
        const slack = (scale.high - scale.low) * 1e-9;
        for (const one of values) assert.ok(one >= scale.low - slack && one <= scale.high + slack);
        assert.ok(values.every((one) => scale.place(one) >= 0 && scale.place(one) <= 1));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('writes values with one digit more than marks, and nothing without a sign', () => {
    const scale = scaleOver([0.12, 0.78], 4);
    assert.equal(scale.finer(0.456), '0.46');
    assert.equal(scale.finer(-0.0001), '0.00');
  });
});
