import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../core/data/json.ts';
import { changesBetween, type Change } from './value-diff.ts';

const changes = (was: Json, would: Json): readonly Change[] => [...changesBetween(was, would)];

test('equal values differ nowhere, whatever the order of their keys', () => {
  assert.deepEqual(changes({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] }), []);
});

test('each place where they differ is named once', () => {
  assert.deepEqual(changes({ a: 1, b: [1, 2], c: { d: true } }, { a: 2, b: [1, 3, 4], c: {}, 'e f': null }), [
    { path: '.a', was: 1, would: 2 },
    { path: '.b[1]', was: 2, would: 3 },
    { path: '.b[2]', would: 4 },
    { path: '.c.d', was: true },
    { path: '["e f"]', would: null },
  ]);
});

test('values of different shapes differ as a whole', () => {
  assert.deepEqual(changes([1], { 0: 1 }), [{ path: '', was: [1], would: { 0: 1 } }]);
  assert.deepEqual(changes('a', null), [{ path: '', was: 'a', would: null }]);
});
