import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chance } from '../../../test/experiments/world.ts';
import { gainNeeded, logGain } from './e-process.ts';

const gain = (ahead: number, behind: number, level = 0, epsilon = 0): number => Math.exp(logGain({ ahead, behind, level }, epsilon));
const isNear = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual / expected - 1) < 1e-9, `${actual} is not ${expected}`);

suite('the e-process', () => {
  test('is B(A+1, D+1) · 2^(A+D)', () => {
    isNear(gain(0, 0), 1);
    isNear(gain(1, 0), 1);
    isNear(gain(1, 1), 4 / 6);
    isNear(gain(10, 0), 2 ** 10 / 11);
    isNear(gain(6, 2), 2 ** 8 / (9 * 28));
  });

  test('is a fair bet when neither is better: the next pair changes nothing on average', () => {
    for (const [ahead, behind] of [
      [0, 0],
      [5, 2],
      [40, 61],
    ] as const)
      isNear((gain(ahead + 1, behind) + gain(ahead, behind + 1)) / 2, gain(ahead, behind));
  });

  test('takes no notice of pairs that are level, and neither overflows nor underflows', () => {
    isNear(gain(7, 3, 1000), gain(7, 3));
    assert.ok(logGain({ ahead: 60_000, behind: 40_000, level: 0 }, 0) > 1900);
    assert.ok(Number.isFinite(logGain({ ahead: 1e6, behind: 1e6, level: 0 }, 0)));
  });

  test('with a tolerance is a bet that loses on average against whoever is worse by just more, and gains against equals', () => {
    const epsilon = 0.1;
    // Ahead and behind with probabilities that differ by -epsilon: the edge of what is refuted.
    const [ahead, behind, level] = [0.2, 0.3, 0.5];
    for (const [a, d, t] of [
      [0, 0, 0],
      [4, 9, 20],
      [30, 10, 5],
    ] as const) {
      const next = ahead * gain(a + 1, d, t, epsilon) + behind * gain(a, d + 1, t, epsilon) + level * gain(a, d, t + 1, epsilon);
      isNear(next, gain(a, d, t, epsilon));
    }
    assert.ok(gain(400, 400, 800, epsilon) > 1000);
    assert.ok(gain(320, 480, 800, epsilon) < 2);
  });

  test('must reach 1/δ, with δ split over the challengers', () => {
    isNear(Math.exp(gainNeeded(1, 0.05)), 20);
    isNear(Math.exp(gainNeeded(3, 0.05)), 60);
    isNear(Math.exp(gainNeeded(0, 0.05)), 20);
  });

  test('stops as the reference says: .50 and .60 are told apart by some 487 samples each', () => {
    const runs = 1000;
    let [wrong, samples] = [0, 0];
    for (let seed = 1; seed <= runs; seed++) {
      const random = chance(seed);
      const pairs = { ahead: 0, behind: 0, level: 0 };
      while (logGain(pairs, 0) < gainNeeded(1, 0.05)) {
        const difference = Number(random() < 0.6) - Number(random() < 0.5);
        pairs[difference > 0 ? 'ahead' : difference < 0 ? 'behind' : 'level']++;
      }
      if (pairs.behind > pairs.ahead) wrong++;
      samples += pairs.ahead + pairs.behind + pairs.level;
    }
    assert.ok(Math.abs(samples / runs - 487) < 25, `${samples / runs}`);
    assert.ok(wrong / runs <= 0.01, `${wrong / runs}`);
  });
});
