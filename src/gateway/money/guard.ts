/**
 * Stands before every request to a provider: what it may cost at worst is taken first, and corrected after it.
 *
 * Q1. A request passes when the run's purse and every meter that counts it have what it may come to at worst; they
 *     give it all, or none of them does.
 * Q2. What is taken and never settled stays taken: the request may have been made.
 * Q3. A settlement counts once. It is never refused, and a dearer answer than the worst shows in what is left.
 * Q4. A refusal says of which limit, how much was needed and left, and when it will do. One that means "something
 *     cheaper, please" is known by `degradeIn` (refusals.ts).
 */
import { ContinuoError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Meters, Take } from '../../ports/ledger.ts';
import type { BudgetRule, RateLimitRule } from '../config/model.ts';
import type { Purse } from '../inference.ts';
import type { Guard } from '../models/model-call.ts';
import { limitsFor, type Limit } from './limits.ts';
import { purseEmpty, refused } from './refusals.ts';
import type { Tags } from './scopes.ts';

export interface Guarding {
  readonly meters: Meters;
  readonly clock: Clock;
  readonly budgets: readonly BudgetRule[];
  readonly rateLimits: readonly RateLimitRule[];
  /** `project`, `function`, and whatever the caller gave; the guard adds `model` and `provider`. */
  readonly tags: Tags;
  readonly purse?: Purse;
  /** Milliseconds that a rate limit may be waited out; 0 when absent. */
  readonly waitUpTo?: number;
  readonly signal?: AbortSignal;
  /** Hears of a correction that the store refused: what was taken stays taken, and the answer was paid for. */
  readonly told?: (error: unknown) => undefined;
}

type Spent = Parameters<Guard['reserve']>[0];

export function guardOf(parts: Guarding): Guard {
  return {
    reserve: async (worst) => {
      if (!isAmount(worst.tokens) || !isAmount(worst.cost))
        throw new ContinuoError('INTERNAL', `${worst.tokens} tokens for $${worst.cost} cannot be reserved`);
      const tags = {
        ...parts.tags,
        ...(worst.model === undefined ? {} : { model: worst.model }),
        ...(worst.provider === undefined ? {} : { provider: worst.provider }),
      };
      const settlePurse = await takeFromPurse(parts.purse, worst.cost, tags);
      try {
        const limits = await takeFromMeters(parts, tags, worst);
        return once(async (actual) => {
          await Promise.all([settlePurse?.(actual.cost), correct(parts, limits, worst, actual).catch(parts.told)]);
        });
      } catch (error) {
        await settlePurse?.(0);
        throw error;
      }
    },
  };
}

async function takeFromPurse(purse: Purse | undefined, cost: number, tags: Tags): Promise<((actual: number) => Promise<void>) | undefined> {
  const reserved = await purse?.reserve(cost);
  if (reserved === undefined) return undefined;
  if (!reserved.granted) throw purseEmpty(tags, cost, reserved.left);
  return (actual) => reserved.settle(actual);
}

/** Answers with what the request is counted in. */
async function takeFromMeters(parts: Guarding, tags: Tags, worst: Spent): Promise<readonly Limit[]> {
  const { meters, clock, signal } = parts;
  const until = clock.now() + (parts.waitUpTo ?? 0);
  for (;;) {
    signal?.throwIfAborted();
    const now = clock.now();
    const limits = limitsFor(parts, tags, now);
    const takes = limits.map((limit) => takeOf(limit, amountOf(limit, worst))).filter(({ amount }) => amount > 0);
    const taken = takes.length === 0 ? ({ granted: true } as const) : await meters.take(takes, now);
    if (taken.granted) return limits;
    const limit = limits.find(({ id }) => id === taken.meter);
    if (limit === undefined) throw new ContinuoError('INTERNAL', `meter ${taken.meter} refused, and it was not asked`);
    const { retryAt } = taken;
    if (limit.is === 'budget' || retryAt === undefined || retryAt > until)
      throw refused(limit, taken, amountOf(limit, worst), tags, clock.now());
    await wakeAt(clock, Math.max(retryAt, clock.now() + 1), signal);
  }
}

async function correct({ meters, clock }: Guarding, limits: readonly Limit[], worst: Spent, actual: Spent): Promise<void> {
  const corrections = limits
    .map((limit) => takeOf(limit, amountOf(limit, worst) - amountOf(limit, actual)))
    .filter(({ amount }) => amount !== 0);
  if (corrections.length > 0) await meters.correct(corrections, clock.now());
}

function takeOf({ id, capacity, refill }: Limit, amount: number): Take {
  return { id, capacity, refill, amount };
}

function amountOf({ counts }: Limit, spent: Spent): number {
  return counts === 'inferences' ? 1 : spent[counts];
}

function isAmount(amount: number): boolean {
  return Number.isFinite(amount) && amount >= 0;
}

/** Q3 */
function once(settle: (actual: Spent) => Promise<void>): (actual: Spent) => Promise<void> {
  let settled: Promise<void> | undefined;
  return (actual) => (settled ??= settle(actual));
}

function wakeAt(clock: Clock, time: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.at(time, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}
