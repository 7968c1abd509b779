/** What limits calls and prices them: `[rate_limiting]`, `[[budgets]]`, `[[prices]]`, `[cache]`. */
import { defined } from '../../core/plan/fields.ts';
import { quote, suggest } from '../../core/plan/problem.ts';
import type { BudgetRule, CacheConfig, Price, PriceRule, RateLimitRule, Scope } from './model.ts';
import { spellingOf } from './provider-spellings.ts';
import { isTable, type Table } from './table.ts';

const hour = 3_600_000;
/** In milliseconds; a month is thirty days, as upstream counts. */
const intervals = { second: 1000, minute: 60_000, hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour } as const;
const counted = { model_inferences: 'inferences', tokens: 'tokens', cost: 'cost' } as const;

const limitNames = Object.keys(counted).flatMap((what) => Object.keys(intervals).map((interval) => `${what}_per_${interval}`));

/** What else a rule says. */
const beside = ['always', 'priority', 'scope'];

export function readRateLimits(root: Table): readonly RateLimitRule[] {
  const section = root.table('rate_limiting');
  if (section === undefined) return [];
  const rules = section.has('rules') ? section.tables('rules').map(readRule) : [];
  const enabled = section.boolean('enabled') ?? true;
  section.idle('backend', 'default_nano_cost');
  section.close('rate_limiting');
  return enabled ? rules : [];
}

function readRule(table: Table): RateLimitRule {
  const limits = table.names().flatMap((name) => (name.includes('_per_') ? readLimit(table, name) : []));
  if (limits.length === 0 && table.names().every((name) => beside.includes(name)))
    table.error('tokens_per_minute', 'the rule limits nothing', `Write one of ${limitNames.slice(0, 3).map(quote).join(', ')} ….`);
  const always = table.boolean('always') ?? false;
  const priority = table.number('priority', { min: 0, whole: true });
  if (always && priority !== undefined) table.error('priority', 'a rule that holds always has no priority', 'Keep one of the two.');
  if (!always && priority === undefined)
    table.error('priority', 'it is missing', 'Write `always = true`, or a priority: of the rules that match, those with the highest hold.');
  const rule: RateLimitRule = { limits, priority: always ? 'always' : (priority ?? 0), scope: readScope(table) };
  table.close('a rate limit', Object.fromEntries(table.names().map((name) => [name, suggest(name, [...limitNames, ...beside])])));
  return rule;
}

function readLimit(table: Table, name: string): RateLimitRule['limits'] {
  const [what = '', interval = ''] = name.split('_per_');
  if (!Object.hasOwn(counted, what) || !Object.hasOwn(intervals, interval)) return [];
  // Object.hasOwn has just seen both among the keys.
  const counts = counted[what as keyof typeof counted];
  const length = intervals[interval as keyof typeof intervals];
  const amount = { above: 0, ...(counts === 'cost' ? {} : { whole: true as const }) };
  if (!isTable(table.raw(name))) {
    const capacity = table.number(name, amount) ?? 1;
    return [{ counts, capacity, refill: capacity / length, name }];
  }
  const bucket = table.table(name);
  const capacity = bucket?.number('capacity', amount);
  const refill = bucket?.number('refill_rate', amount);
  if (capacity === undefined || refill === undefined)
    table.error(name, 'a bucket has a capacity and a refill rate', `Write ${name} = { capacity = 100, refill_rate = 10 }.`);
  bucket?.close('a bucket');
  return [{ counts, capacity: capacity ?? 1, refill: (refill ?? 1) / length, name }];
}

function readScope(table: Table): readonly Scope[] {
  const scope = (table.has('scope') ? table.tables('scope') : []).map((entry) => {
    const tag = entry.need('tag_key', 'Write the tag whose value counts.');
    const value = entry.need('tag_value', 'Write a value, "tensorzero::each" or "tensorzero::total".');
    entry.close('a scope');
    const special = /^tensorzero::(.*)$/.exec(value)?.[1];
    if (special !== undefined && special !== 'each' && special !== 'total')
      entry.error('tag_value', `there is no ${quote(value)}`, 'Use "tensorzero::each" or "tensorzero::total".');
    return { tag, value: special === 'each' || special === 'total' ? { is: special } : { is: 'only', value } } satisfies Scope;
  });
  const twice = scope.find(({ tag }, index) => scope.findIndex((other) => other.tag === tag) < index);
  if (twice !== undefined) table.error('scope', `${quote(twice.tag)} is in it twice`, 'Keep one.');
  return scope;
}

/** What a budget without a name is called by. */
const periods = { day: 'daily', month: 'monthly', total: 'total' } as const;

export function readBudgets(root: Table): readonly BudgetRule[] {
  root.ours('budgets');
  const budgets = (root.has('budgets') ? root.tables('budgets') : []).map((table) => {
    const scope = readScope(table);
    const per = table.oneOf('per', ['day', 'month', 'total']) ?? 'total';
    if (!table.has('limit_usd')) table.error('limit_usd', 'it is missing', 'Write the dollars that may be spent.');
    const tags = scope.map(({ tag, value }) => (value.is === 'only' ? `${tag}=${value.value}` : tag));
    const budget: BudgetRule = {
      name: table.string('name') ?? [periods[per], ...tags].join(' '),
      scope,
      limit: table.number('limit_usd', { min: 0 }) ?? 0,
      per,
      onLimit: table.oneOf('on_limit', ['degrade', 'ask', 'stop']) ?? 'stop',
    };
    table.close('a budget', { limit: 'Did you mean "limit_usd"?' });
    return { table, budget };
  });
  for (const [index, { table, budget }] of budgets.entries())
    if (budgets.findIndex((other) => other.budget.name === budget.name) < index)
      table.error(
        'name',
        `there is another budget ${quote(budget.name)}`,
        'Give it a name of its own: budgets of one name would be counted together.',
      );
  return budgets.map(({ budget }) => budget);
}

export function readPrices(root: Table, providers: ReadonlySet<string>): readonly PriceRule[] {
  root.ours('prices');
  const seen = new Set<string>();
  return (root.has('prices') ? root.tables('prices') : []).map((table) => {
    const name = table.need('provider', 'Write the provider’s type, or its name in a model.');
    const provider = providers.has(name) ? name : (spellingOf(name, false)?.type ?? name);
    if (name !== '' && !providers.has(provider)) table.error('provider', `there is no provider ${quote(name)}`, suggest(name, providers));
    const model = table.need('model', 'Write the provider’s own name of the model.');
    const key = JSON.stringify([provider, model]);
    if (seen.has(key)) table.error('model', `there is another price of ${quote(model)}`, 'Keep one.');
    seen.add(key);
    for (const part of ['input_per_million', 'output_per_million'])
      if (!table.has(part)) table.error(part, 'it is missing', 'Write dollars for a million tokens.');
    const amount = { min: 0 } as const;
    const price = defined<Price>({
      input: table.number('input_per_million', amount) ?? 0,
      cachedInput: table.number('cached_input_per_million', amount),
      cacheWrite: table.number('cache_write_per_million', amount),
      output: table.number('output_per_million', amount) ?? 0,
    });
    table.close('a price');
    return { provider, model, price };
  });
}

export function readCache(root: Table): CacheConfig {
  root.ours('cache');
  const table = root.table('cache');
  const cache: CacheConfig = {
    mode: table?.oneOf('mode', ['off', 'on', 'read_only', 'write_only']) ?? 'off',
    ttl: (table?.number('ttl_s', { above: 0 }) ?? 3600) * 1000,
  };
  table?.close('the cache');
  return cache;
}
