import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { canonicalJson } from './canonical.ts';
import type { Json } from './json.ts';

// Parsed, so that -0 and objects without a prototype do not occur: they are not Json as `toJson` makes it.
const json = fc.json({ maxDepth: 4 }).map((text) => JSON.parse(text) as Json);

function reversed(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, field]) => [name, reversed(field)]),
  );
}

test('the order of keys never matters', () => {
  fc.assert(fc.property(json, (value) => assert.equal(canonicalJson(reversed(value)), canonicalJson(value))));
});

test('the text parses back to the value', () => {
  fc.assert(fc.property(json, (value) => assert.deepEqual(JSON.parse(canonicalJson(value)), value)));
});

test('texts are equal exactly when the values are', () => {
  const small = fc.json({ maxDepth: 2, maxLength: 2 } as fc.JsonSharedConstraints).map((text) => JSON.parse(text) as Json);
  fc.assert(
    fc.property(fc.oneof(json, small), fc.oneof(json, small), (a, b) => {
      assert.equal(canonicalJson(a) === canonicalJson(b), isDeepStrictEqual(a, b));
    }),
  );
});

test('keys sort by UTF-16 unit, as in RFC 8785', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
  assert.equal(canonicalJson(value), '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
});

test('numbers and strings are written as ECMAScript writes them', () => {
  assert.equal(canonicalJson([1e21, 1e-7, 0.1, -0, 5e-324, 333333333.3333333]), '[1e+21,1e-7,0.1,0,5e-324,333333333.3333333]');
  assert.equal(canonicalJson('\ud800"\n'), '"\\ud800\\"\\n"');
  assert.equal(canonicalJson([]), '[]');
  assert.equal(canonicalJson({}), '{}');
});
