/**
 * Thompson sampling: each arm gets the share with which it would be the best, if the world were drawn from what is
 * believed now. Good for gathering reward, and no ground for calling a winner.
 */
import type { Evidence } from './evidence.ts';

const draws = 2000;

/** The shares in the order of the variants. */
export function thompsonShares(evidence: Evidence, variants: readonly string[], random: () => number): readonly number[] {
  const believed = variants.map((variant) => belief(evidence, variant, random));
  const wins = variants.map(() => 0);
  for (let draw = 0; draw < draws; draw++) {
    let best = 0;
    let most = -Infinity;
    for (const [at, drawn] of believed.entries()) {
      const value = drawn();
      if (value > most) [best, most] = [at, value];
    }
    wins[best] = (wins[best] ?? 0) + 1;
  }
  return wins.map((count) => count / draws);
}

/** A source of means that an arm may have: beta for booleans, normal-inverse-gamma for floats, both with hardly an opinion of their own. */
function belief(evidence: Evidence, variant: string, random: () => number): () => number {
  const { n, mean, variance } = evidence.arm(variant);
  if (evidence.metric.type === 'float') {
    const precision = Math.max(1, n);
    const shape = (precision + 1) / 2;
    return () => mean + Math.sqrt((variance * shape) / gamma(shape, random) / precision) * normal(random);
  }
  const successes = n * (evidence.metric.optimize === 'max' ? mean : 1 + mean);
  return () => {
    const yes = gamma(successes + 1, random);
    return yes / (yes + gamma(n - successes + 1, random));
  };
}

/** By Box and Muller. */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** By Marsaglia and Tsang, for a shape of 1 or more. */
function gamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < x ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
