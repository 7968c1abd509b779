/** Configurations that say less than upstream needs, as seed 002 has them; and what `strict` makes of each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configOf, little, reading, told } from './fixtures/folder.ts';

const routing = `# Fast inference (sub-10s responses)
[models.fast_llm]
routing = ["cerebras", "groq", "openrouter_fast"]

# Heavy reasoning (complex analysis)
[models.smart_llm]
routing = ["sambanova", "deepseek", "mistral", "openrouter_smart"]

# Creative tasks (prompt enhancement)
[models.creative_llm]
routing = ["xai", "google", "together"]
`;

const newFunction = `[functions.new_function]
type = "json"
system_template = "templates/new_function_system.minijinja"
user_schema = "templates/new_function_user_schema.json"
`;

const newFunctionFiles = {
  'templates/new_function_system.minijinja': 'You write.',
  'templates/new_function_user_schema.json': '{"type":"object"}',
};

test('providers are made of the names in the routing', (t) => {
  const { config, problems } = reading(t, routing);
  assert.deepEqual(
    Object.values(config?.models ?? {}).map(({ routing: names, providers }) => names.map((name) => providers[name]?.type)),
    [
      ['cerebras', 'groq', 'openrouter'],
      ['sambanova', 'deepseek', 'mistral', 'openrouter'],
      ['xai', 'google', 'together'],
    ],
  );
  const providers = Object.values(config?.models ?? {}).flatMap((model) => Object.values(model.providers));
  assert.ok(providers.every(({ modelName, key }) => modelName !== '' && key.is === 'env'));
  assert.deepEqual(
    problems.map(({ level, line, key }) => [level, line, key]),
    [
      ['warning', 2, 'models.fast_llm.providers'],
      ['warning', 6, 'models.smart_llm.providers'],
      ['warning', 10, 'models.creative_llm.providers'],
    ],
  );
  assert.match(problems[0]?.message ?? '', /taken from the names in `routing`: cerebras::gpt-oss-120b, groq::/);
});

test('names that do not say what to ask are listed, with the way to say it', (t) => {
  const [problem = '', ...rest] = told(t, '[models.mine]\nrouting = ["groq", "ollama", "my_gpu_box", "openai_compatible_x"]\n');
  assert.deepEqual(rest, []);
  assert.match(
    problem,
    /do not say which model to ask: "ollama", "my_gpu_box", "openai_compatible_x"\. .*\[models\.mine\.providers\.ollama\] with type = "ollama" and model_name/,
  );
});

test('providers that are written are not made up, so that a mistyped one is found', (t) => {
  const [problem = ''] = told(t, little.replace('["p"]', '["p", "groq"]'));
  assert.match(problem, /^error .*there is no provider "groq" in this model/);
});

test('a function that has templates and no variants has one, which asks the first model', (t) => {
  const { functions } = configOf(t, `${routing}${newFunction}`, { files: newFunctionFiles });
  const fn = functions['new_function'];
  assert.deepEqual(Object.keys(fn?.variants ?? {}), ['default']);
  const { default: only } = fn?.variants ?? {};
  assert.ok(only?.type === 'chat_completion');
  assert.deepEqual([only.model, only.templates['system']?.text], ['fast_llm', 'You write.']);
  assert.deepEqual(fn?.experiment, { type: 'static', candidates: { default: 1 }, fallbacks: [] });
  assert.match(
    told(t, newFunction, { files: newFunctionFiles }).join(),
    /^warning .*error .*default\.model: it is missing/,
    'there is no model to ask',
  );
  assert.match(
    told(t, `${routing}[functions.empty]\ntype = "json"\n`).join(),
    /error 12 functions\.empty\.variants: there are no variants/,
  );
});

test('variants without a model ask whom their names speak of, or the first; 70/30 is static', (t) => {
  const { config, problems } = reading(
    t,
    `${routing}
[functions.script_generator]
type = "json"
[functions.script_generator.variants.grok_creative]
[functions.script_generator.variants.cerebras_fast]
[functions.script_generator.variants.creative_mode]
[functions.script_generator.experimentation]
type = "static"
candidate_variants = { grok_creative = 0.7, cerebras_fast = 0.3 }

[functions.prompt_enhancer]
type = "json"
model = "creative_llm"
variants.mistral_balanced = { model = "mistral::x" }
variants.conservative_style = {}

[functions.quality_evaluator]
type = "json"
variants.gemini_pro = {}
`,
  );
  const models = Object.values(config?.functions ?? {}).flatMap(({ variants }) =>
    Object.values(variants).map((variant) => (variant.type === 'chat_completion' ? [variant.name, variant.model.split('::')[0]] : [])),
  );
  assert.deepEqual(models, [
    ['grok_creative', 'xai'],
    ['cerebras_fast', 'cerebras'],
    ['creative_mode', 'fast_llm'],
    ['mistral_balanced', 'mistral'],
    ['conservative_style', 'creative_llm'],
    ['gemini_pro', 'google'],
  ]);
  assert.deepEqual(config?.functions['script_generator']?.experiment, {
    type: 'static',
    candidates: { grok_creative: 0.7, cerebras_fast: 0.3 },
    fallbacks: [],
  });
  const assumed = problems.filter(({ key }) => key.endsWith('.model'));
  assert.deepEqual(
    assumed.map(({ level, line }) => [level, line]),
    [
      ['warning', 15],
      ['warning', 16],
      ['warning', 17],
      ['warning', 30],
    ],
    'what was assumed is told',
  );
});

test('files may lie in the folder above the configuration, and those beside it come first', (t) => {
  const files = { ...newFunctionFiles, 'config/templates/new_function_system.minijinja': 'Beside.' };
  const { default: only } = configOf(t, `${routing}${newFunction}`, { files }).functions['new_function']?.variants ?? {};
  assert.ok(only?.type === 'chat_completion');
  assert.equal(only.templates['system']?.text, 'Beside.');
});

test('strict: what upstream refuses is refused', (t) => {
  const strict = (toml: string, files = {}) => told(t, toml, { strict: true, files }).join('\n');
  assert.match(strict(routing), /^error 2 models\.fast_llm\.providers: there are no providers/);
  const fn = strict(newFunction, newFunctionFiles);
  assert.match(fn, /error 1 functions\.new_function\.variants: there are no variants/);
  assert.match(fn, /error 3 functions\.new_function\.system_template: upstream has no such key/);
  assert.match(fn, /error 3 functions\.new_function\.system_template: there is no file \S+\. /, 'the folder above is not looked in');
  assert.match(strict(little.replace('type = "chat_completion"\n', '')), /variants\.a\.type: it is missing/);
  assert.match(strict(little.replace('model = "m"\n', '')), /^error 9 functions\.f\.variants\.a\.model: it is missing/);
  assert.equal(strict(little), '');
});

test('strict: what upstream has not is refused', (t) => {
  const strict = (toml: string, files = {}) => told(t, toml, { strict: true, files }).join('\n');
  const at = (table: string, rest: string) => little.replace(table, `${table}\n${rest}`);
  for (const addition of ['[[budgets]]\nlimit_usd = 1', '[cache]\nmode = "on"', '[gateway]\nkeep_contents = true'])
    assert.match(strict(`${little}${addition}\n`), /upstream has no such key/, addition);
  assert.match(
    strict(`${little}[[prices]]\nprovider = "p"\nmodel = "x"\ninput_per_million = 1\noutput_per_million = 1\n`),
    /prices: upstream has no such key/,
  );
  assert.match(strict(at('[models.m]', 'hedge_after_ms = 5')), /hedge_after_ms: upstream has no such key/);
  assert.match(
    strict(`${little}[functions.f.variants.r]\ntype = "rules"\nmodule = "r.ts"\n`, { 'config/r.ts': '' }),
    /there is no variant type "rules"/,
  );
  assert.match(strict(little.replace('"openai"', '"cerebras"')), /there is no provider type "cerebras" upstream/);
  assert.match(strict(little.replace('model = "m"', 'model = "ollama::x"')), /"ollama::x" names a provider type that there is not/);
  assert.match(strict(`${little}extra_headers = { X = "y" }\n`), /extra_headers: upstream has no such key/);
  const best = '[functions.f.variants.b]\ntype = "experimental_best_of_n"\ncandidates = ["a"]\nevaluator = { model = "m" }\n';
  assert.match(strict(`${little}${best}`), /Upstream calls it "experimental_best_of_n_sampling"/);
  const thompson =
    '[metrics.x]\ntype = "float"\noptimize = "max"\nlevel = "episode"\n[functions.f.experimentation]\ntype = "adaptive"\nalgorithm = "thompson"\nmetric = "x"\nguardrails = ["x"]\ncandidate_variants = ["a"]\n';
  assert.match(strict(`${little}${thompson}`), /there is no "thompson" for it/);
  assert.match(strict(`${little}${thompson}`), /guardrails: upstream has no such key/);
});
