import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begins, does, numberOf, readScene } from './recognise.ts';

const read = (action: string | null): ReturnType<typeof readScene> =>
  readScene({ topic: 'x', shows: '', action, narration: '', number: 1 });

test('the verb of each part of an action is found', () => {
  assert.deepEqual(read('Let it dry, then gently sand it and paint the wall.').verbs, ['let', 'sand', 'paint']);
  assert.equal(begins(read('Slowly pour it in.'), 'pour'), true);
  assert.equal(does(read('Wait a day, then trim the wick.'), 'trim'), true);
  assert.equal(begins(read('Wait a day, then trim the wick.'), 'trim'), false);
});

test('numbers are read in digits and in words', () => {
  assert.deepEqual(['12', 'eighteen', 'two hundred and fifty', 'twenty-five', 'a'].map(numberOf), [12, 18, 250, 25, 1]);
  assert.deepEqual(['', 'some', 'hot'].map(numberOf), [undefined, undefined, undefined]);
});

test('a scene without an action is no step', () => {
  assert.equal(read(null).step, false);
  assert.deepEqual(read(null).verbs, []);
});

test('whatever is written, it can be read', () => {
  for (const text of ['', '🪁🪁🪁', '把纸对折', 'اطوِ الورقة', '\u0000\uFFFF', '\uD800', 'fold '.repeat(50_000)]) {
    assert.ok(read(text).seen.length < 5000);
  }
});
