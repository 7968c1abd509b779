import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openMemory } from '../../backends/memory/index.ts';
import { openSqlite } from '../../backends/sqlite/index.ts';
import { ContinuoError } from '../../core/errors.ts';
import type { Backend } from '../../ports/backend.ts';
import { SimulatedClock } from '../../testing/simulated-clock.ts';
import type { BudgetRule, RateLimitRule } from '../config/model.ts';
import type { Purse } from '../inference.ts';
import type { Guard } from '../models/model-call.ts';
import { guardOf, type Guarding } from './guard.ts';
import { limitsFor } from './limits.ts';
import { degradeIn } from './refusals.ts';

const tags = { project: 'film', function: 'script', model: 'fast' };
const budget = (limit: number, more: Partial<BudgetRule> = {}): BudgetRule => ({
  name: 'monthly',
  scope: [{ tag: 'project', value: { is: 'each' } }],
  limit,
  per: 'total',
  onLimit: 'stop',
  ...more,
});
const perMinute = (counts: 'inferences' | 'tokens' | 'cost', capacity: number): RateLimitRule => ({
  limits: [{ counts, capacity, refill: capacity / 60_000, name: `${counts}_per_minute` }],
  priority: 'always',
  scope: [],
});
const worst = (cost: number, tokens = 0) => ({ cost, tokens });

/** A purse that keeps its own books, as the run does. */
class Books implements Purse {
  spent = 0;
  reserved = 0;
  readonly #limit: number;
  readonly #onLimit: 'degrade' | 'stop';

  constructor(limit: number, onLimit: 'degrade' | 'stop' = 'stop') {
    this.#limit = limit;
    this.#onLimit = onLimit;
  }

  async reserve(amount: number): ReturnType<Purse['reserve']> {
    const left = this.#limit - this.spent - this.reserved;
    if (amount > left) {
      if (this.#onLimit === 'degrade') return { granted: false, onLimit: 'degrade', left };
      throw new ContinuoError('BUDGET_EXCEEDED', 'the run has too little', { of: 'run', onLimit: 'stop', needed: amount, left });
    }
    this.reserved += amount;
    return {
      granted: true,
      settle: async (actual) => {
        this.reserved -= amount;
        this.spent += actual;
      },
    };
  }
}

interface Desk {
  readonly clock: SimulatedClock;
  readonly guard: (parts: Partial<Guarding>) => Guard;
  readonly left: (parts: Partial<Guarding>) => Promise<readonly number[]>;
}

/** On every store that counts: what is promised here is kept there. */
function onEveryStore(name: string, body: (desk: Desk) => Promise<void>): void {
  const stores: Readonly<Record<string, (dir: string) => Promise<Backend>>> = {
    memory: async () => openMemory(),
    sqlite: (dir) => openSqlite({ dir, role: 'engine' }),
  };
  for (const [store, open] of Object.entries(stores))
    test(`${name} (${store})`, async () => {
      const dir = mkdtempSync(join(tmpdir(), 'continuo-guard-'));
      const backend = await open(dir);
      const clock = new SimulatedClock();
      const usual: Guarding = { meters: backend.meters, clock, budgets: [], rateLimits: [], tags };
      try {
        await body({
          clock,
          guard: (parts) => guardOf({ ...usual, ...parts }),
          left: (parts) => backend.meters.left(limitsFor({ ...usual, ...parts }, tags, clock.now()), clock.now()),
        });
      } finally {
        await backend.close();
        rmSync(dir, { recursive: true });
      }
    });
}

const thrown = async (call: Promise<unknown>): Promise<ContinuoError> => {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof ContinuoError, String(error));
    return error;
  }
  return assert.fail('it was granted');
};

