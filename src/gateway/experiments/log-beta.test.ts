import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { logBeta, logGamma } from './log-beta.ts';

const isNear = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);

suite('logarithms of gamma and beta', () => {
  test('are those of factorials at whole numbers', () => {
    let sum = 0;
    for (let n = 1; n < 400; n++) {
      isNear(logGamma(n), sum);
      sum += Math.log(n);
    }
  });

  test('are known at halves', () => {
    isNear(logGamma(0.5), Math.log(Math.PI) / 2);
    isNear(logGamma(2.5), Math.log((3 / 4) * Math.sqrt(Math.PI)));
    isNear(logBeta(0.5, 0.5), Math.log(Math.PI));
  });

  test('do not lose what is small beside what is large', () => {
    assert.ok(Math.abs(logBeta(2, 1_000_000) + Math.log(1_000_000) + Math.log(1_000_001)) < 1e-8);
  });
});
