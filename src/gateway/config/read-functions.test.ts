import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configOf, little, told } from './fixtures/folder.ts';

const object = '{"type":"object","properties":{"topic":{"type":"string"}}}';

test('templates and schemas have two spellings, and a function’s template is the default of all its variants', (t) => {
  const { functions } = configOf(
    t,
    `[functions.f]
type = "json"
system_template = "s.minijinja"
user_schema = "user.json"
schemas.extra.path = "user.json"
output_schema = "user.json"
[functions.f.variants.a]
type = "chat_completion"
model = "openai::gpt"
templates.system.path = "own.minijinja"
[functions.f.variants.b]
type = "chat_completion"
model = "openai::gpt"
user_template = "u.minijinja"
templates.extra.path = "u.minijinja"
`,
    {
      files: { 'config/s.minijinja': 'S', 'config/own.minijinja': 'O', 'config/u.minijinja': 'U {{ topic }}', 'config/user.json': object },
    },
  );
  const texts = (name: string) => {
    const variant = functions['f']?.variants[name];
    return variant?.type === 'chat_completion'
      ? Object.fromEntries(Object.entries(variant.templates).map(([key, { text }]) => [key, text]))
      : {};
  };
  assert.deepEqual(texts('a'), { system: 'O' });
  assert.deepEqual(texts('b'), { system: 'S', user: 'U {{ topic }}', extra: 'U {{ topic }}' });
  assert.deepEqual(Object.keys(functions['f']?.schemas ?? {}), ['user', 'extra']);
  assert.deepEqual(functions['f']?.output?.schema, JSON.parse(object));
});

test('a file that is missing is told with the places where it was looked for', (t) => {
  const [problem = ''] = told(t, `${little}user_template = "nope/u.minijinja"\n`);
  assert.match(problem, /user_template: there is no file \S+\/config\/nope\/u\.minijinja, nor \S+\/nope\/u\.minijinja\. /);
  assert.match(told(t, `${little}user_template = "."\n`)[0] ?? '', /cannot be read: EISDIR/);
});

test('the same template twice is refused', (t) => {
  const twice = `${little}user_template = "u.minijinja"\ntemplates.user.path = "u.minijinja"\n`;
  assert.match(told(t, twice, { files: { 'config/u.minijinja': '' } })[0] ?? '', /templates\.user\.path: `user_template` says it too/);
});

