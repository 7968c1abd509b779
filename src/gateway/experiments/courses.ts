/** How means and their intervals came to be what they are. */
import type { Observation } from '../../ports/ledger.ts';
import { interval } from './confidence.ts';
import { including, noMoments, type Moments } from './moments.ts';

export interface Point {
  /** When the value came that makes it so. */
  readonly at: number;
  readonly n: number;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
}

/** Looks along the way. */
const looks = 48;

/** Some points for each variant, its last value among them; the observations are oldest first. */
export function courses(type: 'boolean' | 'float', observed: readonly Observation[], alpha: number): ReadonlyMap<string, readonly Point[]> {
  const moments = new Map<string, Moments>();
  const points = new Map<string, Point[]>();
  const last = new Map(observed.map(({ variant }, at) => [variant, at]));
  const due = new Map<string, number>();
  for (const [index, { variant, value, at }] of observed.entries()) {
    const now = including(moments.get(variant) ?? noMoments, value);
    moments.set(variant, now);
    if (index < (due.get(variant) ?? 0) && index !== last.get(variant)) continue;
    due.set(variant, index + observed.length / looks);
    const found = interval(type, now, alpha);
    const edges = found === undefined ? {} : { low: found.low, high: found.high };
    points.set(variant, [...(points.get(variant) ?? []), { at, n: now.n, mean: now.mean, ...edges }]);
  }
  return points;
}
