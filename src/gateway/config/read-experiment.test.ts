import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ExperimentConfig } from './model.ts';
import { configOf, told } from './fixtures/folder.ts';

const files = { 'config/r.ts': '' };

/** Variants a, b and c that ask a model, and r that does not. */
const fn = (rest: string, weights: Readonly<Record<string, number>> = {}): string =>
  `[metrics.good]
type = "float"
optimize = "max"
level = "episode"
[functions.f]
type = "chat"
${['a', 'b', 'c'].map((name) => `[functions.f.variants.${name}]\nmodel = "openai::gpt"\n${name in weights ? `weight = ${weights[name]}\n` : ''}`).join('')}
[functions.f.variants.r]
type = "rules"
module = "r.ts"
${rest === '' ? '' : `[functions.f.experimentation]\n${rest}`}`;

function experiment(t: TestContext, rest: string, weights: Readonly<Record<string, number>> = {}): ExperimentConfig | undefined {
  return configOf(t, fn(rest, weights), { files }).functions['f']?.experiment;
}

const wrong = (t: TestContext, rest: string): string => told(t, fn(rest), { files }).join('\n');

test('without a section the choice is uniform, and rules are left for the last', (t) => {
  assert.deepEqual(experiment(t, ''), { type: 'static', candidates: { a: 1, b: 1, c: 1 }, fallbacks: [] });
  const alone = '[functions.f]\ntype = "chat"\n[functions.f.variants.r]\ntype = "rules"\nmodule = "r.ts"\n';
  assert.deepEqual(configOf(t, alone, { files }).functions['f']?.experiment, { type: 'static', candidates: { r: 1 }, fallbacks: [] });
});

test('by weight, a variant without one is a fallback, and one of weight 0 is called by its name alone', (t) => {
  assert.deepEqual(experiment(t, '', { a: 3, b: 0 }), { type: 'static', candidates: { a: 3 }, fallbacks: ['c'] });
  assert.match(told(t, fn('', { a: 0 }), { files }).join(), /functions\.f\.variants: no variant has a weight above 0/);
  assert.match(told(t, fn('', { a: -1 }), { files }).join(), /variants\.a\.weight: -1 is not a number of at least 0/);
  assert.match(told(t, fn('type = "uniform"\n', { a: 1 }), { files }).join(), /^warning .*the weight of "a" has no effect/);
});

test('static: a list is uniform, a table has weights, and rules take part where they are named', (t) => {
  assert.deepEqual(experiment(t, 'type = "static"\ncandidate_variants = ["a", "r"]\nfallback_variants = ["b"]\n'), {
    type: 'static',
    candidates: { a: 1, r: 1 },
    fallbacks: ['b'],
  });
  const weighted = { type: 'static', candidates: { a: 0.7, b: 0.3 }, fallbacks: [] };
  assert.deepEqual(experiment(t, 'type = "static"\ncandidate_variants = { a = 0.7, b = 0.3 }\n'), weighted);
  assert.deepEqual(experiment(t, 'type = "static_weights"\ncandidate_variants = { a = 0.7, b = 0.3 }\n'), weighted);
});

test('uniform, as it was written before, needs no candidates', (t) => {
  assert.deepEqual(experiment(t, 'type = "uniform"\nfallback_variants = ["b"]\n'), {
    type: 'static',
    candidates: { a: 1, c: 1 },
    fallbacks: ['b'],
  });
  assert.deepEqual(experiment(t, 'type = "uniform"\ncandidate_variants = ["c"]\n'), {
    type: 'static',
    candidates: { c: 1 },
    fallbacks: [],
  });
});

