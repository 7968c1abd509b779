import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BudgetRule, RateLimitRule, Scope } from '../config/model.ts';
import { limitsFor } from './limits.ts';
import type { Tags } from './scopes.ts';

const noon = Date.UTC(2026, 10, 30, 12);
const each = (tag: string): Scope => ({ tag, value: { is: 'each' } });
const total = (tag: string): Scope => ({ tag, value: { is: 'total' } });
const only = (tag: string, value: string): Scope => ({ tag, value: { is: 'only', value } });

const rate = (capacity: number, scope: readonly Scope[], priority: RateLimitRule['priority'] = 'always'): RateLimitRule => ({
  limits: [{ counts: 'tokens', capacity, refill: capacity / 60_000, name: 'tokens_per_minute' }],
  priority,
  scope,
});

const budget = (name: string, scope: readonly Scope[] = [], per: BudgetRule['per'] = 'total'): BudgetRule => ({
  name,
  scope,
  limit: 10,
  per,
  onLimit: 'stop',
});

const idsOf = (
  rules: { budgets?: readonly BudgetRule[]; rateLimits?: readonly RateLimitRule[] },
  tags: Tags,
  now = noon,
): readonly string[] => limitsFor({ budgets: [], rateLimits: [], ...rules }, tags, now).map(({ id }) => id);

const capacitiesOf = (rateLimits: readonly RateLimitRule[], tags: Tags): readonly number[] =>
  limitsFor({ budgets: [], rateLimits }, tags, noon).map(({ capacity }) => capacity);

describe('scopes', () => {
  test('no scope is everything together', () => {
    assert.deepEqual(idsOf({ budgets: [budget('b')] }, {}), ['budget/b/all/total']);
  });

  test('each value has a meter of its own, and all together have one', () => {
    assert.deepEqual(idsOf({ budgets: [budget('b', [each('key')])] }, { key: 'x' }), ['budget/b/key:x/total']);
    assert.deepEqual(idsOf({ budgets: [budget('b', [each('key')])] }, { key: 'y' }), ['budget/b/key:y/total']);
    const together = [budget('b', [total('key')])];
    assert.deepEqual(idsOf({ budgets: together }, { key: 'x' }), idsOf({ budgets: together }, { key: 'y' }));
  });

  test('every scope has to match, and one value only itself', () => {
    const budgets = [budget('b', [only('project', 'film'), each('user')])];
    assert.deepEqual(idsOf({ budgets }, { project: 'film', user: 'ada' }), ['budget/b/project=film&user:ada/total']);
    assert.deepEqual(idsOf({ budgets }, { project: 'other', user: 'ada' }), []);
    assert.deepEqual(idsOf({ budgets }, { project: 'film' }), []);
    assert.deepEqual(idsOf({ budgets: [budget('b', [total('user')])] }, { project: 'film' }), []);
  });

  test('no value is taken for another counter', () => {
    const ids = [
      idsOf({ budgets: [budget('b', [each('a'), each('b')])] }, { a: '1', b: '2' }),
      idsOf({ budgets: [budget('b', [each('a')])] }, { a: '1&b:2' }),
      idsOf({ budgets: [budget('b', [only('a', '1')])] }, { a: '1' }),
      idsOf({ budgets: [budget('b', [each('a')])] }, { a: '1' }),
      idsOf({ budgets: [budget('b', [total('a')])] }, { a: '1' }),
      idsOf({ budgets: [budget('b', [each('a')])] }, { a: '' }),
      idsOf({ budgets: [budget('b', [each('a')])] }, { a: '1/total' }),
      idsOf({ budgets: [budget('b/a:1')] }, {}),
    ].flat();
    assert.equal(new Set(ids).size, 8, ids.join('\n'));
  });
});

describe('budgets', () => {
  test('are counted for the day, the month, or for good, in UTC', () => {
    const budgets = [budget('d', [], 'day'), budget('m', [], 'month'), budget('t')];
    assert.deepEqual(idsOf({ budgets }, {}), ['budget/d/all/2026-11-30', 'budget/m/all/2026-11', 'budget/t/all/total']);
    const midnight = Date.UTC(2026, 11, 1);
    assert.deepEqual(idsOf({ budgets }, {}, midnight - 1), idsOf({ budgets }, {}));
    assert.deepEqual(idsOf({ budgets }, {}, midnight), ['budget/d/all/2026-12-01', 'budget/m/all/2026-12', 'budget/t/all/total']);
  });

  test('say when they are renewed', () => {
    const limits = limitsFor({ budgets: [budget('d', [], 'day'), budget('m', [], 'month'), budget('t')], rateLimits: [] }, {}, noon);
    const midnight = Date.UTC(2026, 11, 1);
    assert.deepEqual(
      limits.map((limit) => (limit.is === 'budget' ? limit.renewsAt : 'rate')),
      [midnight, midnight, undefined],
    );
  });

  test('keep their meter when the limit is raised', () => {
    const raised: BudgetRule = { ...budget('b'), limit: 99 };
    assert.deepEqual(idsOf({ budgets: [raised] }, {}), idsOf({ budgets: [budget('b')] }, {}));
  });

  test('of one name are still two', () => {
    assert.deepEqual(idsOf({ budgets: [budget('b'), budget('b')] }, {}), ['budget/b/all/total', 'budget/b/all/total#2']);
  });
});

describe('rate limits', () => {
  test('of those that match, the highest priority holds, and those that always do', () => {
    const rules = [
      rate(1, []),
      rate(2, [each('key')], 1),
      rate(3, [only('key', 'vip')], 5),
      rate(4, [only('key', 'other')], 9),
      rate(5, [total('key')], 5),
    ];
    assert.deepEqual(capacitiesOf(rules, { key: 'vip' }), [1, 3, 5]);
    assert.deepEqual(capacitiesOf(rules, { key: 'other' }), [1, 4]);
    assert.deepEqual(capacitiesOf(rules, { key: 'x' }), [1, 5]);
    assert.deepEqual(capacitiesOf(rules, {}), [1]);
    assert.deepEqual(capacitiesOf([rate(2, [], -3)], {}), [2]);
  });

  test('never share a meter, also when they limit the same for the same', () => {
    const rules = [rate(1, [each('key')]), rate(2, [each('key')]), rate(3, [only('key', 'x')], 1)];
    assert.deepEqual(idsOf({ rateLimits: rules }, { key: 'x' }), [
      'rate/tokens_per_minute/key:x',
      'rate/tokens_per_minute/key:x#2',
      'rate/tokens_per_minute/key=x',
    ]);
  });

  test('come after budgets', () => {
    assert.deepEqual(idsOf({ rateLimits: [rate(1, [])], budgets: [budget('b')] }, {}), [
      'budget/b/all/total',
      'rate/tokens_per_minute/all',
    ]);
  });
});
