import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chance } from '../../../test/experiments/world.ts';
import type { MetricConfig } from '../config/model.ts';
import { Evidence } from './evidence.ts';
import { standing, type AdaptiveExperiment } from './standing.ts';

const quality: MetricConfig = { name: 'quality', type: 'boolean', optimize: 'max', level: 'inference' };
const experiment: AdaptiveExperiment = {
  type: 'adaptive',
  algorithm: 'track_and_stop',
  metric: 'quality',
  candidates: ['a', 'b', 'c'],
  fallbacks: [],
  guardrails: [],
  minSamples: 10,
  maxSamples: 10_000,
  delta: 0.05,
  epsilon: 0,
  minShare: 0,
  period: 1000,
};
const yes = (tenths: number, n: number): readonly number[] => Array.from({ length: n }, (_, at) => ((at * 7) % 10 < tenths ? 1 : 0));

function shares(
  values: Readonly<Record<string, readonly number[]>>,
  more: Partial<AdaptiveExperiment> = {},
  rails: readonly Evidence[] = [],
) {
  return standing({ ...experiment, ...more }, seen(values), rails, chance(1)).shares;
}

function seen(values: Readonly<Record<string, readonly number[]>>, metric: MetricConfig = quality): Evidence {
  const evidence = new Evidence(metric, experiment.candidates);
  for (const [variant, list] of Object.entries(values)) for (const value of list) evidence.add(variant, value);
  return evidence;
}

suite('the shares of an experiment', () => {
  test('are even until anything is known', () => {
    assert.deepEqual(shares({}), { a: 1 / 3, b: 1 / 3, c: 1 / 3 });
    assert.deepEqual(shares({ a: yes(5, 9), b: yes(1, 9), c: yes(9, 9) }), { a: 1 / 3, b: 1 / 3, c: 1 / 3 });
  });

  test('give a newcomer an even part, and split the rest by what is known', () => {
    const found = shares({ a: yes(6, 30), b: yes(7, 30) });
    assert.equal(found['c'], 1 / 3);
    assert.ok(Math.abs((found['a'] ?? 0) + (found['b'] ?? 0) - 2 / 3) < 1e-9);
    assert.ok((found['a'] ?? 0) > (found['b'] ?? 0));
  });

  test('go by the closed form while all are open', () => {
    const found = shares({ a: yes(6, 20), b: yes(7, 20), c: yes(8, 20) });
    assert.ok((found['a'] ?? 0) < 0.25 && (found['b'] ?? 0) > 0.35 && (found['c'] ?? 0) > 0.35);
  });

  test('pass over those that the leader has been shown to beat', () => {
    const found = shares({ a: yes(1, 100), b: yes(8, 100), c: yes(7, 100).toReversed() });
    assert.equal(found['a'], 0);
    assert.ok(shares({ a: yes(1, 100), b: yes(8, 100), c: yes(7, 100).toReversed() }, { minShare: 0.05 })['a'] === 0.05);
  });

  test('are all for the winner', () => {
    assert.deepEqual(shares({ a: yes(1, 200), b: yes(8, 200), c: yes(2, 200) }), { a: 0, b: 1, c: 0 });
  });

  test('are all for the leader when the samples are used up', () => {
    assert.deepEqual(shares({ a: yes(5, 50), b: yes(6, 50), c: yes(5, 50) }, { maxSamples: 50 }), { a: 0, b: 1, c: 0 });
  });

  test('hold nothing for those that break a guardrail, whatever the floor', () => {
    const failures: MetricConfig = { name: 'failures', type: 'boolean', optimize: 'min', level: 'inference' };
    const rail = seen({ a: yes(1, 100), b: yes(9, 100), c: yes(1, 100) }, failures);
    const found = shares({ a: yes(6, 20), b: yes(7, 20), c: yes(6, 20) }, { minShare: 0.1 }, [rail]);
    assert.equal(found['b'], 0);
    assert.ok(Math.abs((found['a'] ?? 0) + (found['c'] ?? 0) - 1) < 1e-9);
  });

  test('may be drawn by Thompson, and the verdict stays with the test', () => {
    const values = { a: yes(3, 30), b: yes(5, 30), c: yes(7, 30) };
    const found = shares(values, { algorithm: 'thompson' });
    assert.ok((found['c'] ?? 0) > 0.8 && (found['b'] ?? 0) > (found['a'] ?? 0));
    const judged = standing({ ...experiment, algorithm: 'thompson' }, seen(values), [], chance(1)).verdict;
    assert.equal(judged.is, 'undecided');
  });
});
