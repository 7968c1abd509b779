import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Price, ProviderConfig } from '../config/model.ts';
import { costOf } from './cost.ts';
import { PriceTable } from './price-table.ts';
import { tokensAtMost } from './tokens.ts';
import { worstOf } from './worst.ts';

describe('tokens of a text', () => {
  /** With the tokens that OpenAI’s vocabularies of 100,000 and of 200,000 make of it, whichever are more. */
  const counted: readonly (readonly [string, number])[] = [
    ['', 0],
    ['The quick brown fox jumps over the lazy dog. '.repeat(20), 201],
    ['Rechtsschutzversicherungsgesellschaften '.repeat(20), 241],
    ['Все люди рождаются свободными и равными. '.repeat(20), 441],
    ['人人生而自由,在尊严和权利上一律平等。龘靐齉爩籲癵'.repeat(20), 700],
    ['すべての人間は、生まれながらにして自由である。'.repeat(20), 460],
    ['모든 인간은 태어날 때부터 자유로우며 '.repeat(20), 402],
    ['सभी मनुष्यों को गौरव और अधिकारों '.repeat(20), 701],
    ['လူတိုင်းသည် တူညီ လွတ်လပ်သော '.repeat(20), 1060],
    ['😀👨‍👩‍👧‍👦🏳️‍🌈🫠🪿👩🏽‍🚀🇺🇳🧿'.repeat(20), 1100],
    ['3.14159265358979323846264338327950288'.repeat(20), 261],
    ['{"id":1,"x":[1,2,{}],"y":null},'.repeat(20), 321],
    ['c2hvcnQgYW5kIHN3ZWV0IGFuZCBsb25n'.repeat(20), 441],
  ];

  test('are never more than the bound, in any script', () => {
    for (const [text, tokens] of counted) {
      const bound = tokensAtMost(text);
      assert.ok(bound >= tokens, `${text.slice(0, 40)}: ${bound} for ${tokens}`);
      assert.ok(bound <= Buffer.byteLength(text), text.slice(0, 40));
    }
  });

  test('are bound far below the bytes where it is prose', () => {
    const prose = 'The quick brown fox jumps over the lazy dog. '.repeat(20);
    assert.ok(tokensAtMost(prose) < 0.6 * Buffer.byteLength(prose));
  });
});

describe('the worst of a request', () => {
  const provider: ProviderConfig = { name: 'p', type: 'openai', modelName: 'm', key: { is: 'none' }, timeouts: {}, cost: [] };
  const table = (price: Price): PriceTable => new PriceTable([{ provider: 'openai', model: 'm', price }]);

  test('is never less than what it can come to', () => {
    const price = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 };
    const { tokens, cost, priced } = worstOf(table(price), provider, 2_000, 500);
    assert.equal(priced, true);
    assert.ok(tokens >= 2_500);
    for (const [cachedTokens, cacheWriteTokens] of [
      [0, 0],
      [2_000, 0],
      [0, 2_000],
      [1_000, 1_000],
    ] as const)
      assert.ok(cost >= costOf({ inputTokens: 2_000, cachedTokens, cacheWriteTokens, outputTokens: 500 }, price));
  });

  test('counts a long prompt as long', () => {
    const price = { input: 1, output: 1, long: { above: 100_000, input: 5, output: 5 } };
    assert.ok(worstOf(table(price), provider, 100_000, 1).cost >= 0.5);
    assert.ok(worstOf(table(price), provider, 50_000, 1).cost < 0.06);
  });

  test('takes the longest answer of the model where nothing bounds it', () => {
    const listed = { ...provider, modelName: 'gpt-5-mini' };
    assert.ok(worstOf(new PriceTable([]), listed, 0, undefined).tokens >= 128_000);
    assert.ok(worstOf(new PriceTable([]), listed, 0, 100).tokens < 2_000);
    const unlisted = worstOf(new PriceTable([]), provider, 0, undefined).tokens;
    assert.ok(unlisted >= 16_384 && unlisted < 128_000);
  });

  test('costs 0 where no price is known, and says so', () => {
    const { cost, priced, tokens } = worstOf(new PriceTable([]), provider, 10, 10);
    assert.deepEqual([cost, priced], [0, false]);
    assert.ok(tokens >= 20);
    assert.equal(worstOf(new PriceTable([]), { ...provider, type: 'ollama' }, 10, 10).priced, true);
  });
});
