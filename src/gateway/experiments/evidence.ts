/**
 * What was observed by one metric, kept up with as values come.
 *
 * E1. Moments are of the values as they were given. Whoever asks for an `arm` or for `pairs` gets them turned so that
 *     more is better.
 * E2. Pair k of two variants is the k-th value of each, whenever they came.
 */
import type { MetricConfig } from '../config/model.ts';
import type { Pairs } from './e-process.ts';
import { including, noMoments, type Moments } from './moments.ts';
import type { Arm } from './track-and-stop.ts';

interface Row {
  moments: Moments;
  /** Kept for booleans alone: only they are paired. */
  readonly values: number[];
  /** By the other's place: pairs in which this one's value is higher. */
  readonly higher: number[];
}

export class Evidence {
  readonly metric: MetricConfig;
  readonly variants: readonly string[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #rows: readonly Row[];

  constructor(metric: MetricConfig, variants: readonly string[]) {
    this.metric = metric;
    this.variants = variants;
    this.#places = new Map(variants.map((variant, at) => [variant, at]));
    this.#rows = variants.map(() => ({ moments: noMoments, values: [], higher: variants.map(() => 0) }));
  }

  /** Values of variants that are not compared are passed over. */
  add(variant: string, value: number): void {
    const at = this.#places.get(variant);
    const row = at === undefined ? undefined : this.#rows[at];
    if (at === undefined || row === undefined) return;
    row.moments = including(row.moments, value);
    if (this.metric.type === 'float') return;
    const k = row.values.push(value) - 1;
    for (const [other, { values, higher }] of this.#rows.entries()) {
      const theirs = values[k];
      if (theirs === undefined || other === at) continue;
      if (value > theirs) row.higher[other] = (row.higher[other] ?? 0) + 1;
      if (value < theirs) higher[at] = (higher[at] ?? 0) + 1;
    }
  }

  moments(variant: string): Moments {
    return this.#row(variant)?.moments ?? noMoments;
  }

  /** How many values there are altogether. */
  get total(): number {
    return this.#rows.reduce((sum, { moments }) => sum + moments.n, 0);
  }

  /** The variance of a few equal values is not nothing: it leans on what the others show, and less so with every value. */
  arm(variant: string): Arm {
    const { n, mean, squares } = this.moments(variant);
    if (this.metric.type === 'boolean') {
      const likely = (n * mean + 0.5) / (n + 1);
      return { n, mean: this.#turned(mean), variance: likely * (1 - likely) };
    }
    return { n, mean: this.#turned(mean), variance: (squares + this.#pooledVariance()) / Math.max(1, n) };
  }

  pairs(variant: string, other: string): Pairs {
    const [mine, theirs] = [this.#row(variant), this.#row(other)];
    const up = mine?.higher[this.#places.get(other) ?? -1] ?? 0;
    const down = theirs?.higher[this.#places.get(variant) ?? -1] ?? 0;
    const level = Math.min(mine?.values.length ?? 0, theirs?.values.length ?? 0) - up - down;
    return this.metric.optimize === 'max' ? { ahead: up, behind: down, level } : { ahead: down, behind: up, level };
  }

  #row(variant: string): Row | undefined {
    return this.#rows[this.#places.get(variant) ?? -1];
  }

  #turned(mean: number): number {
    return this.metric.optimize === 'max' ? mean : -mean;
  }

  #pooledVariance(): number {
    let [squares, freedom] = [0, 0];
    for (const { moments } of this.#rows) {
      squares += moments.squares;
      freedom += Math.max(0, moments.n - 1);
    }
    return freedom === 0 ? 0 : squares / freedom;
  }
}
