/** From findings to a judgement; the same scale for scripts and for films. */

export type Where = number | 'film';
export type Fix = 'picture' | 'narration' | 'timing' | 'captions' | 'audio';

export interface Problem {
  readonly where: Where;
  /** What is wrong, and how to mend it. */
  readonly what: string;
  readonly fix: Fix;
}

/** A problem with what it takes off the score. */
export interface Finding extends Problem {
  readonly cost: number;
}

export interface Verdict {
  readonly score: number;
  readonly rating: 'EXCELLENT' | 'GOOD' | 'FAIR' | 'POOR';
  readonly strengths: readonly string[];
  readonly problems: readonly Problem[];
  readonly summary: string;
}

export const found = (where: Where, fix: Fix, cost: number, what: string): Finding => ({ where, fix, cost, what });

/** The most that problems of one kind take off: ten scenes that are a little fast are one fault and not ten. */
const MOST_PER_KIND = 3.5;
/** Rules cannot see whether something is true or beautiful: the last half point is for those who can. */
const BEST = 9.5;
const MOST_PROBLEMS = 40;
const MOST_STRENGTHS = 8;

const ratingOf = (score: number): Verdict['rating'] => {
  if (score >= 9) return 'EXCELLENT';
  if (score >= 7) return 'GOOD';
  return score >= 5 ? 'FAIR' : 'POOR';
};

function scoreOf(findings: readonly Finding[]): number {
  const kinds = Map.groupBy(findings, (finding) => `${finding.fix} ${finding.where === 'film' ? 'film' : 'scene'}`);
  let taken = 0;
  for (const of of kinds.values()) {
    const costs = of.map((finding) => finding.cost);
    // One grave fault counts in full, however many small ones stand beside it.
    taken += Math.max(
      Math.min(
        costs.reduce((a, b) => a + b, 0),
        MOST_PER_KIND,
      ),
      Math.max(...costs),
    );
  }
  return Math.max(1, Math.round((BEST - taken) * 10) / 10);
}

const openings: Readonly<Record<Verdict['rating'], string>> = {
  EXCELLENT: 'Ready to publish',
  GOOD: 'Good enough to publish',
  FAIR: 'Worth another round',
  POOR: 'To be made again',
};

function summaryOf(score: number, findings: readonly Finding[]): string {
  const opening = `${openings[ratingOf(score)]} (${score} of 10)`;
  const [worst] = findings;
  if (worst === undefined) return `${opening}: nothing was found that should be changed.`;
  const place = worst.where === 'film' ? 'in the film as a whole' : `in scene ${worst.where}`;
  const others = findings.length === 1 ? '' : ` ${findings.length - 1} more ${findings.length === 2 ? 'is' : 'are'} listed.`;
  return `${opening}. What matters most, ${place}: ${worst.what}${others}`;
}

export function verdict(findings: readonly Finding[], strengths: readonly string[]): Verdict {
  const order = (where: Where): number => (where === 'film' ? -1 : where);
  const sorted = findings.toSorted((a, b) => b.cost - a.cost || order(a.where) - order(b.where));
  const score = scoreOf(sorted);
  return {
    score,
    rating: ratingOf(score),
    strengths: strengths.slice(0, MOST_STRENGTHS),
    problems: sorted.slice(0, MOST_PROBLEMS).map(({ where, what, fix }) => ({ where, what, fix })),
    summary: summaryOf(score, sorted),
  };
}
