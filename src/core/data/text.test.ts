import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { closest } from './text.ts';

const steps = ['research', 'write', 'review', 'publish', 'publishAll'];

test('a typing mistake finds its word', () => {
  for (const [typed, meant] of [
    ['reserch', 'research'],
    ['wirte', 'write'],
    ['reviwe', 'review'],
    ['PUBLISH', 'publish'],
    ['publishal', 'publishAll'],
  ] as const) {
    assert.equal(closest(typed, steps), meant);
  }
});

test('another word finds none', () => {
  for (const word of ['', 'x', 'translate', 'wombat']) assert.equal(closest(word, steps), undefined);
  assert.equal(closest('a', ['b']), undefined);
  assert.equal(closest('a', []), undefined);
});

test('the nearest wins, and the first of equals', () => {
  assert.equal(closest('scene2', ['scene11', 'scene1', 'scene3']), 'scene1');
  assert.equal(closest('Scene', ['scene', 'Scene']), 'Scene');
});

test('a swap of neighbours counts once', () => {
  // As two substitutions it would be more than three letters allow.
  assert.equal(closest('teh', ['the']), 'the');
});

test('one wrong letter in five or more always finds the word', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{5,20}$/), fc.nat(), (word, at) => {
      const i = at % word.length;
      assert.equal(closest(`${word.slice(0, i)}_${word.slice(i + 1)}`, [word]), word);
      assert.equal(closest(word.slice(0, i) + word.slice(i + 1), [word]), word);
    }),
  );
});

test('candidates may be any iterable', () => {
  assert.equal(closest('wrte', new Set(steps)), 'write');
});

test('words of which nobody means one by a letter have none near', () => {
  const long = 'x'.repeat(65);
  assert.equal(closest(long, [`${long}y`]), undefined);
  assert.equal(closest('wrte', [...Array.from({ length: 600 }, (_, i) => `other-${i}`), 'write']), undefined);
});