test('a schema is JSON, and JSON Schema of one of the present drafts; its formats may be anything', (t) => {
  const schema = (text: string) =>
    told(t, `${little}[functions.g]\ntype = "json"\noutput_schema = "x.json"\nvariants.a.model = "m"\n`, {
      files: { 'config/x.json': text },
    }).join();
  assert.match(schema('{"type":'), /output_schema: ".*x\.json": it is not JSON: /);
  assert.match(schema('{"type":"strnig"}'), /is not a JSON Schema: schema\/type must be equal/);
  assert.match(schema('[]'), /is not a JSON Schema: it must be an object/);
  assert.match(schema('{"$ref":"#/$defs/nope"}'), /can't resolve reference/);
  assert.match(schema('{"properties":{"a":{"pattern":"("}}}'), /Invalid regular expression/);
  assert.match(schema('{"enum": [ ]}'), /enum must have non-empty array/);
  assert.match(schema('{"nullable":true}'), /"nullable" cannot be used without "type"/);
  for (const good of [
    object,
    'true',
    '{"$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"string"}]}',
    '{"$schema":"https://json-schema.org/draft/2020-12/schema","prefixItems":[{"type":"string","format":"no-such"}],"x-mine":1}',
    '{"$id":"same"}',
    '{"$id":"same","type":"object"}',
  ])
    assert.equal(schema(good), '', good);
});

test('a template that cannot be read, or names what its schema has not, is an error', (t) => {
  const toml =
    '[functions.f]\ntype = "chat"\nuser_schema = "u.json"\n[functions.f.variants.a]\nmodel = "openai::gpt"\nuser_template = "u.minijinja"\n';
  const files = (template: string) => ({ files: { 'config/u.json': object, 'config/u.minijinja': template } });
  assert.deepEqual(told(t, toml, files('About {{ topic }}.')), []);
  assert.match(
    told(t, toml, files('About\n{{ topc }}.'))[0] ?? '',
    /^error . functions\.f\.variants\.a\.templates\.user: .*u\.minijinja:2: .*`topc`/,
  );
  assert.match(told(t, toml, files('{% if topic %}'))[0] ?? '', /^error .*u\.minijinja/);
});

test('candidates of best-of-n and mixture-of-n are variants that answer by themselves', (t) => {
  const best = (candidates: string, type = 'experimental_best_of_n_sampling') =>
    told(t, `${little}[functions.f.variants.best]\ntype = "${type}"\n${candidates}evaluator = { model = "m" }\n`).join('\n');
  assert.equal(best('candidates = ["a", "a"]\n'), '');
  assert.equal(best('candidates = ["a"]\n', 'experimental_best_of_n'), '');
  assert.match(best(''), /best\.candidates: it is missing/);
  assert.match(best('candidates = []\n'), /best\.candidates: there is none/);
  assert.match(best('candidates = ["aa"]\n'), /there is no variant "aa"\. Use one of "a"/);
  assert.match(best('candidates = ["best"]\n'), /"best" has candidates itself\. Use one of "a"\./);
  const { mix } =
    configOf(
      t,
      `${little}[functions.f.variants.mix]\ntype = "experimental_mixture_of_n"\ncandidates = ["a", "a"]\ntimeout_s = 2\nfuser = { model = "m", temperature = 0 }\n`,
    ).functions['f']?.variants ?? {};
  assert.ok(mix?.type === 'mixture_of_n');
  assert.deepEqual([mix.candidates, mix.timeouts, mix.fuser.sampling], [['a', 'a'], { total: 2000 }, { temperature: 0 }]);
  const unjudged = told(t, `${little}[functions.f.variants.best]\ntype = "experimental_best_of_n_sampling"\ncandidates = ["a"]\n`);
  assert.deepEqual(unjudged.length, 1);
  assert.match(unjudged[0] ?? '', /best\.evaluator: it is missing/);
});

test('sampling is within what it may be', (t) => {
  const wrong = { temperature: '2.1', top_p: '-0.1', max_tokens: '0', presence_penalty: '3', frequency_penalty: '-3', seed: '1.5' };
  for (const [key, value] of Object.entries(wrong))
    assert.match(
      told(t, `${little}${key} = ${value}\n`).join(),
      new RegExp(`^error 12 functions\\.f\\.variants\\.a\\.${key}: ${value.replace('.', '\\.')} is not`),
      key,
    );
  const { a } =
    configOf(
      t,
      `${little}temperature = 1\ntop_p = 0.5\nmax_tokens = 9\nseed = 3\nstop_sequences = ["x"]\njson_mode = "strict"\nretries = { num_retries = 2, max_delay_s = 0.5 }\n`,
    ).functions['f']?.variants ?? {};
  assert.ok(a?.type === 'chat_completion');
  assert.deepEqual(
    [a.sampling, a.jsonMode, a.retries],
    [{ temperature: 1, topP: 0.5, maxTokens: 9, seed: 3, stop: ['x'] }, 'strict', { max: 2, maxDelay: 500 }],
  );
  assert.match(told(t, `${little}reasoning_effort = "low"\n`)[0] ?? '', /^warning .*it has no effect here/);
});

test('dynamic in-context learning has its number of examples, and a metric that there is', (t) => {
  const dicl = (rest: string) =>
    `${little}[functions.f.variants.d]\ntype = "experimental_dynamic_in_context_learning"\nmodel = "m"\n${rest}`;
  const { d } =
    configOf(t, dicl('k = 3\nembedding_model = "openai::embed"\nmax_distance = 0.4\nsystem_instructions = "i.txt"\n'), {
      files: { 'config/i.txt': 'Be kind.' },
    }).functions['f']?.variants ?? {};
  assert.ok(d?.type === 'dicl');
  assert.deepEqual([d.k, d.embeddingModel, d.maxDistance, d.templates['system']?.text], [3, 'openai::embed', 0.4, 'Be kind.']);
  assert.match(told(t, dicl('')).join(), /\.d\.k: it is missing/);
  assert.match(told(t, dicl('k = 0\n')).join(), /0 is not a whole number of at least 1/);
  assert.match(told(t, dicl('k = 1\nmetric = "demo"\n')).join(), /there is no metric "demo"/);
});

test('rules come from a module or a grammar', (t) => {
  const files = { 'config/r.ts': 'export default () => 1;', 'config/r.toml': 'output = "x"' };
  const rules = (rest: string) => `[functions.f]\ntype = "chat"\n[functions.f.variants.r]\ntype = "rules"\n${rest}`;
  const from = (rest: string) => {
    const { r } = configOf(t, rules(rest), { files }).functions['f']?.variants ?? {};
    return r?.type === 'rules' ? r.from : undefined;
  };
  const module = from('module = "r.ts"\nexport = "titles"\n');
  assert.ok(module?.is === 'module' && module.export === 'titles' && module.path.endsWith('/config/r.ts'));
  const grammar = from('grammar = "r.toml"\n');
  assert.ok(grammar?.is === 'grammar' && grammar.file.text === 'output = "x"');
  assert.match(told(t, rules('')).join(), /there is neither/);
  assert.match(told(t, rules('module = "r.ts"\ngrammar = "r.toml"\n'), { files }).join(), /there is a module too/);
  assert.match(told(t, rules('module = "nope.ts"\n')).join(), /there is no file/);
  assert.match(
    told(t, rules('module = "r.ts"\nmodel = "openai::gpt"\n'), { files }).join(),
    /a variant of type "rules" has no key "model"/,
  );
});

test('tools are defined, and chosen among those of the function', (t) => {
  const tool = '[tools.search]\ndescription = "Finds"\nparameters = "p.json"\n';
  const files = { 'config/p.json': object };
  const using = (rest: string) => `${tool}${little.replace('type = "chat"', `type = "chat"\n${rest}`)}`;
  const fn = configOf(t, using('tools = ["search"]\ntool_choice = { specific = "search" }'), { files }).functions['f'];
  assert.deepEqual([fn?.tools, fn?.toolChoice], [['search'], { specific: 'search' }]);
  assert.match(told(t, using('tools = ["serch"]'), { files }).join(), /there is no tool "serch"\. Did you mean "search"\?/);
  assert.match(told(t, using('tool_choice = { specific = "search" }'), { files }).join(), /"search" is none of the function’s tools/);
  assert.match(told(t, using('tool_choice = "always"'), { files }).join(), /there is no "always" for it/);
  assert.match(told(t, `${little}[tools.x]\n`).join('\n'), /tools\.x\.description: it is missing[^]*tools\.x\.parameters: it is missing/);
});

test('metrics say what they are, and may not take the names that feedback has already', (t) => {
  assert.match(
    told(t, `${little}[metrics.comment]\ntype = "float"\noptimize = "max"\nlevel = "episode"\n`).join(),
    /metrics\.comment: this name is taken/,
  );
  assert.deepEqual(
    told(t, `${little}[metrics.x]\n`).map((line) => line.replace(/^error \d+ ([^:]+): (.*?)\..*/, '$1 $2')),
    ['metrics.x.type it is missing', 'metrics.x.optimize it is missing', 'metrics.x.level it is missing'],
  );
});

test('a chat function has no schema for its output, and a variant no type that there is not', (t) => {
  assert.match(told(t, little.replace('"chat"', '"chat"\noutput_schema = "x.json"')).join(), /a chat function answers in words/);
  assert.match(
    told(t, little.replace('"chat_completion"', '"experimental_chain_of_thought"')).join(),
    /Use "chat_completion", and ask for the reasoning/,
  );
  assert.match(told(t, little.replace('"chat_completion"', '"chat_complete"')).join(), /Did you mean "chat_completion"\?/);
});
