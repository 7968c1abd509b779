/** From the ledger to how an experiment stands. */
import { ContinuoError } from '../../core/errors.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { MetricConfig } from '../config/model.ts';
import { Evidence } from './evidence.ts';
import { standing, type AdaptiveExperiment, type Standing } from './standing.ts';

export type Metrics = Readonly<Record<string, MetricConfig>>;

export async function standingOf(
  ledger: Pick<Ledger, 'observations'>,
  metrics: Metrics,
  fn: string,
  experiment: AdaptiveExperiment,
  random: () => number,
): Promise<Standing> {
  const [evidence, ...guardrails] = await Promise.all(
    [experiment.metric, ...experiment.guardrails].map((name) => evidenceOf(ledger, fn, metricNamed(metrics, name), experiment.candidates)),
  );
  // Safe: the metric itself is the first that was asked for.
  return standing(experiment, evidence as Evidence, guardrails, random);
}

async function evidenceOf(
  ledger: Pick<Ledger, 'observations'>,
  fn: string,
  metric: MetricConfig,
  candidates: readonly string[],
): Promise<Evidence> {
  const evidence = new Evidence(metric, candidates);
  for (const { variant, value } of await ledger.observations(fn, metric.name)) evidence.add(variant, value);
  return evidence;
}

export function metricNamed(metrics: Metrics, name: string): MetricConfig {
  const metric = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (metric !== undefined) return metric;
  const known = Object.keys(metrics);
  throw new ContinuoError(
    'METRIC_UNKNOWN',
    `no metric ${JSON.stringify(name)}; there ${known.length === 0 ? 'is none' : `are ${known.join(', ')}`}`,
  );
}
