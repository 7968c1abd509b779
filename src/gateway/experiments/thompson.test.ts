import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chance } from '../../../test/experiments/world.ts';
import type { MetricConfig } from '../config/model.ts';
import { Evidence } from './evidence.ts';
import { thompsonShares } from './thompson.ts';

const metric = (type: MetricConfig['type'], optimize: MetricConfig['optimize']): MetricConfig => ({
  name: 'm',
  type,
  optimize,
  level: 'inference',
});

function evidence(of: MetricConfig, values: Readonly<Record<string, readonly number[]>>): Evidence {
  const found = new Evidence(of, Object.keys(values));
  for (const [variant, list] of Object.entries(values)) for (const value of list) found.add(variant, value);
  return found;
}

const yesNo = (yes: number, no: number): readonly number[] => [...Array<number>(yes).fill(1), ...Array<number>(no).fill(0)];
const shares = (of: Evidence): readonly number[] => thompsonShares(of, of.variants, chance(1));

suite('Thompson sampling', () => {
  test('gives each the chance that it is best', () => {
    const [a = 0, b = 0] = shares(evidence(metric('boolean', 'max'), { a: yesNo(1, 1), b: yesNo(2, 0) }));
    // P(Beta(3,1) > Beta(2,2)), by integration.
    assert.ok(Math.abs(b - 0.8) < 0.03, String(b));
    assert.ok(Math.abs(a + b - 1) < 1e-9);
  });

  test('splits evenly between those that did alike', () => {
    const [a = 0] = shares(evidence(metric('boolean', 'max'), { a: yesNo(5, 5), b: yesNo(5, 5) }));
    assert.ok(Math.abs(a - 0.5) < 0.04);
    const [x = 0] = shares(evidence(metric('float', 'max'), { x: [1, 2, 3], y: [1, 2, 3] }));
    assert.ok(Math.abs(x - 0.5) < 0.04);
  });

  test('goes to who is lower where lower is better', () => {
    const [a = 0] = shares(evidence(metric('float', 'min'), { a: [1, 1.1, 0.9, 1], b: [2, 2.2, 1.8, 2] }));
    assert.ok(a > 0.97, String(a));
    const [few = 0] = shares(evidence(metric('boolean', 'min'), { few: yesNo(2, 18), many: yesNo(15, 5) }));
    assert.ok(few > 0.97, String(few));
  });

  test('with much evidence follows the difference in units of its error', () => {
    const spread = (mean: number): readonly number[] => Array.from({ length: 1000 }, (_, at) => mean + (at % 2 === 0 ? 1 : -1));
    // One standard error of the difference apart: the normal distribution at 1.
    const [, b = 0] = shares(evidence(metric('float', 'max'), { a: spread(0), b: spread(Math.sqrt(2 / 1000)) }));
    assert.ok(Math.abs(b - 0.841) < 0.03, String(b));
  });
});
