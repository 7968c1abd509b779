import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brokenInto, isRightToLeft, tokensOf } from './tokens.ts';

test('words are parted at their spaces, and scripts without spaces at their words', () => {
  assert.deepEqual(tokensOf('Fold it twice'), [
    { text: 'Fold', glued: false },
    { text: 'it', glued: false },
    { text: 'twice', glued: false },
  ]);
  const tokens = tokensOf('将纸对折，然后再打开。 OK');
  assert.equal(tokens.map(({ text, glued }) => (glued ? text : ` ${text}`)).join(''), ' 将纸对折，然后再打开。 OK');
  assert.ok(tokens.length > 3);
  for (const { text } of tokens) assert.doesNotMatch(text, /^[，。]/u);
});

test('an opening bracket stays with the word after it', () => {
  assert.ok(tokensOf('中线（很重要）').every(({ text }) => !text.endsWith('（')));
});

test('a word is broken into parts with hyphens, and no letter is lost', () => {
  for (const [word, count] of [
    ['antidisestablishmentarianism', 2],
    ['Donaudampfschifffahrtsgesellschaftskapitän', 3],
    ['x'.repeat(200), 7],
    ['ab', 1],
  ] as const) {
    const parts = brokenInto(word, count);
    assert.equal(parts.length, count);
    assert.equal(parts.join('').replaceAll('-', ''), word);
    for (const part of parts.slice(0, -1)) assert.match(part, /.-$/u);
  }
  assert.deepEqual(brokenInto('notebook', 2), ['note-', 'book']);
  assert.deepEqual(brokenInto('折り紙折り紙', 2), ['折り紙', '折り紙']);
});

test('a text runs from right to left when its first letter does', () => {
  assert.equal(isRightToLeft('3 اطوِ USB'), true);
  assert.equal(isRightToLeft('שלום'), true);
  assert.equal(isRightToLeft('USB اطوِ'), false);
  assert.equal(isRightToLeft('42!'), false);
});
