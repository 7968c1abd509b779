import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distances, vectorDistance } from './similarity.ts';

test('texts that share rare words are nearer than those that share common ones', () => {
  const [kite = 1, plane = 1, soup = 1] = distances('how to fold a paper plane', [
    'how to build a kite of cloth',
    'a paper plane that flies far',
    'how to cook a soup',
  ]);
  assert.ok(plane < kite && plane < soup, `${plane} ${kite} ${soup}`);
});

test('the same words are at distance 0, and none in common at 1', () => {
  const [same = 1, other = 0] = distances('Fold THE paper', ['the paper: fold', 'boil water']);
  assert.ok(Math.abs(same) < 1e-9);
  assert.equal(other, 1);
});

test('scripts without spaces have words too', () => {
  const [near = 1, far = 0] = distances('紙飛行機の作り方', ['よく飛ぶ紙飛行機', 'スープの味']);
  assert.ok(near < far);
});

test('a text without words is far from everything', () => assert.deepEqual(distances('', ['paper', '']), [1, 1]));

test('vectors', () => {
  assert.ok(Math.abs(vectorDistance([1, 2], [2, 4])) < 1e-12);
  assert.equal(vectorDistance([1, 0], [0, 1]), 1);
  assert.equal(vectorDistance([], [1]), 1);
});
