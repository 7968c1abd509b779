/**
 * Track and stop: which of several arms is best, asked with as few samples as can be.
 * Means are turned so that more is better.
 */

export interface Arm {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** How much speaks for the leader against one challenger, in nats: a generalised likelihood ratio of two normal means. */
export function likelihoodRatio(leader: Arm, challenger: Arm, epsilon: number): number {
  const gap = leader.mean - challenger.mean + epsilon;
  if (!(gap > 0)) return 0;
  return gap ** 2 / (2 * (leader.variance / leader.n + challenger.variance / challenger.n));
}

/**
 * The ratio that would be as surprising if the variances were known. They are estimated, from few samples at first, so that
 * the ratio is that of a t statistic; Welch gives its degrees of freedom, Wallace the normal deviate with the same tail.
 */
export function studentised(ratio: number, leader: Arm, challenger: Arm): number {
  const [ofLeader, ofChallenger] = [leader.variance / leader.n, challenger.variance / challenger.n];
  const freedom = (ofLeader + ofChallenger) ** 2 / (ofLeader ** 2 / (leader.n - 1) + ofChallenger ** 2 / (challenger.n - 1));
  if (!(freedom > 0) || ratio === Infinity) return ratio;
  return ((8 * freedom + 1) / (8 * freedom + 3)) ** 2 * (freedom / 2) * Math.log1p((2 * ratio) / freedom);
}

/** What the ratio must exceed after `total` samples of all arms, so that looking at every sample is wrong with `delta` at most. */
export function ratioNeeded(total: number, delta: number): number {
  return Math.log((1 + Math.log(Math.max(1, total))) / delta);
}

// Below these parts of the scale, gaps and variances would only lose digits; the shares have a limit there, which this comes near to.
const least = 1e-6;

/**
 * The shares of the samples with which the ratio of the closest challenger grows fastest, in the order of the arms.
 *
 * With the leader's share as the unit, a challenger that must reach the ratio y needs r = σ² / (gap² / 2y − σ²L). The best
 * y makes Σ r² / σ² = 1 / σ²L; the sum grows with y, so that halving an interval finds it.
 */
export function optimalShares(arms: readonly Arm[], epsilon: number): readonly number[] {
  const best = leaderOf(arms);
  const leader = arms[best];
  if (leader === undefined) return [];
  const rawGaps = arms.map(({ mean }) => leader.mean - mean + epsilon);
  const scale = Math.max(...rawGaps, ...arms.map((arm) => Math.sqrt(arm.variance)));
  if (!(scale > 0) || arms.length === 1) return arms.map(() => 1 / arms.length);
  const variances = arms.map((arm) => Math.max(arm.variance, (least * scale) ** 2));
  const gaps = rawGaps.map((gap) => Math.max(gap, least * scale));
  const leaderVariance = variances[best] ?? 1;
  const closest = Math.min(...gaps.filter((_, at) => at !== best));
  // A challenger's need at y, given as a part of the y that the closest one allows at most.
  const need = (at: number, part: number): number => {
    const apart = (gaps[at] ?? 0) / closest;
    return (variances[at] ?? 0) / (leaderVariance * (apart ** 2 / part - 1));
  };
  const isBeyond = (part: number): boolean => {
    let sum = 0;
    for (let at = 0; at < arms.length; at++) if (at !== best) sum += need(at, part) ** 2 / (variances[at] ?? 1);
    return sum > 1 / leaderVariance;
  };
  let low = 0;
  let high = 1;
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2;
    if (isBeyond(middle)) high = middle;
    else low = middle;
  }
  return normalised(arms.map((_, at) => (at === best ? 1 : need(at, low))));
}

/** The first of those with the highest mean; -1 of none. */
export function leaderOf(arms: readonly Arm[]): number {
  let best = -1;
  for (const [at, { mean }] of arms.entries()) if (mean > (arms[best]?.mean ?? -Infinity)) best = at;
  return best;
}

/** Every share raised to `floor` at least, at the cost of all in proportion. A floor that does not leave room is an even split. */
export function withFloor(shares: readonly number[], floor: number): readonly number[] {
  const lifted = Math.min(floor, 1 / Math.max(1, shares.length));
  return shares.map((share) => lifted + (1 - lifted * shares.length) * share);
}

export function normalised(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length));
}
