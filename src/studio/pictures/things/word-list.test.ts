import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWordList } from './word-list.ts';

test('a line says what a thing is called', () => {
  const things = readWordList(`
    teapot: kettle, pot of tea
    peanuts = peanut, groundnut
    paper-boat
    hat: hat, cap
  `);
  assert.deepEqual(
    [...things],
    [
      ['teapot', ['teapot', 'kettle', 'pot of tea']],
      ['peanuts', ['peanut', 'groundnut']],
      ['paper-boat', ['paper boat']],
      ['hat', ['hat', 'cap']],
    ],
  );
});

test('a thing that is listed twice is told', () => {
  assert.throws(() => readWordList('egg\negg: boiled egg'), /egg twice/);
});
