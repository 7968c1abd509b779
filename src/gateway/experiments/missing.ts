/** How much longer an experiment would take if what was seen went on. */
import { compare, type Terms } from './contest.ts';
import { gainNeeded, logGain } from './e-process.ts';
import type { Evidence } from './evidence.ts';
import { likelihoodRatio, ratioNeeded, studentised, type Arm } from './track-and-stop.ts';

/**
 * Samples that each of the two still needs, at the difference that there is; undefined where that is more than `atMost`,
 * or where there is no difference.
 */
export function samplesMissing(
  evidence: Evidence,
  leader: string,
  challenger: string,
  challengers: number,
  terms: Terms,
  atMost: number,
): number | undefined {
  const n = Math.min(evidence.moments(leader).n, evidence.moments(challenger).n);
  if (n === 0) return undefined;
  if (compare(evidence, leader, challenger, challengers, terms).isBeaten) return 0;
  const isEnough = enough(evidence, leader, challenger, challengers, terms);
  let high = 1;
  while (!isEnough(high)) {
    if (n * high > atMost) return undefined;
    high *= 2;
  }
  let low = 1;
  for (let halving = 0; halving < 30; halving++) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  const missing = Math.max(Math.ceil(n * (high - 1)), terms.minSamples - n, 1);
  return n + missing > atMost ? undefined : missing;
}

/** Whether so many times what was seen would do. */
function enough(
  evidence: Evidence,
  leader: string,
  challenger: string,
  challengers: number,
  { delta, epsilon }: Terms,
): (times: number) => boolean {
  if (evidence.metric.type === 'boolean') {
    const { ahead, behind, level } = evidence.pairs(leader, challenger);
    if (epsilon === 0 && ahead <= behind) return () => false;
    const needed = gainNeeded(challengers, delta);
    return (times) => logGain({ ahead: ahead * times, behind: behind * times, level: level * times }, epsilon) >= needed;
  }
  const grown = (arm: Arm, times: number): Arm => ({ ...arm, n: arm.n * times });
  return (times) => {
    const [first, second] = [grown(evidence.arm(leader), times), grown(evidence.arm(challenger), times)];
    return studentised(likelihoodRatio(first, second, epsilon), first, second) > ratioNeeded(evidence.total * times, delta / 2);
  };
}
