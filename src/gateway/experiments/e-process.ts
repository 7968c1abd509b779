/**
 * An exact test for answers of yes and no that may be looked at after every sample.
 *
 * Two variants' values are paired in order of arrival. If the first is no better, then a pair that differs speaks for it
 * with a probability of one half at most. Whoever bets on more than half, with any fixed strategy, cannot expect to gain;
 * the chance ever to turn 1 into 1/δ is δ at most. What is computed here is the gain of somebody who splits the
 * money evenly over all odds: B(A+1, D+1) · 2^(A+D).
 */
import { logBeta } from './log-beta.ts';

export interface Pairs {
  /** How many pairs speak for the first, for the second, and for neither. */
  readonly ahead: number;
  readonly behind: number;
  readonly level: number;
}

/**
 * Logarithm of the gain against "the first is not better than the second" (with `epsilon`: "is worse by that much or
 * more"). It is large too when the second is better; who calls the first better looks at which is ahead.
 */
export function logGain({ ahead, behind, level }: Pairs, epsilon: number): number {
  if (epsilon === 0) return logBeta(ahead + 1, behind + 1) + (ahead + behind) * Math.LN2;
  // With a tolerance, ties count as well, and the mixture has no closed form: an even split over finitely many stakes is as exact.
  const gains = stakes.map((part) => {
    const stake = part / (1 - Math.min(epsilon, 0.99));
    return ahead * Math.log1p(stake * (1 + epsilon)) + behind * Math.log1p(stake * (epsilon - 1)) + level * Math.log1p(stake * epsilon);
  });
  const most = Math.max(...gains);
  return most + Math.log(gains.reduce((sum, gain) => sum + Math.exp(gain - most), 0) / gains.length);
}

const stakes: readonly number[] = Array.from({ length: 50 }, (_, at) => (at + 0.5) / 50);

/** What the logarithm must reach before a leader is called better than each of its challengers. */
export function gainNeeded(challengers: number, delta: number): number {
  return Math.log(Math.max(1, challengers) / delta);
}
