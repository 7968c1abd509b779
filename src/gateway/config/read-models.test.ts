import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configOf, little, reading, told } from './fixtures/folder.ts';

const model = (provider: string, rest = ''): string => `[models.m]\nrouting = ["p"]\n${rest}[models.m.providers.p]\n${provider}`;
const openai = 'type = "openai"\nmodel_name = "gpt"\n';

test('a model with everything that can be said of it', (t) => {
  const { models } = configOf(
    t,
    model(
      `${openai}
api_base = "https://proxy.example/v1"
api_key_location = "env::MY_KEY"
timeouts = { streaming.ttft_ms = 300, streaming.total_ms = 900 }
extra_body = [{ pointer = "/reasoning/effort", value = "low" }, { pointer = "/reasoning/a~1b", value = [1] }]
extra_headers = [{ name = "X-Mine", value = "yes" }]
cost = [{ pointer = "/usage/prompt_tokens", cost_per_million = 2.5, required = true }, { pointer = "/usage/searches", cost_per_unit = 0.01 }]
`,
      'hedge_after_ms = 800\ntimeouts.non_streaming.total_ms = 1000\n',
    ),
  );
  assert.deepEqual(models['m'], {
    name: 'm',
    routing: ['p'],
    providers: {
      p: {
        name: 'p',
        type: 'openai',
        modelName: 'gpt',
        apiBase: 'https://proxy.example/v1',
        key: { is: 'env', names: ['MY_KEY'] },
        timeouts: { firstToken: 300, streamTotal: 900 },
        extraBody: { reasoning: { effort: 'low', 'a/b': [1] } },
        extraHeaders: { 'X-Mine': 'yes' },
        cost: [
          { pointer: '/usage/prompt_tokens', perUnit: 2.5e-6, required: true },
          { pointer: '/usage/searches', perUnit: 0.01, required: false },
        ],
      },
    },
    timeouts: { total: 1000 },
    hedgeAfter: 800,
  });
});

test('the routing is there, not empty, names nobody twice, and nobody whom there is not', (t) => {
  assert.match(told(t, `[models.m]\n[models.m.providers.p]\n${openai}`)[0] ?? '', /models\.m\.routing: it is missing/);
  assert.match(told(t, model(openai).replace('["p"]', '[]'))[0] ?? '', /models\.m\.routing: it is empty/);
  assert.match(told(t, model(openai).replace('["p"]', '["p", "p"]'))[0] ?? '', /"p" is in it twice/);
  assert.match(told(t, model(openai).replace('["p"]', '["q", "p"]'))[0] ?? '', /there is no provider "q" in this model/);
  const unused = `${model(openai)}[models.m.providers.other]\n${openai}`;
  assert.match(told(t, unused)[0] ?? '', /^warning .*"other" is never asked/);
});

