/** Verdicts in plain words. */
import type { Terms } from './contest.ts';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

export function saysOf(verdict: Verdict, evidence: Evidence, terms: Terms, missing: number | undefined): string {
  switch (verdict.is) {
    case 'winner':
      return winner(verdict.variant, evidence, terms);
    case 'blocked': {
      const { variant, metric, mean, baseline, baselineMean } = verdict.by;
      const worse = `${variant} is worse than ${baseline} by the guardrail ${metric} (${figure(mean)} against ${figure(baselineMean)})`;
      return `${worse}, so that it cannot win by ${evidence.metric.name}. New episodes go to ${verdict.instead}.`;
    }
    case 'undecided':
      return undecided(verdict, evidence, terms, missing);
  }
}

function winner(variant: string, evidence: Evidence, { delta, epsilon }: Terms): string {
  const how = epsilon > 0 ? `is the best, or within ${figure(epsilon)} of it` : 'is better than every other candidate';
  const certain =
    evidence.metric.type === 'boolean'
      ? `The chance that this is an error is ${percent(delta)} at most, however often one looks.`
      : `The chance that this is an error is about ${percent(delta)} at most.`;
  return `${meanOf(evidence, variant)} ${how} by ${evidence.metric.name}. ${certain}`;
}

function undecided(verdict: Extract<Verdict, { is: 'undecided' }>, evidence: Evidence, terms: Terms, missing: number | undefined): string {
  switch (verdict.why) {
    case 'alone':
      return 'There is a single candidate, so that there is nothing to compare.';
    case 'no feedback':
      return `No candidate has a value by ${evidence.metric.name} yet.`;
    case 'too few': {
      const have = verdict.lacking.map(({ variant, n }) => `${variant} has ${n}`).join(', ');
      return `Too early to say: of the ${terms.minSamples} values that each candidate needs, ${have}.`;
    }
    case 'no difference':
      return `The samples are used up, and no difference was shown. New episodes go to ${meanOf(evidence, verdict.leader)}, which leads.`;
    case 'too close': {
      const open = verdict.open.map(({ challenger }) => meanOf(evidence, challenger));
      const ahead = `${meanOf(evidence, verdict.leader)} leads; ${listed(open)} may still be better.`;
      return `${ahead} ${howLong(missing)}`;
    }
  }
}

function howLong(missing: number | undefined): string {
  if (missing === undefined) return 'At this difference it would take too many values to tell.';
  return missing === 0 ? '' : `About ${roughly(missing)} more values for each would do at this difference.`;
}

function meanOf(evidence: Evidence, variant: string): string {
  return `${variant} (${figure(evidence.moments(variant).mean)})`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Two digits that count. */
function roughly(count: number): string {
  return String(Number(count.toPrecision(2)));
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

/** Three digits that count, without an exponent where people would not want one. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (value === 0 || (size >= 0.001 && size < 1_000_000)) return String(size >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
  return value.toPrecision(3);
}
