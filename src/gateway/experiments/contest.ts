/** The leader of several variants by one metric, and which of the others it has been shown to beat. */
import { gainNeeded, logGain } from './e-process.ts';
import type { Evidence } from './evidence.ts';
import { leaderOf, likelihoodRatio, ratioNeeded, studentised } from './track-and-stop.ts';

export interface Terms {
  /** How often, at most, a variant that is not the best may be called so, however often one looks. */
  readonly delta: number;
  /** By how much a winner may be worse than the best. */
  readonly epsilon: number;
  /** Values of each variant before anything is said. */
  readonly minSamples: number;
}

export interface Comparison {
  readonly challenger: string;
  /** Logarithm of the evidence that the leader is better, and of what is asked for. */
  readonly evidence: number;
  readonly needed: number;
  readonly isBeaten: boolean;
}

export interface Contest {
  /** Of those that have any value. */
  readonly leader: string | undefined;
  /** Variants that have too few values yet. */
  readonly lacking: readonly string[];
  readonly comparisons: readonly Comparison[];
}

export function contest(evidence: Evidence, variants: readonly string[], terms: Terms): Contest {
  const lacking = variants.filter((variant) => evidence.moments(variant).n < terms.minSamples);
  const known = variants.filter((variant) => evidence.moments(variant).n > 0);
  const leader = known[leaderOf(known.map((variant) => evidence.arm(variant)))];
  if (leader === undefined) return { leader, lacking, comparisons: [] };
  const others = variants.filter((variant) => variant !== leader);
  return { leader, lacking, comparisons: others.map((other) => compare(evidence, leader, other, others.length, terms)) };
}

/** Whether the leader stands against one of so many challengers. */
export function compare(evidence: Evidence, leader: string, challenger: string, challengers: number, terms: Terms): Comparison {
  const { delta, epsilon, minSamples } = terms;
  const isReady = [leader, challenger].every((variant) => evidence.moments(variant).n >= Math.max(2, minSamples));
  if (evidence.metric.type === 'boolean') {
    const pairs = evidence.pairs(leader, challenger);
    const gain = logGain(pairs, epsilon);
    const needed = gainNeeded(challengers, delta);
    // A tolerance makes the bet one-sided; without it, the gain is as large when the challenger is ahead.
    const isFor = epsilon > 0 || pairs.ahead > pairs.behind;
    return { challenger, evidence: isFor ? gain : -Math.abs(gain), needed, isBeaten: isReady && isFor && gain >= needed };
  }
  const [first, second] = [evidence.arm(leader), evidence.arm(challenger)];
  const ratio = isReady ? studentised(likelihoodRatio(first, second, epsilon), first, second) : 0;
  // Of two that are equal either may come to lead: the chance of an error is for both together.
  const needed = ratioNeeded(evidence.total, delta / 2);
  // Where nothing varies the ratio has no limit; what is told and printed needs a number.
  return { challenger, evidence: Math.min(ratio, Number.MAX_SAFE_INTEGER), needed, isBeaten: ratio > needed };
}

/** Whether everything that a winner needs is there. */
export function isDecided({ leader, lacking, comparisons }: Contest): boolean {
  return leader !== undefined && lacking.length === 0 && comparisons.length > 0 && comparisons.every(({ isBeaten }) => isBeaten);
}
