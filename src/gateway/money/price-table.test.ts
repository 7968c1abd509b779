import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PriceRule, ProviderType } from '../config/model.ts';
import type { PriceList } from './price-list.ts';
import { PriceTable, unpriced } from './price-table.ts';

const read = { source: 'https://example.org', seen: '2026-11-21' };
const list: PriceList = {
  asOf: '2026-11-21',
  currency: 'USD',
  per: 1_000_000,
  models: [
    { provider: 'openai', model: 'gpt-4o', input: 2.5, output: 10, maxOutput: 16_384, ...read },
    { provider: 'openai', model: 'gpt-4o-2024-05-13', input: 5, output: 15, ...read },
    { provider: 'openai', model: 'gpt-4o-mini', input: 0.15, output: 0.6, ...read },
    { provider: 'anthropic', model: 'claude-sonnet-4-5', input: 3, output: 15, ...read },
    { provider: 'anthropic', model: 'claude-opus-4', input: 15, output: 75, ...read },
  ],
};

const provider = (type: ProviderType, modelName: string, name = 'mine') => ({ name, type, modelName });
const inputOf = (type: ProviderType, modelName: string, rules: readonly PriceRule[] = []): number | undefined =>
  new PriceTable(rules, list).priceOf(provider(type, modelName))?.input;

describe('price table', () => {
  test('a dated name has the price of its model, or one of its own', () => {
    assert.equal(inputOf('openai', 'gpt-4o'), 2.5);
    assert.equal(inputOf('openai', 'gpt-4o-2024-08-06'), 2.5);
    assert.equal(inputOf('openai', 'gpt-4o-2024-05-13'), 5);
    assert.equal(inputOf('openai', 'gpt-4o-mini-2024-07-18'), 0.15);
    assert.equal(inputOf('anthropic', 'claude-sonnet-4-5-20250929'), 3);
    assert.equal(inputOf('anthropic', 'claude-sonnet-4-5@20250929'), 3);
    assert.equal(inputOf('anthropic', 'claude-sonnet-4-5-latest'), 3);
  });

  test('a model whose name begins like another is another', () => {
    for (const name of ['gpt-4o-audio', 'gpt-4o-mini-tts', 'gpt-4o-latest-x', 'gpt-4', 'gpt-4o-preview', 'x-gpt-4o', 'gpt-4o-'])
      assert.equal(inputOf('openai', name), undefined, name);
    assert.equal(inputOf('anthropic', 'claude-opus-4-1'), undefined);
    assert.equal(inputOf('anthropic', 'claude-opus-4-20250514'), 15);
    assert.equal(inputOf('groq', 'gpt-4o'), undefined);
  });

  test('prices of the configuration go first, by the provider’s name or its type', () => {
    const rule = (of: string, model: string, input: number): PriceRule => ({ provider: of, model, price: { input, output: input } });
    assert.equal(inputOf('openai', 'gpt-4o-2024-05-13', [rule('openai', 'gpt-4o', 1)]), 1);
    assert.equal(inputOf('openai', 'gpt-4o-mini', [rule('openai', 'gpt-4o', 1)]), 0.15);
    assert.equal(inputOf('openai_compatible', 'own-model', [rule('mine', 'own-model', 7)]), 7);
    assert.equal(inputOf('openai_compatible', 'own-model', [rule('theirs', 'own-model', 7)]), undefined);
    assert.equal(inputOf('vllm', 'llama', [rule('vllm', 'llama', 7)]), 7);
  });

  test('what runs on one’s own machine costs nothing', () => {
    for (const type of ['ollama', 'vllm', 'sglang'] as const) assert.equal(inputOf(type, 'anything'), 0);
    assert.equal(inputOf('tensorzero', 'anything'), undefined);
  });

  test('how long an answer may get is known where the list says it', () => {
    const table = new PriceTable([{ provider: 'openai', model: 'gpt-4o', price: { input: 1, output: 1 } }], list);
    assert.equal(table.maxOutputOf(provider('openai', 'gpt-4o-2024-08-06')), 16_384);
    assert.equal(table.maxOutputOf(provider('openai', 'gpt-4o-mini')), undefined);
  });

  test('the list of the product knows dated names', () => {
    const table = new PriceTable([]);
    assert.deepEqual(table.priceOf(provider('anthropic', 'claude-haiku-4-5-20251001'))?.input, 1);
    assert.deepEqual(table.priceOf(provider('openai', 'gpt-5-mini-2025-08-07'))?.output, 2);
  });

  test('a missing price is told with the provider, the model and the mend', () => {
    const said = unpriced(provider('together', 'some/model', 'cheap'));
    for (const part of ['together', '"some/model"', 'cheap', 'counts as 0', '[[prices]]']) assert.ok(said.includes(part), part);
  });
});
