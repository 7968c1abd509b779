import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from './canonical.ts';

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
