import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configOf, little, told } from './fixtures/folder.ts';

test('rate limits are buckets: a number is capacity and refill at once', (t) => {
  const { rateLimits } = configOf(
    t,
    `${little}
[[rate_limiting.rules]]
tokens_per_minute = 6000
cost_per_month = { capacity = 10.5, refill_rate = 2.592 }
always = true
[[rate_limiting.rules]]
model_inferences_per_second = 5
priority = 2
scope = [{ tag_key = "user", tag_value = "tensorzero::each" }, { tag_key = "team", tag_value = "a" }, { tag_key = "x", tag_value = "tensorzero::total" }]
`,
  );
  assert.deepEqual(rateLimits, [
    {
      limits: [
        { counts: 'tokens', capacity: 6000, refill: 0.1, name: 'tokens_per_minute' },
        { counts: 'cost', capacity: 10.5, refill: 1e-9, name: 'cost_per_month' },
      ],
      priority: 'always',
      scope: [],
    },
    {
      limits: [{ counts: 'inferences', capacity: 5, refill: 0.005, name: 'model_inferences_per_second' }],
      priority: 2,
      scope: [
        { tag: 'user', value: { is: 'each' } },
        { tag: 'team', value: { is: 'only', value: 'a' } },
        { tag: 'x', value: { is: 'total' } },
      ],
    },
  ]);
  assert.deepEqual(
    configOf(t, `${little}[rate_limiting]\nenabled = false\n[[rate_limiting.rules]]\ntokens_per_day = 1\nalways = true\n`).rateLimits,
    [],
  );
});

test('a rule limits something, says when it holds, and scopes it by tags that there can be', (t) => {
  const rule = (rest: string) => told(t, `${little}[[rate_limiting.rules]]\n${rest}`).join('\n');
  assert.match(rule('always = true\n'), /the rule limits nothing/);
  assert.match(rule('tokens_per_minute = 1\n'), /priority: it is missing/);
  assert.match(rule('tokens_per_minute = 1\nalways = true\npriority = 1\n'), /a rule that holds always has no priority/);
  assert.match(
    rule('tokens_per_minut = 1\nalways = true\n'),
    /^error 13 rate_limiting\.rules\[0\]\.tokens_per_minut: .*Did you mean "tokens_per_minute"\?$/,
  );
  assert.match(rule('tokens_per_minute = 0\nalways = true\n'), /0 is not a whole number above 0/);
  assert.match(rule('tokens_per_minute = 1.5\nalways = true\n'), /1\.5 is not a whole number/);
  assert.match(rule('tokens_per_minute = { capacity = 1 }\nalways = true\n'), /a bucket has a capacity and a refill rate/);
  const scoped = (scope: string) => rule(`tokens_per_minute = 1\nalways = true\nscope = [${scope}]\n`);
  assert.match(scoped('{ tag_key = "u", tag_value = "tensorzero::all" }'), /there is no "tensorzero::all"/);
  assert.match(scoped('{ tag_key = "u" }'), /scope\[0\]\.tag_value: it is missing/);
  assert.match(scoped('{ tag_key = "u", tag_value = "a" }, { tag_key = "u", tag_value = "b" }'), /"u" is in it twice/);
});

test('budgets stop in the end unless they say otherwise, and have names of their own', (t) => {
  const { budgets } = configOf(
    t,
    `${little}[[budgets]]\nlimit_usd = 5\n[[budgets]]\nname = "mine"\nlimit_usd = 1\nper = "day"\non_limit = "degrade"\nscope = [{ tag_key = "project", tag_value = "x" }]\n[[budgets]]\nlimit_usd = 1\nper = "month"\nscope = [{ tag_key = "user", tag_value = "tensorzero::each" }]\n`,
  );
  assert.deepEqual(budgets, [
    { name: 'total', scope: [], limit: 5, per: 'total', onLimit: 'stop' },
    { name: 'mine', scope: [{ tag: 'project', value: { is: 'only', value: 'x' } }], limit: 1, per: 'day', onLimit: 'degrade' },
    { name: 'monthly user', scope: [{ tag: 'user', value: { is: 'each' } }], limit: 1, per: 'month', onLimit: 'stop' },
  ]);
  const wrong = (rest: string) => told(t, `${little}${rest}`).join('\n');
  assert.match(wrong('[[budgets]]\nper = "total"\n'), /budgets\[0\]\.limit_usd: it is missing/);
  assert.match(wrong('[[budgets]]\nlimit_usd = -1\n'), /-1 is not a number of at least 0/);
  assert.match(wrong('[[budgets]]\nlimit_usd = 1\nper = "week"\n'), /there is no "week" for it/);
  assert.match(wrong('[[budgets]]\nlimit_usd = 1\n[[budgets]]\nlimit_usd = 2\n'), /budgets\[1\]\.name: there is another budget "total"/);
  assert.match(wrong('[budgets]\nlimit_usd = 1\n'), /budgets: it is a table, and not a list of tables \(\[\[budgets\]\]\)/);
});

test('prices are of providers that there are, each once', (t) => {
  const price = 'model = "gpt"\ninput_per_million = 1\noutput_per_million = 2\n';
  const { prices } = configOf(
    t,
    `${little}[[prices]]\nprovider = "google_ai_studio_gemini"\n${price}cached_input_per_million = 0.1\n[[prices]]\nprovider = "p"\n${price}`,
  );
  assert.deepEqual(prices, [
    { provider: 'google', model: 'gpt', price: { input: 1, cachedInput: 0.1, output: 2 } },
    { provider: 'p', model: 'gpt', price: { input: 1, output: 2 } },
  ]);
  const wrong = (rest: string) => told(t, `${little}${rest}`).join('\n');
  assert.match(wrong(`[[prices]]\nprovider = "opnai"\n${price}`), /there is no provider "opnai"\. Did you mean "openai"\?/);
  assert.match(
    wrong(`[[prices]]\nprovider = "p"\n${price}[[prices]]\nprovider = "p"\n${price}`),
    /prices\[1\]\.model: there is another price of "gpt"/,
  );
  assert.match(wrong('[[prices]]\nprovider = "p"\nmodel = "x"\ninput_per_million = 1\n'), /prices\[0\]\.output_per_million: it is missing/);
});