describe('a guard', () => {
  onEveryStore('takes the worst and settles the actual, in the purse and in every meter', async ({ guard, left }) => {
    const purse = new Books(1);
    const rules = { budgets: [budget(2)], rateLimits: [perMinute('tokens', 1000), perMinute('inferences', 5), perMinute('cost', 3)] };
    const settle = await guard({ ...rules, purse }).reserve(worst(0.5, 400));
    assert.deepEqual([await left(rules), purse.reserved], [[1.5, 600, 4, 2.5], 0.5]);
    await settle(worst(0.2, 100));
    assert.deepEqual([await left(rules), purse.spent, purse.reserved], [[1.8, 900, 4, 2.8], 0.2, 0]);
  });

  onEveryStore('counts a settlement once, and one that is dearer than the worst in full', async ({ guard, left }) => {
    const purse = new Books(1);
    const rules = { budgets: [budget(1)] };
    const settle = await guard({ ...rules, purse }).reserve(worst(0.5));
    await Promise.all([settle(worst(1.25)), settle(worst(0)), settle(worst(1.25))]);
    assert.deepEqual([await left(rules), purse.spent, purse.reserved], [[-0.25], 1.25, 0]);
    assert.equal((await thrown(guard(rules).reserve(worst(0.01)))).code, 'BUDGET_EXCEEDED');
  });

  onEveryStore('keeps what is never settled', async ({ guard, left }) => {
    const rules = { budgets: [budget(1)] };
    await guard(rules).reserve(worst(0.75));
    assert.deepEqual(await left(rules), [0.25]);
  });

  onEveryStore('takes nothing anywhere when one of them refuses', async ({ guard, left }) => {
    const purse = new Books(5);
    const rules = { budgets: [budget(1)], rateLimits: [perMinute('tokens', 100)] };
    assert.equal((await thrown(guard({ ...rules, purse }).reserve(worst(0.5, 101)))).code, 'RATE_LIMITED');
    assert.equal((await thrown(guard({ ...rules, purse }).reserve(worst(1.5, 1)))).code, 'BUDGET_EXCEEDED');
    assert.equal((await thrown(guard({ ...rules, purse: new Books(0.1) }).reserve(worst(0.5, 1)))).message, 'the run has too little');
    assert.deepEqual([await left(rules), purse.reserved, purse.spent], [[1, 100], 0, 0]);
  });

  onEveryStore('refuses over a budget with its name, what is needed, what is left, and when it is renewed', async ({ guard, clock }) => {
    const rules = { budgets: [budget(1, { per: 'day' })] };
    await guard(rules).reserve(worst(0.6));
    const error = await thrown(guard(rules).reserve({ ...worst(0.5), provider: 'groq' }));
    const renewsAt = '2026-01-02T00:00:00.000Z';
    assert.deepEqual(error.details, { of: 'budget monthly', onLimit: 'stop', needed: 0.5, left: 0.4, renewsAt });
    assert.equal(
      error.message,
      `function script (model fast, provider groq) may need $0.5000, and budget "monthly" (project "film") has $0.4000 of $1.0000 left; it is renewed at ${renewsAt}`,
    );
    assert.equal(error.retryable, false);
    clock.advance(24 * 3_600_000);
    await guard(rules).reserve(worst(0.5));
  });

  onEveryStore('stops with the way to raise it where a budget would be asked for', async ({ guard }) => {
    const error = await thrown(guard({ budgets: [budget(1, { onLimit: 'ask' })] }).reserve(worst(2)));
    assert.match(error.message, /raise its limit_usd/);
    assert.equal(degradeIn(error), undefined);
  });

  onEveryStore('tells degrading apart, whoever asks for it', async ({ guard }) => {
    const ofBudget = await thrown(guard({ budgets: [budget(1, { onLimit: 'degrade' })] }).reserve(worst(2)));
    assert.deepEqual(degradeIn(ofBudget), { of: 'budget monthly', needed: 2, left: 1 });
    const ofRun = await thrown(guard({ purse: new Books(1, 'degrade') }).reserve(worst(2)));
    assert.deepEqual(degradeIn(ofRun), { of: 'run', needed: 2, left: 1 });
    assert.deepEqual(ofRun.details, { of: 'run', onLimit: 'degrade', needed: 2, left: 1 });
    const stops = await thrown(guard({ purse: new Books(1) }).reserve(worst(2)));
    for (const other of [stops, new Error('other'), new ContinuoError('BUDGET_EXCEEDED', 'plain'), undefined])
      assert.equal(degradeIn(other), undefined);
  });

  onEveryStore('says when there is enough again, and grants it then', async ({ guard, clock }) => {
    const rules = { rateLimits: [perMinute('tokens', 600)] };
    await guard(rules).reserve(worst(0, 600));
    const error = await thrown(guard(rules).reserve(worst(0, 50)));
    const at = new Date(clock.now() + 5000).toISOString();
    assert.deepEqual([error.code, error.retryable, error.details], ['RATE_LIMITED', true, { limit: 'tokens_per_minute', retryAt: at }]);
    assert.match(
      error.message,
      /needs 50 of rate limit tokens_per_minute \(everything together\), which has 0 of 600 left: there is enough in 5 s/,
    );
    clock.advance(4999);
    await thrown(guard(rules).reserve(worst(0, 50)));
    clock.advance(1);
    await guard(rules).reserve(worst(0, 50));
  });

  onEveryStore('does not promise what a limit never has', async ({ guard }) => {
    const error = await thrown(guard({ rateLimits: [perMinute('tokens', 600)], waitUpTo: 1e9 }).reserve(worst(0, 601)));
    assert.deepEqual([error.code, error.retryable, error.details], ['RATE_LIMITED', false, { limit: 'tokens_per_minute' }]);
    assert.match(error.message, /lower max_tokens/);
  });

  onEveryStore('lets what costs nothing pass an empty budget', async ({ guard }) => {
    const rules = { budgets: [budget(1)] };
    await guard(rules).reserve(worst(1));
    const settle = await guard(rules).reserve(worst(0, 10));
    await settle(worst(0, 10));
  });

  onEveryStore('counts what an answer without a known price cost after all', async ({ guard, left }) => {
    const rules = { budgets: [budget(1)] };
    const settle = await guard(rules).reserve(worst(0));
    await settle(worst(0.3));
    assert.deepEqual(await left(rules), [0.7]);
  });

  onEveryStore('counts in the month in which it was reserved', async ({ guard, left, clock }) => {
    const rules = { budgets: [budget(1, { per: 'month' })] };
    const settle = await guard(rules).reserve(worst(0.8));
    const [before] = limitsFor({ rateLimits: [], ...rules }, tags, clock.now());
    clock.advance(40 * 24 * 3_600_000);
    await settle(worst(0.3));
    assert.deepEqual(await left(rules), [1]);
    assert.ok(before !== undefined);
    const again = guard({ budgets: [budget(1, { per: 'month' })] });
    await again.reserve(worst(1));
  });

  onEveryStore('refuses an amount that is none', async ({ guard }) => {
    for (const bad of [worst(NaN), worst(-1), worst(Infinity), worst(0, NaN), worst(0, -1)])
      assert.equal((await thrown(guard({}).reserve(bad))).code, 'INTERNAL');
  });

  onEveryStore('limits providers apart', async ({ guard }) => {
    const rules = { budgets: [budget(1, { scope: [{ tag: 'provider', value: { is: 'each' } }] })] };
    await guard(rules).reserve({ ...worst(1), provider: 'groq' });
    await guard(rules).reserve({ ...worst(1), provider: 'openai' });
    await thrown(guard(rules).reserve({ ...worst(1), provider: 'groq' }));
  });
});