test('adaptive has its defaults, under either name', (t) => {
  const adaptive = {
    type: 'adaptive',
    algorithm: 'track_and_stop',
    metric: 'good',
    candidates: ['a', 'b'],
    fallbacks: ['c'],
    guardrails: [],
    minSamples: 10,
    maxSamples: 10_000,
    delta: 0.05,
    epsilon: 0,
    minShare: 0,
    period: 300_000,
  };
  const rest = 'metric = "good"\ncandidate_variants = ["a", "b"]\nfallback_variants = ["c"]\n';
  assert.deepEqual(experiment(t, `type = "adaptive"\n${rest}`), adaptive);
  assert.deepEqual(experiment(t, `type = "adaptive"\nalgorithm = "track_and_stop"\n${rest}`), adaptive);
  assert.deepEqual(experiment(t, `type = "track_and_stop"\n${rest}`), adaptive);
  assert.deepEqual(
    experiment(
      t,
      `type = "adaptive"\nalgorithm = "thompson"\n${rest}guardrails = ["good"]\nmin_samples_per_variant = 2\ndelta = 0.1\nmin_prob = 0.2\nupdate_period_s = 5\n`,
    ),
    { ...adaptive, algorithm: 'thompson', guardrails: ['good'], minSamples: 2, delta: 0.1, minShare: 0.2, period: 5000 },
  );
});

test('candidates are variants, come once, are no fallbacks, and weigh something', (t) => {
  assert.match(wrong(t, 'type = "static"\n'), /candidate_variants: it is missing/);
  assert.match(wrong(t, 'type = "static"\ncandidate_variants = []\n'), /candidate_variants: there is none/);
  assert.match(wrong(t, 'type = "static"\ncandidate_variants = {}\n'), /candidate_variants: there is none/);
  assert.match(wrong(t, 'type = "static"\ncandidate_variants = ["z"]\n'), /there is no variant "z"\. Use one of "a", "b", "c", "r"/);
  assert.match(wrong(t, 'type = "static"\ncandidate_variants = { z = 1 }\n'), /candidate_variants\.z: there is no variant "z"/);
  assert.match(wrong(t, 'type = "static"\ncandidate_variants = { a = 0 }\n'), /candidate_variants\.a: 0 is not a number above 0/);
  assert.match(wrong(t, 'type = "static"\ncandidate_variants = ["a", "a"]\n'), /"a" is in it twice/);
  assert.match(
    wrong(t, 'type = "static"\ncandidate_variants = ["a"]\nfallback_variants = ["a"]\n'),
    /fallback_variants: "a" is a candidate too/,
  );
  assert.match(wrong(t, 'type = "statc"\ncandidate_variants = ["a"]\n'), /there is no "statc" for it\. Did you mean "static"\?/);
  assert.match(wrong(t, 'candidate_variants = ["a"]\n'), /experimentation\.type: it is missing/);
  assert.match(wrong(t, 'type = "static"\ncandidate_variants = ["a"]\ndelta = 0.1\n'), /an experiment of type "static" has no key "delta"/);
});

test('an adaptive experiment goes by a metric that there is, within what makes sense', (t) => {
  const adaptive = (rest: string) => wrong(t, `type = "adaptive"\ncandidate_variants = ["a", "b"]\n${rest}`);
  assert.match(adaptive(''), /experimentation\.metric: it is missing/);
  assert.match(adaptive('metric = "god"\n'), /there is no metric "god"\. Did you mean "good"\?/);
  assert.match(adaptive('metric = "good"\nguardrails = ["fast"]\n'), /guardrails: there is no metric "fast"/);
  assert.match(adaptive('metric = "good"\ndelta = 1\n'), /delta: 1 is not a number above 0 and below 1/);
  assert.match(adaptive('metric = "good"\nmin_prob = 0.6\n'), /min_prob: 0\.6 is not a number from 0 to 0\.5/);
  assert.match(
    adaptive('metric = "good"\nmin_samples_per_variant = 20\nmax_samples_per_variant = 10\n'),
    /10 is not a whole number of at least 20/,
  );
  assert.match(adaptive('metric = "good"\nalgorithm = "greedy"\n'), /there is no "greedy" for it/);
});
