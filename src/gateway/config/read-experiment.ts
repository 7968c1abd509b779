/** `[functions.F.experimentation]`, in the present spelling and in those of before; and what holds without it. */
import { quote, suggest } from '../../core/plan/problem.ts';
import type { ExperimentConfig, MetricConfig, VariantConfig } from './model.ts';
import { isTable, type Table } from './table.ts';

type Variants = Readonly<Record<string, VariantConfig>>;
type Static = Extract<ExperimentConfig, { type: 'static' }>;
type Adaptive = Extract<ExperimentConfig, { type: 'adaptive' }>;

const types = ['static', 'adaptive', 'static_weights', 'uniform', 'track_and_stop'] as const;

export function readExperiment(fn: Table, variants: Variants, metrics: Readonly<Record<string, MetricConfig>>): ExperimentConfig {
  const table = fn.table('experimentation');
  if (table === undefined) return withoutSection(fn, variants);
  for (const [name, { weight }] of Object.entries(variants))
    if (weight !== undefined)
      fn.warn(
        'variants',
        `the weight of ${quote(name)} has no effect: there is an [experimentation]`,
        'Write it there, or remove one of the two.',
      );
  table.idle('namespaces');
  if (!table.has('type')) table.error('type', 'it is missing', 'Use "static" or "adaptive".');
  const type = table.oneOf('type', types) ?? 'uniform';
  const adaptive = type === 'adaptive' || type === 'track_and_stop';
  const experiment = adaptive ? readAdaptive(type, table, variants, metrics) : readStatic(type, table, variants);
  table.close(`an experiment of type ${quote(type)}`);
  const candidates = Array.isArray(experiment.candidates) ? experiment.candidates : Object.keys(experiment.candidates);
  for (const both of experiment.fallbacks.filter((one) => candidates.includes(one)))
    table.error('fallback_variants', `${quote(both)} is a candidate too`, 'Keep it in one of the two.');
  return experiment;
}

/** Uniform; or by `weight`, and then a variant without one is a fallback, and one of weight 0 is called by its name alone. */
function withoutSection(fn: Table, variants: Variants): Static {
  const weights = Object.values(variants).filter(({ weight }) => weight !== undefined);
  if (weights.length === 0) return { type: 'static', candidates: uniform(eligible(variants, [])), fallbacks: [] };
  const candidates = Object.fromEntries(weights.flatMap(({ name, weight = 0 }) => (weight > 0 ? [[name, weight]] : [])));
  if (Object.keys(candidates).length === 0) fn.error('variants', 'no variant has a weight above 0', 'Give at least one of them a weight.');
  return {
    type: 'static',
    candidates,
    fallbacks: eligible(
      variants,
      weights.map(({ name }) => name),
    ),
  };
}

/** Rules are everyone's last resort, so they take part where they are named, or where there is nothing else. */
function eligible(variants: Variants, without: readonly string[]): readonly string[] {
  const left = Object.values(variants).filter(({ name }) => !without.includes(name));
  const asking = left.filter(({ type }) => type !== 'rules');
  return (asking.length > 0 || without.length > 0 ? asking : left).map(({ name }) => name);
}

const uniform = (names: readonly string[]): Readonly<Record<string, number>> => Object.fromEntries(names.map((name) => [name, 1]));

function readStatic(type: (typeof types)[number], table: Table, variants: Variants): Static {
  const fallbacks = readNames(table, 'fallback_variants', variants);
  if (table.has('candidate_variants')) return { type: 'static', candidates: readWeights(table, variants), fallbacks };
  if (type !== 'uniform') table.error('candidate_variants', 'it is missing', 'Write a list of variants, or a table of their weights.');
  return { type: 'static', candidates: uniform(eligible(variants, fallbacks)), fallbacks };
}

function readWeights(table: Table, variants: Variants): Readonly<Record<string, number>> {
  const key = 'candidate_variants';
  if (!isTable(table.raw(key))) return uniform(readNames(table, key, variants));
  const inner = table.table(key);
  const names = inner?.names() ?? [];
  if (inner === undefined || names.length === 0) table.error(key, 'there is none', 'Name at least one variant.');
  return Object.fromEntries(
    names.map((name) => {
      if (!Object.hasOwn(variants, name)) inner?.error(name, `there is no variant ${quote(name)}`, suggest(name, Object.keys(variants)));
      return [name, inner?.number(name, { above: 0 }) ?? 1];
    }),
  );
}

function readAdaptive(type: string, table: Table, variants: Variants, metrics: Readonly<Record<string, MetricConfig>>): Adaptive {
  if (!table.has('candidate_variants')) table.error('candidate_variants', 'it is missing', 'Write a list of variants.');
  const candidates = readNames(table, 'candidate_variants', variants);
  const algorithms = table.reading.strict ? (['track_and_stop'] as const) : (['track_and_stop', 'thompson'] as const);
  const algorithm = type === 'adaptive' ? table.oneOf('algorithm', algorithms) : undefined;
  table.ours('guardrails');
  const metric = table.need('metric', 'Write the metric by which the best variant is found.');
  const guardrails = table.strings('guardrails') ?? [];
  const known = Object.keys(metrics);
  for (const [key, name] of [['metric', metric] as const, ...guardrails.map((one) => ['guardrails', one] as const)])
    if (name !== '' && !known.includes(name))
      table.error(key, `there is no metric ${quote(name)}`, suggest(name, known, 'Define it under [metrics].'));
  const minSamples = table.number('min_samples_per_variant', { min: 1, whole: true }) ?? 10;
  return {
    type: 'adaptive',
    algorithm: algorithm ?? 'track_and_stop',
    metric,
    candidates,
    fallbacks: readNames(table, 'fallback_variants', variants),
    guardrails,
    minSamples,
    maxSamples: table.number('max_samples_per_variant', { min: minSamples, whole: true }) ?? Math.max(10_000, minSamples),
    delta: table.number('delta', { above: 0, below: 1 }) ?? 0.05,
    epsilon: table.number('epsilon', { min: 0 }) ?? 0,
    minShare: table.number('min_prob', { min: 0, max: 1 / Math.max(1, candidates.length) }) ?? 0,
    period: (table.number('update_period_s', { above: 0 }) ?? 300) * 1000,
  };
}

/** A list of variants: each exists, and none comes twice. */
function readNames(table: Table, key: string, variants: Variants): readonly string[] {
  const names = table.strings(key) ?? [];
  if (key === 'candidate_variants' && table.has(key) && names.length === 0) table.error(key, 'there is none', 'Name at least one variant.');
  for (const [index, name] of names.entries()) {
    if (!Object.hasOwn(variants, name)) table.error(key, `there is no variant ${quote(name)}`, suggest(name, Object.keys(variants)));
    if (names.indexOf(name) < index)
      table.error(key, `${quote(name)} is in it twice`, 'Keep one; a table of weights gives one a larger share.');
  }
  return names;
}
