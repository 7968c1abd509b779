import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chanceFrom } from './chance.ts';

test('the same seed gives the same numbers, and another seed others', () => {
  const draw = (seed: number): readonly number[] => Array.from({ length: 50 }, chanceFrom(seed));
  assert.deepEqual(draw(3), draw(3));
  assert.notDeepEqual(draw(3), draw(4));
  assert.ok(draw(0).every((value) => value >= 0 && value < 1));
});
