import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Word } from '../film/speech.ts';
import { piecesOf } from './pieces.ts';
import { looks } from './templates.ts';

const seconds = 10;
const word = (text: string, start = 0, end = start + 0.4): Word => ({ text, start, end });
const pieces = (words: readonly Word[], write = (text: string): string => text, partsFor = (_: string): number => 1) =>
  piecesOf(words, { seconds, write, partsFor });

test('bold captions are capitals without full stops and commas', () => {
  const { write } = looks['tiktok-bold'];
  const written = [
    'plane,',
    'half.',
    'wait…',
    '“Now,”',
    '(yes).',
    'really?',
    'Go!',
    '3.5',
    'a.m.',
    'U.S.,',
    'it’s',
    'so-called',
    'why—',
    'straße',
  ];
  assert.deepEqual(written.map(write), [
    'PLANE', 'HALF', 'WAIT', '“NOW”', '(YES)', 'REALLY?', 'GO!', '3.5', 'A.M.', 'U.S.', 'IT’S', 'SO-CALLED', 'WHY', 'STRASSE',
  ]); // prettier-ignore
});

test('what has no letter, number or sign is not shown', () => {
  assert.deepEqual(
    pieces([word('Fold'), word('—'), word(''), word('...'), word('&'), word('it')]).map(({ text }) => text),
    ['Fold', '&', 'it'],
  );
});

test('what ends with a word is known, also behind a quote', () => {
  assert.deepEqual(
    pieces(['no', 'no,', 'no.', '“no!”', '(no),', '不。'].map((text) => word(text))).map(({ closes }) => closes),
    ['word', 'clause', 'sentence', 'sentence', 'clause', 'sentence'],
  );
});

test('a broken word shares its time among its parts, and is written once', () => {
  const [first, second] = pieces([word('notebook', 1, 2)], undefined, () => 2);
  assert.deepEqual([first?.text, second?.text], ['note-', 'book']);
  assert.deepEqual([first?.source, second?.source], ['notebook', '']);
  assert.equal(first?.start, 1);
  assert.equal(first?.end, second?.start);
  assert.equal(second?.end, 2);
});

test('times that cannot be are made possible: in order, within the scene', () => {
  const times = pieces([word('a', 3, 2), word('b', Number.NaN, Number.NaN), word('c', 1, 99), word('d', 50, 60)]);
  let last = 0;
  for (const { start, end } of times) {
    assert.ok(start >= last && end >= start && end <= seconds, `${start}..${end}`);
    last = start;
  }
  assert.equal(times.length, 4);
});
