/** Metrics by which nobody may be worse than the first candidate, whatever else is gained. */
import { compare, type Terms } from './contest.ts';
import type { Evidence } from './evidence.ts';

export interface Breach {
  readonly variant: string;
  readonly metric: string;
  /** Means as they were given. */
  readonly mean: number;
  readonly baseline: string;
  readonly baselineMean: number;
}

/** Variants of which it is shown that they are worse, each with the first guardrail that says so. */
export function breaches(guardrails: readonly Evidence[], candidates: readonly string[], terms: Terms): readonly Breach[] {
  const [baseline, ...others] = candidates;
  if (baseline === undefined) return [];
  return others.flatMap((variant): readonly Breach[] => {
    const evidence = guardrails.find((one) => compare(one, baseline, variant, others.length, { ...terms, epsilon: 0 }).isBeaten);
    if (evidence === undefined) return [];
    const [mean, baselineMean] = [evidence.moments(variant).mean, evidence.moments(baseline).mean];
    return [{ variant, metric: evidence.metric.name, mean, baseline, baselineMean }];
  });
}
