import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { MetricConfig } from '../config/model.ts';
import { Evidence } from './evidence.ts';
import { judge, type Judged } from './verdict.ts';

const terms: Judged = { delta: 0.05, epsilon: 0, minSamples: 10, maxSamples: 10_000 };
const quality: MetricConfig = { name: 'quality', type: 'boolean', optimize: 'max', level: 'inference' };
const seconds: MetricConfig = { name: 'seconds', type: 'float', optimize: 'min', level: 'inference' };

function seen(metric: MetricConfig, values: Readonly<Record<string, readonly number[]>>): Evidence {
  const evidence = new Evidence(metric, Object.keys(values));
  for (const [variant, list] of Object.entries(values)) for (const value of list) evidence.add(variant, value);
  return evidence;
}

/** So many values, of which every tenth part is yes as often as it says. */
const yes = (tenths: number, n: number): readonly number[] => Array.from({ length: n }, (_, at) => ((at * 7) % 10 < tenths ? 1 : 0));
const around = (mean: number, n: number): readonly number[] => Array.from({ length: n }, (_, at) => mean + ((at * 7) % 10) - 4.5);
const isOf = (evidence: Evidence, guardrails: readonly Evidence[] = [], more: Partial<Judged> = {}) =>
  judge(evidence, guardrails, evidence.variants, { ...terms, ...more }).verdict;

suite('the verdict', () => {
  test('is a winner when the leader is shown to be better than every other', () => {
    const verdict = isOf(seen(quality, { a: yes(2, 200), b: yes(8, 200), c: yes(3, 200) }));
    assert.equal(verdict.is === 'winner' && verdict.variant, 'b');
  });

  test('names those that are still open while the leader is not ahead of all for certain', () => {
    const verdict = isOf(seen(quality, { a: yes(2, 100), b: yes(8, 100), c: yes(7, 100).toReversed() }));
    assert.ok(verdict.is === 'undecided' && verdict.why === 'too close');
    assert.equal(verdict.leader, 'b');
    assert.deepEqual(
      verdict.open.map(({ challenger }) => challenger),
      ['c'],
    );
  });

  test('waits until every candidate has enough values, however clear it looks', () => {
    const verdict = isOf(seen(quality, { a: yes(0, 500), b: yes(10, 500), c: yes(0, 9) }));
    assert.deepEqual(verdict, { is: 'undecided', why: 'too few', lacking: [{ variant: 'c', n: 9 }] });
  });

  test('of one candidate, or without values, is that there is nothing to compare', () => {
    assert.deepEqual(isOf(seen(quality, { a: yes(5, 100) })), { is: 'undecided', why: 'alone' });
    assert.deepEqual(isOf(seen(quality, { a: [], b: [] })), { is: 'undecided', why: 'no feedback' });
    assert.deepEqual(isOf(seen(quality, {})), { is: 'undecided', why: 'alone' });
  });

  test('says that there is no difference to be found when the samples are used up', () => {
    const verdict = isOf(seen(quality, { a: yes(5, 300), b: yes(5, 300) }), [], { maxSamples: 300 });
    assert.ok(verdict.is === 'undecided' && verdict.why === 'no difference');
  });

  test('calls the lower one better where lower is better', () => {
    const verdict = isOf(seen(seconds, { slow: around(30, 100), fast: around(20, 100) }));
    assert.equal(verdict.is === 'winner' && verdict.variant, 'fast');
  });

  test('takes a tie for good enough where a tolerance says so', () => {
    const evidence = seen(seconds, { a: around(20, 400), b: around(20, 400) });
    assert.equal(isOf(evidence).is, 'undecided');
    assert.equal(isOf(evidence, [], { epsilon: 2 }).is, 'winner');
    const yesNo = seen(quality, { a: yes(5, 600), b: [...yes(5, 600)].toReversed() });
    assert.equal(isOf(yesNo).is, 'undecided');
    assert.equal(isOf(yesNo, [], { epsilon: 0.3 }).is, 'winner');
  });

  test('of constant values that differ is clear, of those that do not is none', () => {
    const still = (value: number): readonly number[] => Array.from({ length: 20 }, () => value);
    assert.equal(isOf(seen(seconds, { a: still(1), b: still(2) })).is, 'winner');
    assert.equal(isOf(seen(seconds, { a: still(1), b: still(1) })).is, 'undecided');
  });
});

suite('guardrails', () => {
  const better = { a: yes(3, 300), b: yes(8, 300) };

  test('block a winner that is shown to be worse than the first candidate by one of them', () => {
    const verdict = isOf(seen(quality, better), [seen(seconds, { a: around(20, 100), b: around(40, 100) })]);
    assert.ok(verdict.is === 'blocked');
    assert.equal(verdict.variant, 'b');
    assert.equal(verdict.instead, 'a');
    const { mean, baselineMean, ...by } = verdict.by;
    assert.deepEqual(by, { variant: 'b', metric: 'seconds', baseline: 'a' });
    assert.ok(Math.abs(mean - 40) < 1e-9 && Math.abs(baselineMean - 20) < 1e-9);
  });

  test('let pass what is better, alike, or not known well enough', () => {
    for (const others of [{ b: around(10, 100) }, { b: around(20, 100) }, { b: around(40, 5) }, { b: [] }]) {
      const verdict = isOf(seen(quality, better), [seen(seconds, { a: around(20, 100), ...others })]);
      assert.equal(verdict.is === 'winner' && verdict.variant, 'b');
    }
  });

  test('leave the others to win among themselves', () => {
    const evidence = seen(quality, { a: yes(1, 300), b: yes(9, 300), c: yes(6, 300) });
    const blocked = judge(evidence, [seen(seconds, { a: around(20, 99), b: around(40, 99), c: around(20, 99) })], evidence.variants, terms);
    assert.ok(blocked.verdict.is === 'blocked' && blocked.verdict.variant === 'b' && blocked.verdict.instead === 'c');
    assert.deepEqual(
      blocked.barred.map(({ variant }) => variant),
      ['b'],
    );
    const harmless = isOf(evidence, [seen(seconds, { a: around(40, 99), b: around(20, 99), c: around(50, 99) })]);
    assert.equal(harmless.is === 'winner' && harmless.variant, 'b');
  });

  test('keep the first candidate when they rule out everyone else', () => {
    const verdict = isOf(seen(quality, { a: yes(5, 50), b: yes(5, 50) }), [seen(seconds, { a: around(20, 99), b: around(40, 99) })]);
    assert.ok(verdict.is === 'blocked' && verdict.instead === 'a');
  });
});
