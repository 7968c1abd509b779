import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chance } from '../../../test/experiments/world.ts';
import type { Observation, VariantUse } from '../../ports/ledger.ts';
import type { ExperimentConfig, FunctionConfig } from '../config/model.ts';
import type { Metrics } from './observe.ts';
import { report } from './report.ts';

const metrics: Metrics = {
  liked: { name: 'liked', type: 'boolean', optimize: 'max', level: 'episode' },
  dollars: { name: 'dollars', type: 'float', optimize: 'min', level: 'inference' },
  score: { name: 'score', type: 'float', optimize: 'max', level: 'inference' },
};
const use = (variant: string, more: Partial<VariantUse> = {}): VariantUse => ({
  variant,
  inferences: 100,
  failures: 2,
  cost: 5,
  meanLatency: 900,
  p95Latency: 2000,
  fromRules: 0,
  fromCache: 0,
  ...more,
});
const fixed: ExperimentConfig = { type: 'static', candidates: { a: 70, b: 30 }, fallbacks: ['c'] };
const adaptive: ExperimentConfig = {
  type: 'adaptive',
  algorithm: 'track_and_stop',
  metric: 'liked',
  candidates: ['a', 'b'],
  fallbacks: [],
  guardrails: ['dollars'],
  minSamples: 10,
  maxSamples: 10_000,
  delta: 0.05,
  epsilon: 0,
  minShare: 0,
  period: 1000,
};
const functionWith = (experiment: ExperimentConfig): FunctionConfig => ({
  name: 'writer',
  type: 'chat',
  schemas: {},
  tools: [],
  variants: {},
  experiment,
});
const values = (variant: string, list: readonly number[]): readonly Observation[] =>
  list.map((value, at) => ({ variant, value, at: at * 1000 }));
const yes = (tenths: number, n: number): readonly number[] => Array.from({ length: n }, (_, at) => ((at * 7) % 10 < tenths ? 1 : 0));
const around = (mean: number, n: number): readonly number[] => Array.from({ length: n }, (_, at) => mean + (((at * 7) % 10) - 4.5) / 100);

function reported(
  experiment: ExperimentConfig,
  observed: Readonly<Record<string, readonly Observation[]>>,
  uses: readonly VariantUse[] = [],
  only?: string,
) {
  const ledger = { observations: async (_: string, metric: string) => observed[metric] ?? [], uses: async () => uses };
  return report(functionWith(experiment), { ledger, metrics, random: chance(1), ...(only === undefined ? {} : { only }) });
}

suite('the report of an experiment', () => {
  test('has a line for every variant: candidates, fallbacks, and what else answered', async () => {
    const { variants, experiment } = await reported(fixed, {}, [use('a'), use('rules', { cost: 0, fromRules: 100 })]);
    assert.equal(experiment, 'static');
    assert.deepEqual(
      variants.map(({ variant, role, share }) => [variant, role, share]),
      [
        ['a', 'candidate', 0.7],
        ['b', 'candidate', 0.3],
        ['c', 'fallback', 0],
        ['rules', 'other', 0],
      ],
    );
    assert.equal(variants[0]?.p95Latency, 2000);
    assert.equal(variants[1]?.p95Latency, undefined);
  });

  test('has every metric with feedback, and the one that an experiment goes by even without any', async () => {
    const without = await reported(fixed, { score: values('a', around(3, 20)) });
    assert.deepEqual(
      without.metrics.map(({ metric, role }) => [metric, role]),
      [['score', 'other']],
    );
    const by = await reported(adaptive, { score: values('a', around(3, 20)) });
    assert.deepEqual(
      by.metrics.map(({ metric, role }) => [metric, role]),
      [
        ['liked', 'goal'],
        ['dollars', 'guardrail'],
        ['score', 'other'],
      ],
    );
    assert.equal(by.metrics[0]?.says, 'No candidate has a value by liked yet.');
    const alone = await reported(adaptive, {}, [], 'score');
    assert.deepEqual(
      alone.metrics.map(({ metric }) => metric),
      ['score'],
    );
  });

  test('refuses a metric that there is not', async () => {
    await assert.rejects(reported(fixed, {}, [], 'toString'), { code: 'METRIC_UNKNOWN', message: /liked, dollars, score/ });
  });

  test('says of each variant its mean with an interval, and what a dollar buys', async () => {
    const score = [...values('a', around(3, 60)), ...values('b', around(4, 60)), ...values('rules', around(1, 5))];
    const { metrics: found } = await reported(fixed, { score }, [use('a'), use('b', { cost: 20 }), use('rules', { cost: 0 })]);
    const [a, b, rules] = found[0]?.arms ?? [];
    assert.ok(a?.interval !== undefined && a.interval.low < 3 && a.interval.high > 3 && a.interval.holds === 'asymptotically');
    assert.ok(Math.abs((a.perDollar ?? 0) - 60) < 0.1 && Math.abs((b?.perDollar ?? 0) - 20) < 0.1);
    assert.deepEqual([rules?.variant, rules?.n, rules?.interval, rules?.perDollar], ['rules', 5, undefined, undefined]);
    assert.ok(found[0]?.verdict.is === 'winner' && found[0].verdict.variant === 'b');
  });

  test('says how many more values would do, and would be right if the rest were like the beginning', async () => {
    const liked = (n: number): readonly Observation[] => [...values('a', yes(6, n)), ...values('b', yes(7, n).toReversed())];
    const { metrics: found } = await reported(adaptive, { liked: liked(100) });
    const missing = found[0]?.missing ?? 0;
    assert.match(found[0]?.says ?? '', /^b \(0\.7\) leads; a \(0\.6\) may still be better\. About \d+ more values for each/);
    const later = await reported(adaptive, { liked: liked(Math.ceil((100 + missing) / 10) * 10 + 10) });
    assert.equal(later.metrics[0]?.verdict.is, 'winner');
    const before = await reported(adaptive, { liked: liked(Math.floor((100 + missing) / 10) * 10 - 10) });
    assert.equal(before.metrics[0]?.verdict.is, 'undecided');
  });

  test('does not promise an end where there is no difference', async () => {
    const { metrics: found } = await reported(fixed, { score: [...values('a', around(3, 60)), ...values('b', around(3, 60))] });
    assert.equal(found[0]?.missing, undefined);
    assert.match(found[0]?.says ?? '', /too many values to tell/);
  });

  test('shows how the means came to be: few points, in order, up to the last value', async () => {
    const { metrics: found } = await reported(fixed, { liked: [...values('a', yes(6, 1000)), ...values('b', yes(7, 3))] });
    const [a, b] = found[0]?.arms ?? [];
    assert.ok(a !== undefined && a.course.length > 20 && a.course.length <= 60);
    assert.equal(a.course.at(-1)?.n, 1000);
    assert.deepEqual(
      a.course.map(({ n }) => n),
      a.course.map(({ n }) => n).toSorted((x, y) => x - y),
    );
    assert.equal(b?.course.at(-1)?.n, 3);
  });

  test('says in a sentence why a variant that is better may not win', async () => {
    const { metrics: found, variants } = await reported(adaptive, {
      liked: [...values('a', yes(3, 300)), ...values('b', yes(8, 300))],
      dollars: [...values('a', around(0.5, 100)), ...values('b', around(0.9, 100))],
    });
    assert.match(found[0]?.says ?? '', /^b is worse than a by the guardrail dollars \(0\.9 against 0\.5\), so that it cannot win by liked/);
    assert.deepEqual(
      variants.map(({ share }) => share),
      [1, 0],
    );
  });
});
