/**
 * The meters that a call is counted in: those of the budgets and of the rate limits that hold for its tags.
 *
 * I1. A meter's id says what is limited, for whom and for which day or month, and nothing else: it stays the same when
 *     the configuration changes the amount, so that what was spent stays spent.
 * I2. Two limits are never one meter, even where they are of the same kind and for the same.
 */
import type { Meter } from '../../ports/ledger.ts';
import type { BudgetRule, RateLimitRule } from '../config/model.ts';
import { countedFor, type Counted, type Tags } from './scopes.ts';

export type Limit = RateLimit | Budget;

interface Limited extends Meter {
  readonly name: string;
  /** For messages. */
  readonly whom: string;
}

export interface RateLimit extends Limited {
  readonly is: 'rate';
  readonly counts: 'inferences' | 'tokens' | 'cost';
}

export interface Budget extends Limited {
  readonly is: 'budget';
  readonly counts: 'cost';
  readonly onLimit: BudgetRule['onLimit'];
  /** When a new day or month begins. */
  readonly renewsAt?: number;
}

/** Budgets first: what may never be passed is asked before what only has to wait. */
export function limitsFor(
  rules: { readonly budgets: readonly BudgetRule[]; readonly rateLimits: readonly RateLimitRule[] },
  tags: Tags,
  now: number,
): readonly Limit[] {
  return [...budgetsFor(rules.budgets, tags, now), ...rateLimitsFor(rules.rateLimits, tags)];
}

function budgetsFor(rules: readonly BudgetRule[], tags: Tags, now: number): readonly Budget[] {
  const apart = unlike();
  return rules.flatMap((rule) => {
    const counted = countedFor(rule.scope, tags);
    const period = periodOf(rule.per, now);
    const id = apart(`budget/${encodeURIComponent(rule.name)}/${counted?.id ?? ''}/${period.id}`);
    if (counted === undefined) return [];
    return {
      is: 'budget' as const,
      id,
      capacity: rule.limit,
      refill: 0,
      counts: 'cost' as const,
      name: rule.name,
      whom: counted.words,
      onLimit: rule.onLimit,
      ...(period.ends === undefined ? {} : { renewsAt: period.ends }),
    };
  });
}

/** Of the calendar, in UTC. */
function periodOf(per: BudgetRule['per'], now: number): { readonly id: string; readonly ends?: number } {
  const day = new Date(now);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  switch (per) {
    case 'day':
      return { id: day.toISOString().slice(0, 10), ends: Date.UTC(year, month, date + 1) };
    case 'month':
      return { id: day.toISOString().slice(0, 7), ends: Date.UTC(year, month + 1, 1) };
    case 'total':
      return { id: 'total' };
  }
}

function rateLimitsFor(rules: readonly RateLimitRule[], tags: Tags): readonly RateLimit[] {
  const apart = unlike();
  const matching: { readonly priority: RateLimitRule['priority']; readonly limits: readonly RateLimit[] }[] = [];
  for (const { limits, priority, scope } of rules) {
    const counted = countedFor(scope, tags);
    if (counted === undefined) continue;
    matching.push({ priority, limits: limits.map((limit) => rateLimit(limit, counted, apart)) });
  }
  const highest = Math.max(...matching.map(({ priority }) => (priority === 'always' ? -Infinity : priority)));
  return matching.flatMap(({ priority, limits }) => (priority === 'always' || priority === highest ? limits : []));
}

function rateLimit(
  { counts, capacity, refill, name }: RateLimitRule['limits'][number],
  counted: Counted,
  apart: (id: string) => string,
): RateLimit {
  return { is: 'rate', id: apart(`rate/${encodeURIComponent(name)}/${counted.id}`), capacity, refill, counts, name, whom: counted.words };
}

/** I2. Limits with equal ids hold for the same calls, so their order among each other is that of the configuration. */
function unlike(): (id: string) => string {
  const times = new Map<string, number>();
  return (id) => {
    const before = times.get(id) ?? 0;
    times.set(id, before + 1);
    return before === 0 ? id : `${id}#${before + 1}`;
  };
}
