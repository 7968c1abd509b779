import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { align, type ExpectedWord } from './align.ts';

const words = (text: string): readonly ExpectedWord[] =>
  text
    .split(' | ')
    .map((word) => ({ phones: word.split(' ').filter((phone) => phone !== '' && phone !== ','), pause: word.endsWith(',') }));
const found = (expected: string, heard: string): string => align(words(expected), heard.split(' ')).join(' ');

test('what sounds as expected is found exactly', () => {
  assert.equal(found('f ow l d | dh ax | p ey p er', 'f ow l d dh ax p ey p er'), '0 0 0 0 1 1 2 2 2 2');
});

test('a vowel that is said otherwise, a phone that is dropped and one too many stay with their word', () => {
  assert.equal(found('dh ax | ae p ax l', 'dh iy ae p l'), '0 0 1 1 1');
  assert.equal(found('p er f ax k t | k ah t', 'p er f eh k t k ah'), '0 0 0 0 0 0 1 1');
  assert.equal(found('ax | k ah t', 'ax k ah dx t'), '0 1 1 1 1');
});

test('words that end and begin alike are parted at the pause', () => {
  assert.equal(found('s t aa p , | p r eh s', 's t aa p pau p r eh s'), '0 0 0 0 -1 1 1 1 1');
  assert.equal(found('n ow | n ow , | n ow', 'n ow n ow pau n ow'), '0 0 1 1 -1 2 2');
});

test('words that are not spoken get nothing, and silence is nobody’s', () => {
  assert.equal(found('g ow |  | n aw', 'g ow n aw'), '0 0 2 2');
  assert.equal(found('g ow', 'pau g pau ow pau'), '-1 0 -1 0 -1');
  assert.deepEqual(align([], ['g', 'ow']), [-1, -1]);
  assert.deepEqual(align(words('g ow'), []), []);
});
