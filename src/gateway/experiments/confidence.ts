/**
 * Where a mean lies, said so that it holds at every look: over the whole course, the chance that the interval ever
 * misses the true mean is `alpha` at most.
 */
import { logBeta } from './log-beta.ts';
import { variance, type Moments } from './moments.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** `asymptotic`: it holds the better the more values there are, and leans on their variance. */
  readonly holds: 'exactly' | 'asymptotically';
}

export function interval(type: 'boolean' | 'float', moments: Moments, alpha: number): Interval | undefined {
  return type === 'boolean' ? ofShare(moments, alpha) : ofMean(moments, alpha);
}

const prior = 0.5;

/**
 * The shares p against which nobody who bets on a beta mixture of shares would have gained 1/alpha:
 * B(s + ½, f + ½) / B(½, ½) < p^s (1 − p)^f / alpha. Under the true share the gain is a martingale.
 */
function ofShare({ n, mean }: Moments, alpha: number): Interval | undefined {
  if (n === 0) return undefined;
  const yes = Math.round(n * mean);
  const no = n - yes;
  const likeliest = yes / n;
  const mixed = logBeta(yes + prior, no + prior) - logBeta(prior, prior);
  const isRefuted = (p: number): boolean => mixed - times(yes, Math.log(p)) - times(no, Math.log1p(-p)) >= -Math.log(alpha);
  return { low: edge(likeliest, 0, isRefuted), high: edge(likeliest, 1, isRefuted), holds: 'exactly' };
}

/** 0 · −∞ is nothing here: what never happened says nothing against a share. */
function times(count: number, logarithm: number): number {
  return count === 0 ? 0 : count * logarithm;
}

/** The point between one that stands and one beyond the edge, on the far side, so that rounding makes the interval wider. */
function edge(standing: number, end: number, isRefuted: (p: number) => boolean): number {
  if (!isRefuted(end)) return end;
  let [inside, outside] = [standing, end];
  for (let halving = 0; halving < 50; halving++) {
    const middle = (inside + outside) / 2;
    if (isRefuted(middle)) outside = middle;
    else inside = middle;
  }
  return outside;
}

/** With fewer values, the variance is known too badly to lean on. */
const fewest = 10;
/** How many values it is tightest for. */
const aimedAt = 300;

/** An asymptotic confidence sequence: a normal mixture over means, as if the variance were known. */
function ofMean(moments: Moments, alpha: number): Interval | undefined {
  const { n, mean } = moments;
  const spread = Math.sqrt(variance(moments));
  // Equal values tell nothing of how far others may lie.
  if (n < fewest || !(spread > 0)) return undefined;
  const doubt = -2 * Math.log(alpha);
  const rho = (doubt + Math.log(doubt + 1)) / aimedAt;
  const half = spread * Math.sqrt(((2 * (n * rho + 1)) / (n ** 2 * rho)) * Math.log(Math.sqrt(n * rho + 1) / alpha));
  return { low: mean - half, high: mean + half, holds: 'asymptotically' };
}
