/** The small readers: retry-after, keys, addresses, merging, sentences. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { APICallError } from '@ai-sdk/provider';
import { baseUrlOf, needsApiBase } from './base-url.ts';
import { failureOf } from './failure.ts';
import { provider } from './fixtures/rig.ts';
import { keyOf } from './keys.ts';
import { strictest } from './limits.ts';
import { merged } from './merge.ts';
import { retryAfter } from './retry-after.ts';
import { providerTypes } from '../config/model.ts';

const now = Date.UTC(2026, 0, 1);

suite('how long a provider wants to be left alone', () => {
  const cases: readonly (readonly [Readonly<Record<string, string>>, string, number | undefined])[] = [
    [{}, '', undefined],
    [{ 'retry-after': '3' }, '', 3000],
    [{ 'retry-after': '0.5' }, '', 500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }, '', 9000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, '', 0],
    [{ 'retry-after-ms': '250', 'retry-after': '3' }, '', 250],
    [{ 'retry-after': 'soon' }, '', undefined],
    [{}, '{"details":[{"retryDelay": "37s"}]}', 37_000],
  ];
  for (const [headers, body, expected] of cases)
    test(`${JSON.stringify(headers)} ${body} → ${expected}`, () => assert.equal(retryAfter(headers, body, now), expected));
});

suite('keys', () => {
  const location = { is: 'env', names: ['FIRST', 'SECOND'] } as const;
  test('the first that is set counts, and an empty one is not set', () => {
    assert.deepEqual(keyOf(location, { FIRST: ' ', SECOND: 'two\n' }), { is: 'key', value: 'two', from: 'SECOND' });
    assert.deepEqual(keyOf(location, {}), { is: 'missing', mend: 'set FIRST or SECOND' });
  });
  test('a key of the call is not looked for in the environment', () => {
    assert.equal(keyOf({ is: 'dynamic', name: 'FIRST' }, { FIRST: 'x' }).is, 'missing');
  });
});

suite('addresses', () => {
  test('every type has one or needs one', () => {
    for (const type of providerTypes) {
      const { apiBase: _none, ...without } = provider('', 'p', { type });
      if (needsApiBase(type)) assert.throws(() => baseUrlOf(without), { code: 'GATEWAY_CONFIG_INVALID' });
      else assert.match(baseUrlOf(without), /^https?:\/\/[^/]+\/.*[^/]$/);
    }
  });
});

suite('merging', () => {
  test('objects field by field, everything else replaced, nothing changed in place', () => {
    const base = { a: { b: 1, c: [1, 2] }, d: 'x' };
    assert.deepEqual(merged(base, { a: { c: [3], e: null }, d: { f: 1 } }), { a: { b: 1, c: [3], e: null }, d: { f: 1 } });
    assert.deepEqual(base, { a: { b: 1, c: [1, 2] }, d: 'x' });
  });
  test('a field named __proto__ is a field', () => {
    const result = merged({}, JSON.parse('{"__proto__":{"polluted":true}}') as Record<string, never>);
    assert.equal(Object.getPrototypeOf(result), Object.prototype);
    assert.equal(JSON.stringify(result), '{"__proto__":{"polluted":true}}');
  });
});

suite('limits', () => {
  test('the strictest that is said; where nothing is said there still is one', () => {
    assert.equal(strictest('total', { total: 5 }, {}, { total: 3, firstToken: 1 }), 3);
    for (const limit of ['total', 'firstToken', 'streamTotal'] as const) assert.ok(strictest(limit, {}, {}, {}) > 0);
  });
});

suite('what a provider says', () => {
  const of = (status: number, responseBody: string) =>
    failureOf(new APICallError({ message: 'Status Text', url: 'u', requestBodyValues: {}, statusCode: status, responseBody }), {
      now,
      keys: [],
    });

  const sentences: readonly (readonly [string, string])[] = [
    ['{"error":{"message":"No."}}', 'No.'],
    ['{"error":"model not found"}', 'model not found'],
    ['{"message":"No."}', 'No.'],
    ['{"detail":[{"loc":["body"],"msg":"extra fields"}]}', 'extra fields'],
    ['[{"error":{"message":"in a list"}}]', 'in a list'],
    ['two\n  lines', 'two lines'],
    ['', 'Status Text'],
    ['{"unknown":1}', '{"unknown":1}'],
    ['{"error":{"message":""}}', '{"error":{"message":""}}'],
  ];
  for (const [body, expected] of sentences)
    test(`${JSON.stringify(body)} → ${expected}`, () => assert.equal(of(500, body).sentence, expected));

  test('a long one is shortened', () => assert.ok(of(500, 'x'.repeat(100_000)).sentence.length < 300));

  const codes: readonly (readonly [number, string, string])[] = [
    [400, 'Your credit balance is too low', 'PROVIDER_LIMITED'],
    [403, 'your input was flagged', 'PROVIDER_REFUSED'],
    [400, 'Incorrect API key provided', 'KEY_REFUSED'],
    [400, 'the field api_key is unknown', 'PROVIDER_REFUSED'],
    [400, 'invalid message: "where do I put the api key?"', 'PROVIDER_REFUSED'],
    [400, 'API key expired. Please renew it.', 'KEY_REFUSED'],
    [200, '{"text":"of insufficient_quota"', 'PROVIDER_FAILED'],
    [408, 'timeout', 'PROVIDER_FAILED'],
    [409, 'conflict', 'PROVIDER_FAILED'],
    [418, 'teapot', 'PROVIDER_REFUSED'],
    [301, 'elsewhere', 'PROVIDER_REFUSED'],
  ];
  for (const [status, body, code] of codes) test(`${status} “${body}” is ${code}`, () => assert.equal(of(status, body).code, code));

  const unreached = (code: string) =>
    failureOf(new APICallError({ message: 'x', url: 'u', requestBodyValues: {}, cause: Object.assign(new Error('inner'), { code }) }), {
      now,
      keys: [],
    });

  test('who was not reached charges nothing; who was, and broke off, may', () => {
    assert.deepEqual([unreached('ECONNREFUSED').spent, unreached('ECONNRESET').spent], ['nothing', 'unknown']);
    assert.deepEqual(
      [unreached('ECONNREFUSED').code, unreached('UND_ERR_HEADERS_TIMEOUT').code],
      ['PROVIDER_FAILED', 'PROVIDER_TIMED_OUT'],
    );
    assert.match(unreached('ECONNREFUSED').sentence, /inner \(ECONNREFUSED\)/);
  });

  test('something that is not even an error is a failure', () => {
    for (const thrown of [undefined, null, 'text', 42, {}, new Error('')])
      assert.equal(failureOf(thrown, { now, keys: [] }).code, 'PROVIDER_FAILED');
  });
});
