/** Which variant is better, as far as can be said now. */
import { contest, isDecided, type Comparison, type Contest, type Terms } from './contest.ts';
import type { Evidence } from './evidence.ts';
import { breaches, type Breach } from './guardrails.ts';

export interface Judged extends Terms {
  /** Values of one variant after which the experiment learns no more. */
  readonly maxSamples: number;
}

export type Verdict =
  /** Nothing can be compared: a single candidate, or no values at all. */
  | { readonly is: 'undecided'; readonly why: 'alone' | 'no feedback' }
  | { readonly is: 'undecided'; readonly why: 'too few'; readonly lacking: readonly { readonly variant: string; readonly n: number }[] }
  | {
      readonly is: 'undecided';
      /** `no difference`: the experiment has all the samples that it may have. */
      readonly why: 'too close' | 'no difference';
      readonly leader: string;
      readonly open: readonly Comparison[];
    }
  | { readonly is: 'winner'; readonly variant: string; readonly comparisons: readonly Comparison[] }
  /** It would win, or nobody but the first candidate is left: a guardrail shows that it is worse. `instead` leads those that break none. */
  | { readonly is: 'blocked'; readonly variant: string; readonly by: Breach; readonly instead: string };

export interface Judgement {
  readonly verdict: Verdict;
  /** Candidates that broke a guardrail. */
  readonly barred: readonly Breach[];
  /** Among the candidates that did not. */
  readonly contest: Contest;
}

export function judge(evidence: Evidence, guardrails: readonly Evidence[], candidates: readonly string[], terms: Judged): Judgement {
  const barred = breaches(guardrails, candidates, terms);
  const allowed = candidates.filter((variant) => barred.every((breach) => breach.variant !== variant));
  const fair = contest(evidence, allowed, terms);
  const open = barred.length === 0 ? fair : contest(evidence, candidates, terms);
  return { verdict: verdictOf(open, fair, barred, evidence, candidates, terms), barred, contest: fair };
}

function verdictOf(
  open: Contest,
  fair: Contest,
  barred: readonly Breach[],
  evidence: Evidence,
  candidates: readonly string[],
  terms: Judged,
): Verdict {
  if (candidates.length < 2) return { is: 'undecided', why: 'alone' };
  const { leader } = fair;
  if (leader === undefined || open.leader === undefined) return { is: 'undecided', why: 'no feedback' };
  const nobodyIsLeft = barred.length === candidates.length - 1;
  const by = barred.find(({ variant }) => variant === open.leader) ?? (nobodyIsLeft ? barred[0] : undefined);
  if (by !== undefined && (nobodyIsLeft || isDecided(open))) return { is: 'blocked', variant: by.variant, by, instead: leader };
  if (isDecided(fair)) return { is: 'winner', variant: leader, comparisons: fair.comparisons };
  if (fair.lacking.length > 0)
    return { is: 'undecided', why: 'too few', lacking: fair.lacking.map((variant) => ({ variant, n: evidence.moments(variant).n })) };
  const isOver = candidates.some((variant) => evidence.moments(variant).n >= terms.maxSamples);
  const unbeaten = fair.comparisons.filter(({ isBeaten }) => !isBeaten);
  return { is: 'undecided', why: isOver ? 'no difference' : 'too close', leader, open: unbeaten };
}
