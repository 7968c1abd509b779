import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastRatio, mixed, readable, withAlpha } from './contrast.ts';

test('contrast is counted as WCAG does, whichever colour comes first', () => {
  assert.equal(contrastRatio('#000000', '#ffffff'), 21);
  assert.equal(contrastRatio('#abcdef', '#ABCDEF'), 1);
  assert.equal(contrastRatio('#777777', '#ffffff').toFixed(2), '4.48');
  assert.equal(contrastRatio('#ffffff', '#0000ff').toFixed(2), '8.59');
});

test('a colour that can be read stays, and one that cannot is mended as little as needed', () => {
  assert.equal(readable('#ffd84d', '#0c0826'), '#ffd84d');
  for (const [colour, ground] of [
    ['#1b1464', '#0c0826'],
    ['#ffd84d', '#ffffff'],
    ['#808080', '#808080'],
  ] as const) {
    const mended = readable(colour, ground);
    assert.ok(contrastRatio(mended, ground) >= 4.5, `${mended} on ${ground}`);
    assert.ok(contrastRatio(mended, ground) < 6, `${mended} on ${ground} is more than was asked for`);
  }
});

test('colours are mixed and made translucent', () => {
  assert.equal(mixed('#000000', '#ffffff', 0.5), '#808080');
  assert.equal(withAlpha('#102030', 0.5), '#10203080');
});

test('what is no colour is refused by name', () => {
  for (const wrong of ['red', '#fff', '#12345g', '']) assert.throws(() => contrastRatio(wrong, '#ffffff'), /#rrggbb/);
});
