/** How an experiment stands: what can be said, and who gets which share of the traffic from now on. */
import type { ExperimentConfig } from '../config/model.ts';
import type { Evidence } from './evidence.ts';
import { optimalShares, withFloor } from './track-and-stop.ts';
import { thompsonShares } from './thompson.ts';
import { judge, type Judgement } from './verdict.ts';

export type AdaptiveExperiment = Extract<ExperimentConfig, { readonly type: 'adaptive' }>;

export interface Standing extends Judgement {
  /** Of every candidate; together 1. */
  readonly shares: Readonly<Record<string, number>>;
}

export function standing(
  experiment: AdaptiveExperiment,
  evidence: Evidence,
  guardrails: readonly Evidence[],
  random: () => number,
): Standing {
  const judgement = judge(evidence, guardrails, experiment.candidates, experiment);
  const shares = new Map(experiment.candidates.map((variant) => [variant, 0]));
  for (const [variant, share] of allotted(experiment, judgement, evidence, random)) shares.set(variant, share);
  return { ...judgement, shares: Object.fromEntries(shares) };
}

/** Those that a guardrail bars get nothing. */
function allotted(
  experiment: AdaptiveExperiment,
  { verdict, barred, contest }: Judgement,
  evidence: Evidence,
  random: () => number,
): readonly (readonly [variant: string, share: number])[] {
  if (verdict.is === 'winner') return [[verdict.variant, 1]];
  if (verdict.is === 'blocked') return [[verdict.instead, 1]];
  if (verdict.why === 'no difference') return [[verdict.leader, 1]];
  const allowed = experiment.candidates.filter((variant) => barred.every((breach) => breach.variant !== variant));
  // Whoever lacks samples gets an even part; what is left is shared by what is known.
  const known = allowed.filter((variant) => !contest.lacking.includes(variant));
  const explored = contest.lacking.map((variant) => [variant, 1 / allowed.length] as const);
  const rest = known.length / allowed.length;
  const informed =
    experiment.algorithm === 'thompson' ? thompsonShares(evidence, known, random) : tracked(experiment, contest, evidence, known);
  const floored = withFloor(informed, experiment.minShare);
  return [...explored, ...known.map((variant, at) => [variant, rest * (floored[at] ?? 0)] as const)];
}

/** Samples go to the leader and to those that it has not been shown to beat: the others have told what they can. */
function tracked(
  { epsilon }: AdaptiveExperiment,
  { leader, comparisons }: Judgement['contest'],
  evidence: Evidence,
  known: readonly string[],
): readonly number[] {
  const beaten = new Set(comparisons.filter(({ isBeaten }) => isBeaten).map(({ challenger }) => challenger));
  const contending = known.filter((variant) => variant === leader || !beaten.has(variant));
  const shares = optimalShares(
    contending.map((variant) => evidence.arm(variant)),
    epsilon,
  );
  return known.map((variant) => shares[contending.indexOf(variant)] ?? 0);
}
