/** Experiments in a world whose truth is known: seeded, and without a clock. */
import { Evidence } from '../../src/gateway/experiments/evidence.ts';
import { standing, type AdaptiveExperiment } from '../../src/gateway/experiments/standing.ts';
import { judge } from '../../src/gateway/experiments/verdict.ts';
import { normal } from '../../src/gateway/experiments/thompson.ts';

/** `TIMES=10` in the environment draws ten times as many experiments. */
export const times: number = Number(process.env['TIMES'] ?? 1);

export interface World {
  readonly type: 'boolean' | 'float';
  /** By arm; the last is the best. */
  readonly means: readonly number[];
  /** Of floats. */
  readonly deviation?: number;
  /** Instead of normal noise of that deviation: noise of mean 0. */
  readonly noise?: (random: () => number) => number;
}

export interface Course {
  readonly winner: number | undefined;
  /** Samples by arm when it ended. */
  readonly spent: readonly number[];
}

/** Mulberry32. */
export function chance(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Plan {
  /** Adaptive shares are worked out anew after so many samples. */
  readonly allocation: { readonly adaptsEvery: number } | 'uniform';
  readonly experiment?: Partial<AdaptiveExperiment>;
  /** Samples between looks for a winner. */
  readonly looksEvery: number;
  /** Samples of all arms after which it ends without a winner. */
  readonly atMost: number;
}

/** One experiment, from its first sample to its winner. */
export function course(world: World, plan: Plan, seed: number): Course {
  const random = chance(seed);
  const candidates = world.means.map((_, at) => `arm-${at}`);
  const experiment: AdaptiveExperiment = {
    type: 'adaptive',
    algorithm: 'track_and_stop',
    metric: 'quality',
    candidates,
    fallbacks: [],
    guardrails: [],
    minSamples: 10,
    maxSamples: Infinity,
    delta: 0.05,
    epsilon: 0,
    minShare: 0,
    period: 0,
    ...plan.experiment,
  };
  const evidence = new Evidence({ name: 'quality', type: world.type, optimize: 'max', level: 'inference' }, candidates);
  const spent = candidates.map(() => 0);
  let shares = candidates.map(() => 1 / candidates.length);
  const { allocation, looksEvery, atMost } = plan;
  for (let samples = 1; samples <= atMost; samples++) {
    const at = allocation === 'uniform' ? samples % candidates.length : drawn(shares, random);
    spent[at] = (spent[at] ?? 0) + 1;
    evidence.add(candidates[at] ?? '', sample(world, at, random));
    if (samples % looksEvery === 0) {
      const { verdict } = judge(evidence, [], candidates, experiment);
      if (verdict.is === 'winner') return { winner: candidates.indexOf(verdict.variant), spent };
    }
    if (allocation === 'uniform' || samples % allocation.adaptsEvery !== 0) continue;
    const now = standing(experiment, evidence, [], random);
    shares = candidates.map((variant) => now.shares[variant] ?? 0);
  }
  return { winner: undefined, spent };
}

function sample({ type, means, deviation = 1, noise }: World, at: number, random: () => number): number {
  const mean = means[at] ?? 0;
  if (type === 'boolean') return random() < mean ? 1 : 0;
  return mean + (noise === undefined ? deviation * normal(random) : noise(random));
}

function drawn(shares: readonly number[], random: () => number): number {
  let left = random();
  for (const [at, share] of shares.entries()) {
    left -= share;
    if (left < 0) return at;
  }
  return shares.findLastIndex((share) => share > 0);
}

export interface Tally {
  readonly right: number;
  readonly wrong: number;
  readonly open: number;
  /** Mean samples of arms that are not the best, and of all arms; median of all. */
  readonly onLosers: number;
  readonly mean: number;
  readonly median: number;
}

export function tally(world: World, plan: Plan, runs: number, firstSeed: number = 1): Tally {
  const best = world.means.length - 1;
  const courses = Array.from({ length: runs }, (_, at) => course(world, plan, firstSeed + at));
  const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
  const lengths = courses.map(({ spent }) => sum(spent)).toSorted((a, b) => a - b);
  return {
    right: courses.filter(({ winner }) => winner === best).length / runs,
    wrong: courses.filter(({ winner }) => winner !== undefined && winner !== best).length / runs,
    open: courses.filter(({ winner }) => winner === undefined).length / runs,
    onLosers: sum(courses.map(({ spent }) => sum(spent.slice(0, best)))) / runs,
    mean: sum(lengths) / runs,
    median: lengths[Math.floor(runs / 2)] ?? 0,
  };
}
