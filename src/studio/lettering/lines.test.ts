import assert from 'node:assert/strict';
import { test } from 'node:test';
import { balanced, placed } from './lines.ts';

const words = (...widths: number[]) => widths.map((width) => ({ width, gap: 10 }));

test('the widest line is as narrow as can be', () => {
  assert.deepEqual(balanced(words(100, 100, 100, 100), 2), { begins: [0, 2], width: 210 });
  assert.deepEqual(balanced(words(10, 10, 200), 2), { begins: [0, 2], width: 200 });
  assert.deepEqual(balanced(words(50, 60, 70, 80, 90), 3), { begins: [0, 2, 4], width: 160 });
});

test('fewer words than lines give as many lines as words', () => {
  assert.deepEqual(balanced(words(40), 3), { begins: [0], width: 40 });
  assert.deepEqual(balanced([], 2), { begins: [], width: 0 });
});

test('a break that is disliked goes elsewhere', () => {
  assert.deepEqual(balanced(words(100, 100, 100, 100), 2, (before) => (before === 2 ? 500 : 0)).begins.length, 2);
  assert.notEqual(balanced(words(100, 100, 100, 100), 2, (before) => (before === 2 ? 500 : 0)).begins[1], 2);
});

test('words stand one after another, from the side at which their text begins', () => {
  assert.deepEqual(placed(words(100, 50, 20), 'ltr', ['ltr', 'ltr', 'ltr']), [0, 110, 170]);
  assert.deepEqual(placed(words(100, 50, 20), 'rtl', ['rtl', 'rtl', 'rtl']), [90, 30, 0]);
});

test('words of the other direction keep their order among themselves', () => {
  // The first stands at the right; the next two, in Latin letters, are read from left to right; the last is leftmost.
  assert.deepEqual(placed(words(100, 50, 20, 30), 'rtl', ['rtl', 'ltr', 'ltr', 'rtl']), [130, 40, 100, 0]);
});
