import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { chance } from '../../../test/experiments/world.ts';
import { likelihoodRatio, optimalShares, ratioNeeded, studentised, withFloor, type Arm } from './track-and-stop.ts';

const yesNo = (mean: number, n = 100): Arm => ({ n, mean, variance: mean * (1 - mean) });
const rounded = (shares: readonly number[], digits: number): readonly number[] => shares.map((share) => Number(share.toFixed(digits)));
const arms = fc.array(
  fc.record({ n: fc.constant(20), mean: fc.double({ min: 0, max: 1, noNaN: true }), variance: fc.double({ min: 0, max: 2, noNaN: true }) }),
  { minLength: 1, maxLength: 6 },
);

suite('the shares of track and stop', () => {
  test('of yes and no at .60, .80 and .85 are those of the reference', () => {
    assert.deepEqual(
      rounded(
        optimalShares(
          [0.6, 0.8, 0.85].map((mean) => yesNo(mean)),
          0,
        ),
        3,
      ),
      [0.017, 0.519, 0.464],
    );
    assert.equal(
      optimalShares(
        [0.6, 0.8, 0.85].map((mean) => yesNo(mean)),
        0,
      )[0]?.toFixed(4),
      '0.0168',
    );
  });

  test('with equal variances go in halves to the two that are close', () => {
    const shares = optimalShares(
      [0.6, 0.8, 0.85].map((mean) => ({ n: 100, mean, variance: 0.1 })),
      0,
    );
    assert.deepEqual(rounded(shares, 4), [0.0101, 0.4949, 0.495]);
  });

  test('of two arms are in proportion to their deviations', () => {
    const shares = optimalShares(
      [
        { n: 9, mean: 1, variance: 4 },
        { n: 9, mean: 2, variance: 1 },
      ],
      0,
    );
    assert.deepEqual(rounded(shares, 6), [0.666667, 0.333333]);
  });

  test('no small change makes the closest challenger be told sooner', () => {
    const rate = (list: readonly Arm[], shares: readonly number[]): number => {
      const best = list.reduce((top, arm) => (arm.mean > top.mean ? arm : top));
      const leader = list.indexOf(best);
      const of = (at: number): Arm => ({ ...(list[at] ?? best), n: shares[at] ?? 0 });
      return Math.min(...list.flatMap((_, at) => (at === leader ? [] : [likelihoodRatio(of(leader), of(at), 0)])));
    };
    const list = [yesNo(0.3), yesNo(0.6), yesNo(0.75), yesNo(0.7)];
    const shares = optimalShares(list, 0);
    const most = rate(list, shares);
    for (let from = 0; from < 4; from++)
      for (let to = 0; to < 4; to++) {
        if (from === to) continue;
        const moved = shares.map((share, at) => share + (at === to ? 0.001 : at === from ? -0.001 : 0));
        assert.ok(rate(list, moved) < most, `from ${from} to ${to}`);
      }
  });

  test('are shares, however strange the arms: level, without variance, alone', () => {
    fc.assert(
      fc.property(arms, fc.constantFrom(0, 0.01), (list, epsilon) => {
        const shares = optimalShares(list, epsilon);
        assert.equal(shares.length, list.length);
        assert.ok(shares.every((share) => share >= 0 && share <= 1));
        assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
      }),
      { seed: 1, numRuns: 500 },
    );
    assert.deepEqual(optimalShares([], 0), []);
    assert.deepEqual(optimalShares([yesNo(0.5)], 0), [1]);
    const same: Arm = { n: 10, mean: 1, variance: 0 };
    assert.deepEqual(optimalShares([same, same, same, same], 0), [0.25, 0.25, 0.25, 0.25]);
    assert.deepEqual(rounded(optimalShares([yesNo(0.5), yesNo(0.5)], 0), 6), [0.5, 0.5]);
  });

  test('keep a floor under everyone', () => {
    assert.deepEqual(rounded(withFloor([0, 0.25, 0.75], 0.1), 6), [0.1, 0.275, 0.625]);
    assert.deepEqual(rounded(withFloor([0, 1], 0.8), 6), [0.5, 0.5]);
    assert.deepEqual(withFloor([], 0.1), []);
  });
});

suite('the evidence of track and stop', () => {
  test('is the ratio of the reference', () => {
    const [leader, challenger]: readonly [Arm, Arm] = [
      { n: 50, mean: 0.8, variance: 0.16 },
      { n: 40, mean: 0.6, variance: 0.24 },
    ];
    assert.ok(Math.abs(likelihoodRatio(leader, challenger, 0) - 0.04 / (2 * (0.16 / 50 + 0.24 / 40))) < 1e-12);
    assert.ok(Math.abs(likelihoodRatio(leader, challenger, 0.1) - 0.09 / (2 * (0.16 / 50 + 0.24 / 40))) < 1e-12);
    assert.ok(Math.abs(ratioNeeded(90, 0.05) - Math.log((1 + Math.log(90)) / 0.05)) < 1e-12);
  });

  test('is none where the leader is not ahead, and without limit where nothing varies', () => {
    const still = (mean: number): Arm => ({ n: 10, mean, variance: 0 });
    assert.equal(likelihoodRatio(still(1), still(1), 0), 0);
    assert.equal(likelihoodRatio(still(1), still(2), 0.5), 0);
    assert.equal(likelihoodRatio(still(2), still(1), 0), Infinity);
  });

  test('counts for less while variances are known from few values, and for as much in the end', () => {
    const pair = (n: number): readonly [Arm, Arm] => [
      { n, mean: 1, variance: 1 },
      { n, mean: 0, variance: 1 },
    ];
    // A t statistic of 2.878 with 18 degrees of freedom has the tail (0.005) of a normal deviate of 2.576.
    assert.ok(Math.abs(Math.sqrt(2 * studentised(2.878 ** 2 / 2, ...pair(10))) - 2.576) < 0.005);
    assert.ok(Math.abs(studentised(5, ...pair(100_000)) - 5) < 0.001);
    assert.equal(studentised(Infinity, ...pair(10)), Infinity);
  });

  test('stops as the reference says: .50 and .60 are told apart by some 424 samples each', () => {
    const runs = 1000;
    let [wrong, samples] = [0, 0];
    for (let seed = 1; seed <= runs; seed++) {
      const random = chance(seed);
      let [few, many, n] = [0, 0, 0];
      for (;;) {
        n++;
        if (random() < 0.5) few++;
        if (random() < 0.6) many++;
        const [one, other] = [yesNo(few / n, n), yesNo(many / n, n)];
        const [leader, challenger] = many >= few ? [other, one] : [one, other];
        if (n < 10 || likelihoodRatio(leader, challenger, 0) <= ratioNeeded(2 * n, 0.05)) continue;
        if (few > many) wrong++;
        break;
      }
      samples += n;
    }
    assert.ok(Math.abs(samples / runs - 424) < 25, `${samples / runs}`);
    assert.ok(wrong / runs <= 0.01, `${wrong / runs}`);
  });
});