/** Until somebody waits, or nobody is left who could. */
const settled = async (clock: SimulatedClock): Promise<void> => {
  for (let i = 0; clock.next === undefined && i < 20_000; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('waiting for a rate limit', () => {
  onEveryStore('a short wait is waited out, by the clock', async ({ guard, clock }) => {
    const rules = { rateLimits: [perMinute('tokens', 600)], waitUpTo: 5000 };
    await guard(rules).reserve(worst(0, 600));
    const waiting = guard(rules).reserve(worst(0, 50));
    await settled(clock);
    clock.advance(5000);
    await waiting;
  });

  onEveryStore('a long one is not', async ({ guard }) => {
    const rules = { rateLimits: [perMinute('tokens', 600)], waitUpTo: 4999 };
    await guard(rules).reserve(worst(0, 600));
    assert.equal((await thrown(guard(rules).reserve(worst(0, 50)))).code, 'RATE_LIMITED');
  });

  onEveryStore('who is given up on waits no longer, and gives the purse back', async ({ guard, clock }) => {
    const rules = { rateLimits: [perMinute('tokens', 600)], waitUpTo: 60_000 };
    await guard(rules).reserve(worst(0, 600));
    const purse = new Books(1);
    const controller = new AbortController();
    const waiting = guard({ ...rules, purse, signal: controller.signal }).reserve(worst(0.5, 50));
    await settled(clock);
    controller.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.deepEqual([purse.reserved, purse.spent, clock.next], [0, 0, undefined]);
  });

  onEveryStore('of many that wait, none takes more than there is', async ({ guard, clock, left }) => {
    const rules = { rateLimits: [perMinute('inferences', 6)], waitUpTo: 120_000 };
    const waiting = new Set<Promise<unknown>>();
    for (let i = 0; i < 10; i++) {
      const one: Promise<unknown> = guard(rules)
        .reserve(worst(0))
        .then(() => waiting.delete(one));
      waiting.add(one);
    }
    await settled(clock);
    assert.equal(waiting.size, 4);
    while (waiting.size > 0) {
      await Promise.race([...waiting, settled(clock)]);
      clock.step();
      const [now = 0] = await left(rules);
      assert.ok(now >= 0);
    }
  });
});
