/** Whatever stands in a configuration, it is read to its end: nothing throws, and what comes of it is whole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { folder } from './fixtures/folder.ts';
import { readConfig } from './load.ts';
import { modelsOf } from './missing-keys.ts';
import type { GatewayConfig } from './model.ts';
import { summarise } from './summary.ts';

type Node = Record<string, unknown>;

const prompting = {
  model: 'm',
  user_template: 'u.minijinja',
  templates: { other: { path: 'u.minijinja' } },
  temperature: 0.5,
  json_mode: 'on',
  stop_sequences: ['x'],
  retries: { num_retries: 1, max_delay_s: 2 },
  timeouts: { non_streaming: { total_ms: 5 }, streaming: { ttft_ms: 1, total_ms: 9 } },
  extra_body: [{ pointer: '/a/b', value: 1 }],
  extra_headers: [{ name: 'x', value: 'y' }],
};
const provider = { type: 'openai', model_name: 'gpt', api_key_location: 'env::X', cost: [{ pointer: '/u', cost_per_million: 1 }] };
const scope = [{ tag_key: 'user', tag_value: 'tensorzero::each' }];

const whole: Node = {
  gateway: { keep_contents: true },
  models: { m: { routing: ['p'], hedge_after_ms: 3, providers: { p: provider } }, sparse: { routing: ['groq', 'grok_fast'] } },
  embedding_models: { e: { routing: ['p'], providers: { p: provider } } },
  functions: {
    f: {
      type: 'chat',
      user_schema: 'u.json',
      schemas: { other: { path: 'u.json' } },
      tools: ['t'],
      tool_choice: { specific: 't' },
      variants: {
        chat: { type: 'chat_completion', ...prompting },
        named: { model: 'groq::x' },
        best: { type: 'experimental_best_of_n_sampling', candidates: ['chat', 'named'], evaluator: prompting },
        mix: { type: 'experimental_mixture_of_n', candidates: ['chat'], fuser: prompting },
        dicl: { type: 'experimental_dynamic_in_context_learning', k: 2, embedding_model: 'e', metric: 'q', ...prompting },
        rules: { type: 'rules', module: 'r.ts' },
      },
      experimentation: {
        type: 'adaptive',
        metric: 'q',
        candidate_variants: ['chat', 'best'],
        fallback_variants: ['named'],
        guardrails: ['q'],
      },
    },
    g: { type: 'json', output_schema: 'u.json', system_template: 'u.minijinja' },
    h: { type: 'json', variants: { a: { weight: 1 } }, experimentation: { type: 'static', candidate_variants: { a: 1 } } },
  },
  metrics: { q: { type: 'float', optimize: 'max', level: 'inference' } },
  tools: { t: { description: 'd', parameters: 'u.json' } },
  rate_limiting: { rules: [{ tokens_per_minute: 5, cost_per_day: { capacity: 1, refill_rate: 1 }, always: true, scope }] },
  budgets: [{ name: 'b', limit_usd: 1, scope }],
  prices: [{ provider: 'p', model: 'gpt', input_per_million: 1, output_per_million: 2 }],
  cache: { mode: 'on', ttl_s: 5 },
};

const files = { 'u.minijinja': 'x', 'u.json': '{"type":"object"}', 'r.ts': '' };

/** Every place in it, as the names and indexes on the way. */
function placesIn(value: unknown, way: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...way, name]))];
}

function changed(value: unknown, [first, ...rest]: readonly string[], change: (inner: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  const copy = structuredClone(value) as Node;
  copy[first] = changed(copy[first], rest, change);
  return copy;
}

/** C2: every name that is mentioned exists. */
function assertWhole(config: GatewayConfig): void {
  for (const { routing, providers } of Object.values(config.models)) for (const name of routing) assert.ok(Object.hasOwn(providers, name));
  for (const fn of Object.values(config.functions)) {
    const { experiment, variants } = fn;
    const candidates = experiment.type === 'adaptive' ? experiment.candidates : Object.keys(experiment.candidates);
    assert.ok(candidates.length > 0);
    for (const name of [...candidates, ...experiment.fallbacks]) assert.ok(Object.hasOwn(variants, name));
    for (const name of fn.tools) assert.ok(Object.hasOwn(config.tools, name));
    for (const variant of Object.values(variants)) {
      for (const name of modelsOf(variant)) assert.ok(Object.hasOwn(config.models, name), name);
      if ('candidates' in variant) for (const name of variant.candidates) assert.ok(Object.hasOwn(variants, name));
    }
  }
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'm',
    'rules',
    'chat',
    'env::X',
    '::',
    'groq::',
    'u.json',
    '/',
    '.',
    '__proto__',
    -1,
    0,
    0.5,
    1e308,
    true,
    [],
    {},
    [[]],
    [{}],
  ),
  fc.constantFrom<unknown>(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    new Date(0),
    ['chat', 'chat'],
    { chat: 0 },
    { type: 'rules' },
    { path: 5 },
  ),
  fc.jsonValue(),
);

test('what is whole is read without a word but what was assumed', (t) => {
  const { config, problems } = readConfig(whole, { dir: folder(t, files) });
  assert.deepEqual(
    problems.filter(({ level }) => level === 'error'),
    [],
  );
  assert.ok(config !== undefined);
  assertWhole(config);
});

test('one or two odd values anywhere: nothing throws, and a configuration comes whole or with an error', (t) => {
  const dir = folder(t, files);
  const places = placesIn(whole);
  const change = fc.tuple(fc.constantFrom(...places), odd);
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), fc.boolean(), (changes, strict) => {
      // A place may be gone after the first change; what is there in its stead is changed.
      const table = changes.reduce<unknown>((value, [way, other]) => {
        try {
          return changed(value, way, () => other);
        } catch (error) {
          if (error instanceof TypeError) return value;
          throw error;
        }
      }, whole);
      const { config, problems } = readConfig(table ?? {}, { dir, strict, env: {} });
      assert.equal(
        config === undefined,
        problems.some(({ level }) => level === 'error'),
      );
      for (const { message, mend } of problems)
        assert.ok(message !== '' && mend !== '' && !/undefined|\[object/.test(message + mend), message + mend);
      if (config === undefined) return;
      assertWhole(config);
      summarise(config, {});
    }),
    { numRuns: 500 },
  );
});
