/** What can be said of a function's variants now, by every metric: for tables, pictures and programs. */
import type { Ledger, Observation, VariantUse } from '../../ports/ledger.ts';
import type { FunctionConfig, MetricConfig } from '../config/model.ts';
import { courses, type Point } from './courses.ts';
import { interval, type Interval } from './confidence.ts';
import type { Evidence } from './evidence.ts';
import { samplesMissing } from './missing.ts';
import { evidenceFrom, metricNamed, type Metrics } from './observe.ts';
import { saysOf } from './sentences.ts';
import { standing, type AdaptiveExperiment } from './standing.ts';
import { normalised } from './track-and-stop.ts';
import { judge, type Judged, type Verdict } from './verdict.ts';

export interface ExperimentReport {
  readonly function: string;
  readonly experiment: 'static' | 'track_and_stop' | 'thompson';
  readonly variants: readonly VariantReport[];
  /** The metric that an adaptive experiment goes by comes first, then its guardrails. */
  readonly metrics: readonly MetricReport[];
}

export interface VariantReport {
  readonly variant: string;
  readonly role: 'candidate' | 'fallback' | 'other';
  /** Of new episodes, from 0 to 1. */
  readonly share: number;
  readonly inferences: number;
  readonly failures: number;
  readonly fromRules: number;
  readonly fromCache: number;
  /** In dollars, altogether. */
  readonly cost: number;
  /** Milliseconds; absent before the first answer. */
  readonly meanLatency?: number;
  readonly p95Latency?: number;
}

export interface MetricReport {
  readonly metric: string;
  readonly type: 'boolean' | 'float';
  readonly optimize: 'max' | 'min';
  readonly level: 'inference' | 'episode';
  readonly role: 'goal' | 'guardrail' | 'other';
  readonly arms: readonly ArmReport[];
  readonly verdict: Verdict;
  /** The verdict in a sentence or two. */
  readonly says: string;
  /** How many values each of the closest two still needs, if the difference stays as it is. */
  readonly missing?: number;
}

export interface ArmReport {
  readonly variant: string;
  readonly n: number;
  readonly mean?: number;
  readonly interval?: Interval;
  /** The mean for a dollar that an inference costs on average; where more is better and it costs something. */
  readonly perDollar?: number;
  /** How it came to be so, oldest first. */
  readonly course: readonly Point[];
}

export interface ReportOptions {
  readonly ledger: Pick<Ledger, 'observations' | 'uses'>;
  readonly metrics: Metrics;
  readonly random: () => number;
  /** Instead of all that have feedback. */
  readonly only?: string;
}

/** By what a metric is judged that no experiment goes by: nothing ends with it, so that there is no end of samples either. */
const usual: Judged = { delta: 0.05, epsilon: 0, minSamples: 10, maxSamples: Infinity };

export async function report(fn: FunctionConfig, { ledger, metrics, random, only }: ReportOptions): Promise<ExperimentReport> {
  const { experiment } = fn;
  const adaptive = experiment.type === 'adaptive' ? experiment : undefined;
  const watched = adaptive === undefined ? [] : [adaptive.metric, ...adaptive.guardrails];
  const names = [...new Set([...watched, ...(only === undefined ? Object.keys(metrics) : [only])])];
  const [uses, ...observed] = await Promise.all([ledger.uses(fn.name), ...names.map((name) => ledger.observations(fn.name, name))]);
  const seen = new Map(names.map((name, at) => [metricNamed(metrics, name).name, observed[at] ?? []]));
  const candidates = experiment.type === 'static' ? Object.keys(experiment.candidates) : experiment.candidates;
  const evidenceOf = (name: string): Evidence => evidenceFrom(metricNamed(metrics, name), candidates, seen.get(name) ?? []);
  const guardrails = (adaptive?.guardrails ?? []).map(evidenceOf);
  const shares =
    experiment.type === 'static'
      ? sharesOf(experiment.candidates)
      : standing(experiment, evidenceOf(experiment.metric), guardrails, random).shares;
  const isShown = (name: string): boolean =>
    only === undefined ? watched.includes(name) || (seen.get(name) ?? []).length > 0 : name === only;
  return {
    function: fn.name,
    experiment: adaptive?.algorithm ?? 'static',
    variants: variantReports(fn, candidates, shares, uses),
    metrics: names
      .filter(isShown)
      .map((name) => metricReport(metricNamed(metrics, name), seen.get(name) ?? [], { candidates, adaptive, uses, guardrails })),
  };
}

