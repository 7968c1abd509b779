/** From the ledger to how an experiment stands. */
import { ContinuoError } from '../../core/errors.ts';
import type { Ledger, Observation } from '../../ports/ledger.ts';
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
  const read = async (name: string): Promise<Evidence> =>
    evidenceFrom(metricNamed(metrics, name), experiment.candidates, await ledger.observations(fn, name));
  const [evidence, guardrails] = await Promise.all([read(experiment.metric), Promise.all(experiment.guardrails.map(read))]);
  return standing(experiment, evidence, guardrails, random);
}

export function evidenceFrom(metric: MetricConfig, variants: readonly string[], observed: readonly Observation[]): Evidence {
  const evidence = new Evidence(metric, variants);
  for (const { variant, value } of observed) evidence.add(variant, value);
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
