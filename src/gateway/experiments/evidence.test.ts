import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { MetricConfig } from '../config/model.ts';
import { Evidence } from './evidence.ts';

const metric = (type: MetricConfig['type'], optimize: MetricConfig['optimize'] = 'max'): MetricConfig => ({
  name: 'm',
  type,
  optimize,
  level: 'inference',
});

suite('evidence', () => {
  test('pairs the k-th value of one with the k-th of the other, however they came', () => {
    const observations = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(0, 1)), { maxLength: 60 });
    fc.assert(
      fc.property(observations, (list) => {
        const evidence = new Evidence(metric('boolean'), ['a', 'b', 'c']);
        for (const [variant, value] of list) evidence.add(variant, value);
        const of = (name: string): readonly number[] => list.filter(([variant]) => variant === name).map(([, value]) => value);
        for (const [one, other] of [
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'a'],
        ] as const) {
          const [mine, theirs] = [of(one), of(other)];
          const both = mine.slice(0, theirs.length).map((value, at) => value - (theirs[at] ?? 0));
          const expected = {
            ahead: both.filter((difference) => difference > 0).length,
            behind: both.filter((difference) => difference < 0).length,
            level: both.filter((difference) => difference === 0).length,
          };
          assert.deepEqual(evidence.pairs(one, other), expected);
        }
      }),
      { seed: 1 },
    );
  });

  test('is turned round where less is better', () => {
    const evidence = new Evidence(metric('boolean', 'min'), ['a', 'b']);
    evidence.add('a', 1);
    evidence.add('b', 0);
    assert.deepEqual(evidence.pairs('b', 'a'), { ahead: 1, behind: 0, level: 0 });
    assert.equal(evidence.arm('a').mean, -1);
    assert.equal(evidence.moments('a').mean, 1);
  });

  test('passes over variants that are not compared, and knows nothing of those without values', () => {
    const evidence = new Evidence(metric('float'), ['a', 'b']);
    evidence.add('rules', 3);
    evidence.add('a', 3);
    assert.equal(evidence.total, 1);
    assert.equal(evidence.moments('b').n, 0);
    assert.deepEqual(evidence.pairs('a', 'rules'), { ahead: 0, behind: 0, level: 0 });
  });

  test('does not take a few equal values for certainty', () => {
    const yesNo = new Evidence(metric('boolean'), ['a', 'b']);
    for (let n = 0; n < 10; n++) yesNo.add('a', 1);
    assert.ok(yesNo.arm('a').variance > 0.04);
    const floats = new Evidence(metric('float'), ['a', 'b']);
    for (let n = 0; n < 10; n++) {
      floats.add('a', 5);
      floats.add('b', n % 2);
    }
    assert.ok(floats.arm('a').variance > 0);
  });
});
