import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configOf } from './fixtures/folder.ts';
import { summarise } from './summary.ts';

const toml = `[models.m]
routing = ["p", "q"]
[models.m.providers.p]
type = "openai"
model_name = "gpt"
[models.m.providers.q]
type = "google"
model_name = "gemini"
[functions.f]
type = "json"
variants.a = { model = "m" }
variants.b = { model = "xai::grok" }
variants.best = { type = "experimental_best_of_n", candidates = ["a", "b"], evaluator = { model = "xai::grok" } }
variants.mix = { type = "experimental_mixture_of_n", candidates = ["a", "b"], fuser = { model = "xai::grok" } }
variants.r = { type = "rules", module = "r.ts" }
[functions.f.experimentation]
type = "static"
candidate_variants = { a = 3, best = 1 }
fallback_variants = ["b"]
`;

test('who answers what, and with which keys it could now', (t) => {
  const config = configOf(t, toml, { files: { 'config/r.ts': '' } });
  const { functions, models, keys } = summarise(config, { GEMINI_API_KEY: 'sk-hunter2' });
  const [fn] = functions;
  assert.deepEqual(
    fn?.variants.map(({ name, share, role, isUsable }) => [name, share, role, isUsable]),
    [
      ['a', 0.75, 'candidate', true],
      ['b', undefined, 'fallback', false],
      ['best', 0.25, 'candidate', true],
      ['mix', undefined, 'by its name', false],
      ['r', undefined, 'last resort', true],
    ],
  );
  assert.equal(fn?.now, 'models');
  assert.deepEqual(models[0]?.routing, [
    { provider: 'p', model: 'gpt', hasKey: false },
    { provider: 'q', model: 'gemini', hasKey: true },
  ]);
  assert.deepEqual(keys, [
    { providers: ['openai'], variables: ['OPENAI_API_KEY'] },
    {
      providers: ['google'],
      variables: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_AI_STUDIO_API_KEY'],
      found: 'GEMINI_API_KEY',
    },
    { providers: ['xai'], variables: ['XAI_API_KEY'] },
  ]);
  assert.doesNotMatch(JSON.stringify(summarise(config, { GEMINI_API_KEY: 'sk-hunter2' })), /hunter2/);
});

test('without a key rules answer, and without rules nobody does', (t) => {
  const config = configOf(t, `${toml}[functions.g]\ntype = "chat"\nvariants.a = { model = "m" }\n`, { files: { 'config/r.ts': '' } });
  assert.deepEqual(
    summarise(config, {}).functions.map(({ name, now }) => [name, now]),
    [
      ['f', 'rules'],
      ['g', undefined],
    ],
  );
});
