import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import { noUsage } from '../inference.ts';
import { costByPointers, costOf } from './cost.ts';

const million = 1_000_000;

describe('cost by price', () => {
  test('dollars for a million tokens', () => {
    assert.equal(costOf({ ...noUsage, inputTokens: million, outputTokens: million }, { input: 3, output: 15 }), 18);
    assert.equal(costOf({ ...noUsage, inputTokens: 1000, outputTokens: 100 }, { input: 3, output: 15 }), 0.0045);
    assert.equal(costOf(noUsage, { input: 3, output: 15 }), 0);
  });

  test('cached and written tokens are a part of the input, and cost what they cost', () => {
    const usage = { inputTokens: million, cachedTokens: 600_000, cacheWriteTokens: 300_000, outputTokens: 0 };
    assert.equal(Math.round(costOf(usage, { input: 10, cachedInput: 1, cacheWrite: 12, output: 0 }) * 100), 520);
    assert.equal(costOf(usage, { input: 10, output: 0 }), 10);
  });

  test('a provider that counts its parts beyond the whole is not paid for less than nothing', () => {
    const usage = { inputTokens: 10, cachedTokens: million, cacheWriteTokens: 0, outputTokens: 0 };
    assert.equal(costOf(usage, { input: 10, cachedInput: 1, output: 0 }), 1);
  });

  test('a long prompt makes the whole request dearer', () => {
    const price = { input: 2, cachedInput: 0.2, output: 12, long: { above: 200_000, input: 4, cachedInput: 0.4, output: 18 } };
    assert.equal(costOf({ ...noUsage, inputTokens: 200_000, outputTokens: 100_000 }, price), 1.6);
    assert.equal(costOf({ ...noUsage, inputTokens: 250_000, outputTokens: 100_000 }, price), 2.8);
  });
});

describe('cost by pointers', () => {
  const raw = { usage: { prompt_tokens: 1000, 'a/b': { '~c': 2 }, cost: 0.25, list: [{ n: 4 }], none: null, text: '5' } };
  const pointer = (path: string, perUnit = 1, required = true) => ({ pointer: path, perUnit, required });

  test('amounts of the response, each at its price', () => {
    assert.equal(costByPointers([pointer('/usage/prompt_tokens', 3e-6), pointer('/usage/cost')], raw), 0.253);
    assert.equal(costByPointers([pointer('/usage/a~1b/~0c'), pointer('/usage/list/0/n')], raw), 6);
    assert.equal(costByPointers([pointer('', 2)], 4), 8);
    assert.equal(costByPointers([], raw), 0);
  });

  test('a discount takes off, and never below nothing', () => {
    assert.equal(costByPointers([pointer('/usage/cost'), pointer('/usage/list/0/n', -0.05)], raw), 0.04999999999999999);
    assert.equal(costByPointers([pointer('/usage/cost', -1)], raw), 0);
  });

  test('one that is not required may lead nowhere', () => {
    for (const path of ['/usage/none', '/usage/other', '/usage/list/7/n', '/usage/cost/deeper', '/toString', 'usage/cost'])
      assert.equal(costByPointers([pointer(path, 1, false)], raw), 0, path);
  });

  test('one that is required and leads nowhere, or to no number, is told', () => {
    for (const path of ['/usage/none', '/usage/other', '/constructor', 'usage/cost', '/usage/text', '/usage'])
      assert.throws(
        () => costByPointers([pointer(path)], raw),
        (error) =>
          error instanceof ContinuoError && error.code === 'GATEWAY_CONFIG_INVALID' && error.message.includes(JSON.stringify(path)),
        path,
      );
    assert.throws(() => costByPointers([pointer('/usage/text', 1, false)], raw), /no number/);
  });
});
