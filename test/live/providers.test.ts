/**
 * One short answer of every provider whose key is in the environment. Without any key no call is made, and that is said.
 * `CONTINUO_LIVE=off` keeps it from calling although there are keys.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { systemClock } from '../../src/engine/system-clock.ts';
import type { ModelConfig, ProviderType } from '../../src/gateway/config/model.ts';
import { Models } from '../../src/gateway/models/models.ts';
import type { ModelCall } from '../../src/gateway/models/model-call.ts';

/** A small model of each, as of November 2026, and where its key is looked for. Models are retired: `CONTINUO_LIVE_GROQ_MODEL` names another. */
const known: readonly { readonly type: ProviderType; readonly names: readonly string[]; readonly modelName: string }[] = [
  { type: 'openai', names: ['OPENAI_API_KEY'], modelName: 'gpt-5-nano' },
  { type: 'anthropic', names: ['ANTHROPIC_API_KEY'], modelName: 'claude-haiku-4-5' },
  {
    type: 'google',
    names: ['GEMINI_API_KEY', 'GOOGLE_AI_STUDIO_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    modelName: 'gemini-2.5-flash-lite',
  },
  { type: 'groq', names: ['GROQ_API_KEY'], modelName: 'openai/gpt-oss-20b' },
  { type: 'cerebras', names: ['CEREBRAS_API_KEY'], modelName: 'gpt-oss-120b' },
  { type: 'sambanova', names: ['SAMBANOVA_API_KEY'], modelName: 'gpt-oss-120b' },
  { type: 'xai', names: ['XAI_API_KEY'], modelName: 'grok-4-fast-non-reasoning' },
  { type: 'mistral', names: ['MISTRAL_API_KEY'], modelName: 'mistral-small-latest' },
  { type: 'deepseek', names: ['DEEPSEEK_API_KEY'], modelName: 'deepseek-chat' },
  { type: 'together', names: ['TOGETHER_API_KEY'], modelName: 'openai/gpt-oss-20b' },
  { type: 'fireworks', names: ['FIREWORKS_API_KEY'], modelName: 'accounts/fireworks/models/gpt-oss-20b' },
  { type: 'openrouter', names: ['OPENROUTER_API_KEY'], modelName: 'openai/gpt-5-nano' },
];

const candidates = known.map((each) => ({
  ...each,
  modelName: process.env[`CONTINUO_LIVE_${each.type.toUpperCase()}_MODEL`] ?? each.modelName,
}));

const off = process.env['CONTINUO_LIVE'] === 'off';
const hasKey = ({ names }: (typeof candidates)[number]): boolean => names.some((name) => (process.env[name] ?? '') !== '');
const tried = off ? [] : candidates.filter(hasKey);
const untried = candidates.filter((candidate) => !tried.includes(candidate));
const listed = (them: typeof candidates): string => them.map(({ type, names }) => `${type} (${names.join(' or ')})`).join(', ');

const models = Object.fromEntries(
  candidates.map(({ type, names, modelName }): [string, ModelConfig] => [
    type,
    {
      name: type,
      routing: [type],
      providers: { [type]: { name: type, type, modelName, key: { is: 'env', names }, timeouts: {}, cost: [] } },
      timeouts: { total: 60_000, firstToken: 60_000 },
    },
  ]),
);

const caller = new Models({
  models,
  embeddingModels: {},
  cost: () => 0,
  worst: () => ({ tokens: 0, cost: 0 }),
  clock: systemClock,
  env: process.env,
  random: Math.random,
});

const callTo = (model: string): ModelCall => ({
  model,
  prompt: [{ role: 'user', content: [{ type: 'text', text: 'Say the word "yes" and nothing else.' }] }],
  sampling: { maxTokens: 1000 },
  retries: { max: 1, maxDelay: 10_000 },
  timeouts: {},
});

suite('live providers', () => {
  if (tried.length === 0) {
    const why = off ? 'CONTINUO_LIVE is off' : 'no key in the environment';
    test(`${why}: no live call is made`, (t) => {
      t.diagnostic(`not tried: ${listed(untried)}`);
      for (const { type, names } of candidates) if (!off) assert.match(caller.unusable(type) ?? '', new RegExp(names.join(' or ')));
    });
  } else {
    test('which providers are not tried is told', (t) =>
      t.diagnostic(untried.length === 0 ? 'all are tried' : `not tried: ${listed(untried)}`));
  }

  for (const { type, modelName } of tried) {
    test(`${type} answers as ${modelName}`, async () => {
      const { text, usage } = await caller.call(callTo(type));
      assert.match(text, /yes/i);
      assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0, `its usage is ${JSON.stringify(usage)}`);
    });

    test(`${type} streams as ${modelName}`, async () => {
      let last;
      for await (const event of caller.stream(callTo(type))) last = event;
      assert.equal(last?.is, 'answer', JSON.stringify(last));
    });
  }
});