function sharesOf(weights: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const shares = normalised(Object.values(weights));
  return Object.fromEntries(Object.keys(weights).map((variant, at) => [variant, shares[at] ?? 0]));
}

function variantReports(
  fn: FunctionConfig,
  candidates: readonly string[],
  shares: Readonly<Record<string, number>>,
  uses: readonly VariantUse[],
): readonly VariantReport[] {
  const { fallbacks } = fn.experiment;
  const names = new Set([...candidates, ...fallbacks, ...uses.map(({ variant }) => variant)]);
  return [...names].map((variant) => {
    const use = uses.find((one) => one.variant === variant);
    const role = candidates.includes(variant) ? 'candidate' : fallbacks.includes(variant) ? 'fallback' : 'other';
    const { inferences = 0, failures = 0, fromRules = 0, fromCache = 0, cost = 0, meanLatency = 0, p95Latency = 0 } = use ?? {};
    const latency = inferences > failures ? { meanLatency, p95Latency } : {};
    return { variant, role, share: shares[variant] ?? 0, inferences, failures, fromRules, fromCache, cost, ...latency };
  });
}

interface Around {
  readonly candidates: readonly string[];
  readonly adaptive: AdaptiveExperiment | undefined;
  readonly uses: readonly VariantUse[];
  readonly guardrails: readonly Evidence[];
}

function metricReport(metric: MetricConfig, observed: readonly Observation[], around: Around): MetricReport {
  const { candidates, adaptive, uses } = around;
  const { name, type, optimize, level } = metric;
  const isGoal = adaptive?.metric === name;
  const terms = adaptive === undefined ? usual : isGoal ? adaptive : { ...adaptive, epsilon: 0, maxSamples: Infinity };
  const evidence = evidenceFrom(metric, candidates, observed);
  const { verdict } = judge(evidence, isGoal ? around.guardrails : [], candidates, terms);
  const missing = missingFor(evidence, verdict, candidates.length - 1, terms);
  const variants = [...new Set([...candidates, ...observed.map(({ variant }) => variant)])];
  const everything = evidenceFrom(metric, variants, observed);
  const course = courses(type, observed, terms.delta);
  return {
    metric: name,
    type,
    optimize,
    level,
    role: isGoal ? 'goal' : (adaptive?.guardrails.includes(name) ?? false) ? 'guardrail' : 'other',
    arms: variants.map((variant) => armReport(variant, everything, uses, terms.delta, course.get(variant) ?? [])),
    verdict,
    says: saysOf(verdict, evidence, terms, missing),
    ...(missing === undefined ? {} : { missing }),
  };
}

/** Values of one variant beyond which nobody would wait. */
const endless = 1_000_000;

function missingFor(evidence: Evidence, verdict: Verdict, challengers: number, terms: Judged): number | undefined {
  if (verdict.is !== 'undecided' || verdict.why !== 'too close') return undefined;
  const atMost = Math.min(terms.maxSamples, endless);
  const needs = verdict.open.map(({ challenger }) => samplesMissing(evidence, verdict.leader, challenger, challengers, terms, atMost));
  return needs.reduce((most, need) => (most === undefined || need === undefined ? undefined : Math.max(most, need)), 0);
}

function armReport(variant: string, evidence: Evidence, uses: readonly VariantUse[], delta: number, course: readonly Point[]): ArmReport {
  const { metric } = evidence;
  const moments = evidence.moments(variant);
  if (moments.n === 0) return { variant, n: 0, course };
  const found = interval(metric.type, moments, delta);
  const use = uses.find((one) => one.variant === variant);
  const each = use === undefined || use.inferences === 0 ? 0 : use.cost / use.inferences;
  return {
    variant,
    n: moments.n,
    mean: moments.mean,
    ...(found === undefined ? {} : { interval: found }),
    ...(metric.optimize === 'max' && each > 0 ? { perDollar: moments.mean / each } : {}),
    course,
  };
}
