import type { MetricConfig } from '../config/model.ts';
import type { Ledger } from '../../ports/ledger.ts';
import { Evidence } from './evidence.ts';

/** What the ledger has of a function by one metric. */
export async function readEvidence(
  ledger: Pick<Ledger, 'observations'>,
  fn: string,
  metric: MetricConfig,
  variants: readonly string[],
): Promise<Evidence> {
  const evidence = new Evidence(metric, variants);
  for (const { variant, value } of await ledger.observations(fn, metric.name)) evidence.add(variant, value);
  return evidence;
}
