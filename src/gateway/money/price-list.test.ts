import assert from 'node:assert/strict';
import { test } from 'node:test';
import { providerTypes, type Rates } from '../config/model.ts';
import { priceList } from './price-list.ts';

const known = ['provider', 'model', 'input', 'cachedInput', 'cacheWrite', 'output', 'long', 'maxOutput', 'source', 'seen', 'note'];
const date = /^20\d\d-\d\d-\d\d$/;

test('every row says where it was read, and when', () => {
  assert.match(priceList.asOf, date);
  for (const row of priceList.models) {
    assert.deepEqual(
      Object.keys(row).filter((key) => !known.includes(key)),
      [],
      row.model,
    );
    assert.match(row.source, /^https:\/\/\S+$/, row.model);
    assert.match(row.seen, date, row.model);
    assert.ok(row.seen <= priceList.asOf, row.model);
    assert.ok(
      providerTypes.some((type) => type === row.provider),
      row.provider,
    );
  }
});

test('no model stands there twice', () => {
  const names = priceList.models.map(({ provider, model }) => `${provider} ${model}`);
  assert.deepEqual(
    names.filter((name, i) => names.indexOf(name) !== i),
    [],
  );
});

/** Dollars for a million tokens: a price for one token, or for a thousand, would fall below the cheapest that is asked. */
function plausible(rates: Rates, name: string): void {
  assert.ok(rates.input >= 0.02 && rates.input <= 500, `${name}: input ${rates.input}`);
  assert.ok(rates.output >= rates.input && rates.output <= 500, `${name}: output ${rates.output}`);
  const { cachedInput = rates.input, cacheWrite = rates.input } = rates;
  assert.ok(cachedInput > 0 && cachedInput <= rates.input, `${name}: cached input ${cachedInput}`);
  assert.ok(cacheWrite >= rates.input && cacheWrite <= 2 * rates.input, `${name}: cache write ${cacheWrite}`);
}

test('prices are for a million tokens, and such as are asked', () => {
  assert.equal(priceList.currency, 'USD');
  assert.equal(priceList.per, 1_000_000);
  for (const row of priceList.models) {
    const name = `${row.provider} ${row.model}`;
    plausible(row, name);
    if (row.long === undefined) continue;
    plausible(row.long, `${name}, long`);
    assert.ok(row.long.above >= 10_000 && row.long.input >= row.input && row.long.output >= row.output, name);
  }
});

test('each provider that asks for money has a model with a price', () => {
  const free = ['ollama', 'vllm', 'sglang', 'tensorzero', 'openai_compatible'];
  for (const type of providerTypes)
    assert.equal(
      priceList.models.some(({ provider }) => provider === type),
      !free.includes(type),
      type,
    );
});