test('a provider type that there is not names those that there are; those of upstream that we lack name a way', (t) => {
  assert.match(
    told(t, model('type = "opnai"\nmodel_name = "x"\n'))[0] ?? '',
    /there is no provider type "opnai"\. Did you mean "openai"\?/,
  );
  assert.match(told(t, model('type = "quux"\nmodel_name = "x"\n'))[0] ?? '', /Use one of "openai", "anthropic"/);
  for (const type of ['aws_bedrock', 'aws_sagemaker', 'azure', 'gcp_vertex_anthropic', 'gcp_vertex_gemini'])
    assert.match(told(t, model(`type = "${type}"\nmodel_id = "x"\n`)).join(), /cannot be asked from here\. Use type = "/, type);
  assert.match(told(t, model('model_name = "x"\n'))[0] ?? '', /providers\.p\.type: it is missing\. Use one of "openai"/);
});

test('upstream’s names for what is another type here are understood', (t) => {
  const typed = (type: string, rest = '') => configOf(t, model(`type = "${type}"\nmodel_name = "x"\n${rest}`)).models['m']?.providers['p'];
  assert.equal(typed('google_ai_studio_gemini')?.type, 'google');
  assert.deepEqual(typed('google')?.key, {
    is: 'env',
    names: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_AI_STUDIO_API_KEY'],
  });
  const hyperbolic = typed('hyperbolic');
  assert.deepEqual(
    [hyperbolic?.type, hyperbolic?.apiBase, hyperbolic?.key],
    ['openai_compatible', 'https://api.hyperbolic.xyz/v1', { is: 'env', names: ['HYPERBOLIC_API_KEY'] }],
  );
  assert.equal(typed('tgi', 'api_base = "http://localhost:8080/v1"\n')?.type, 'openai_compatible');
  assert.deepEqual(typed('ollama')?.key, { is: 'none' });
});

test('what may be anywhere needs an address, and an address is one', (t) => {
  assert.match(
    told(t, model('type = "vllm"\nmodel_name = "x"\n'))[0] ?? '',
    /api_base: it is missing, and a provider of type "vllm" may be anywhere/,
  );
  assert.match(told(t, model(`${openai}api_base = "localhost:8000"\n`))[0] ?? '', /api_base: it is not an address/);
  const problems = told(t, model(`${openai}api_base = "https://me:hunter2@host/v1"\n`)).join();
  assert.match(problems, /there is a password in it/);
  assert.doesNotMatch(problems, /hunter2/);
});

test('a key is named and never written, and what was written is not repeated', (t) => {
  const keyed = (location: string) => configOf(t, model(`${openai}api_key_location = ${location}\n`)).models['m']?.providers['p']?.key;
  assert.deepEqual(keyed('"dynamic::mine"'), { is: 'dynamic', name: 'mine' });
  assert.deepEqual(keyed('"none"'), { is: 'none' });
  assert.deepEqual(keyed('{ default = "env::A", fallback = "env::B" }'), { is: 'env', names: ['A', 'B'] });
  for (const wrong of ['"sk-hunter2"', '"env::sk-hunter2"', '["sk-hunter2"]', '{ default = "dynamic::a", fallback = "env::B" }']) {
    const problems = told(t, model(`${openai}api_key_location = ${wrong}\n`));
    assert.equal(problems.length, 1, wrong);
    assert.match(problems[0] ?? '', /^error 6 models\.m\.providers\.p\.api_key_location/);
    assert.doesNotMatch(problems.join(), /hunter2/);
  }
  assert.match(told(t, model(`${openai}api_key_location = "path::/etc/key"\n`))[0] ?? '', /keys are not read from "path" here/);
  const direct = told(t, model(`${openai}api_key = "sk-hunter2"\n`)).join();
  assert.match(direct, /Keys are not written here: api_key_location = "env::NAME"/);
  assert.doesNotMatch(direct, /hunter2/);
});

test('costs have one pointer and one price', (t) => {
  const cost = (entry: string) => told(t, model(`${openai}cost = [${entry}]\n`))[0] ?? '';
  assert.match(cost('{ pointer = "usage", cost_per_unit = 1 }'), /cost\[0\]\.pointer: it is not a JSON Pointer/);
  assert.match(cost('{ pointer = "/usage" }'), /cost\[0\]\.cost_per_million: it has to be one price/);
  assert.match(cost('{ pointer = "/usage", cost_per_unit = 1, cost_per_million = 1 }'), /it has to be one price/);
  assert.match(cost('{ pointer_streaming = "/usage", cost_per_unit = 1 }'), /it has to be one pointer/);
  assert.equal(cost('{ pointer_streaming = "/u", pointer_nonstreaming = "/u", cost_per_unit = -1 }'), '');
});

test('what is sent besides goes into fields; lists and deletions are refused', (t) => {
  const body = (entry: string) => told(t, model(`${openai}extra_body = [${entry}]\n`))[0] ?? '';
  assert.match(body('{ pointer = "/messages/-", value = 1 }'), /extra_body\[0\]\.pointer: it is not a JSON Pointer to a field/);
  assert.match(body('{ pointer = "/a/0", value = 1 }'), /not a JSON Pointer to a field/);
  assert.match(body('{ pointer = "/a", delete = true }'), /nothing can be taken out/);
  assert.match(body('{ pointer = "/a" }'), /value: it is missing/);
  const plain = configOf(t, model(`${openai}extra_body = { a = { b = 1 } }\nextra_headers = { X = "y" }\n`)).models['m']?.providers['p'];
  assert.deepEqual([plain?.extraBody, plain?.extraHeaders], [{ a: { b: 1 } }, { X: 'y' }]);
});

test('a model may be written where it is named, as provider::model', (t) => {
  const { models } = configOf(t, little.replace('model = "m"', 'model = "openrouter::meta/llama::free"'));
  assert.deepEqual(models['openrouter::meta/llama::free']?.providers['openrouter'], {
    name: 'openrouter',
    type: 'openrouter',
    modelName: 'meta/llama::free',
    key: { is: 'env', names: ['OPENROUTER_API_KEY'] },
    timeouts: {},
    cost: [],
  });
  const named = (name: string) => told(t, little.replace('model = "m"', `model = "${name}"`)).at(-1) ?? '';
  assert.match(named('opnai::gpt'), /"opnai::gpt" names a provider type that there is not\. Did you mean "openai"\?/);
  assert.match(named('azure::gpt'), /Use type = "openai_compatible"/);
  assert.match(named('vllm::gpt'), /does not say where the provider is/);
  assert.match(named('M'), /there is no model "M"\. Did you mean "m"\?/);
});

test('without a key for any provider, a model is warned of, and a function that nobody answers', (t) => {
  const warned = (toml: string, env: Record<string, string>, files = {}) => {
    const { config, problems } = reading(t, toml, { env, files });
    assert.ok(config !== undefined);
    return problems.map(({ key, message, mend }) => `${key}: ${message}. ${mend}`);
  };
  const [only, ...rest] = warned(little, { OPENAI_API_KEY: ' ' });
  assert.match(only ?? '', /^functions\.f: nothing can answer it here.*Set OPENAI_API_KEY, or give a key with the call\..*KEY_MISSING/);
  assert.deepEqual(rest, [], 'its model is not told of again');
  assert.deepEqual(warned(little, { OPENAI_API_KEY: 'sk-hunter2' }), []);
  const ruled = `${little}[functions.f.variants.r]\ntype = "rules"\nmodule = "r.ts"\n`;
  const [unasked] = warned(ruled, {}, { 'config/r.ts': 'export default () => 1;' });
  assert.match(unasked ?? '', /^models\.m: no provider of "m" has a key here/);
  const provider = (name: string) => `[models.n.providers.${name}]\ntype = "${name}"\nmodel_name = "gpt"\n`;
  const second = `[models.n]\nrouting = ["groq", "openai"]\n${provider('groq')}${provider('openai')}`;
  const variant = '[functions.f.variants.b]\ntype = "chat_completion"\nmodel = "n"\n';
  const two = warned(`${ruled}${variant}${second}`, {}, { 'config/r.ts': 'export default () => 1;' });
  assert.equal(two.length, 1, 'one key is enough, and is told once');
  assert.match(two[0] ?? '', /these models has a key here: m, n\. Set OPENAI_API_KEY, any of which is enough for all of them, or give/);
});
