import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Names } from './names.ts';

test('so many names are told, the first that came, and the others are other', () => {
  const names = new Names(2);
  assert.deepEqual(
    ['a', 'b', 'c', 'a', 'b', 'd'].map((name) => names.of(name)),
    ['a', 'b', 'other', 'a', 'b', 'other'],
  );
});

test('a name that is as long as a text takes no place', () => {
  const names = new Names(1);
  assert.equal(names.of('x'.repeat(101)), 'other');
  assert.equal(names.of('short'), 'short');
});
