import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { contentHash, sha256 } from './sha256.ts';

const expected = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

test('lengths around a block boundary', () => {
  const lengths = [0, 1, ...Array.from({ length: 11 }, (_, i) => 55 + i), ...Array.from({ length: 11 }, (_, i) => 119 + i)];
  for (const length of lengths) {
    for (const unit of ['a', 'é', '€', '😀']) {
      const text = unit.repeat(length);
      assert.equal(sha256(text), expected(text), `${length} × ${unit}`);
    }
  }
});

test('any string, lone surrogates included', () => {
  const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 }).map((codes) => String.fromCharCode(...codes));
  const surrogates = fc.array(fc.integer({ min: 0xd700, max: 0xe0ff }), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes));
  const characters = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(fc.oneof(units, surrogates, characters), (text) => assert.equal(sha256(text), expected(text))),
    { numRuns: 1000 },
  );
});

test('long strings', () => {
  const long = fc.tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 100_000 }));
  fc.assert(
    fc.property(long, ([piece, length]) => {
      const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      assert.equal(sha256(text), expected(text));
    }),
    { numRuns: 50 },
  );
});

test('one hash leaves nothing behind for the next', () => {
  const before = sha256('a');
  sha256('b'.repeat(1000));
  assert.equal(sha256('a'), before);
});

test('contentHash ignores the order of keys and nothing else', () => {
  assert.equal(contentHash({ a: 1, b: [2, 3] }), contentHash({ b: [2, 3], a: 1 }));
  assert.notEqual(contentHash({ a: 1, b: [2, 3] }), contentHash({ a: 1, b: [3, 2] }));
  assert.equal(contentHash({ b: 1, a: null }), expected('{"a":null,"b":1}'));
});
