import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fittedText, type FittedText } from './fitted-text.ts';
import { familiesFor } from './fonts.ts';

const room = { width: 600, height: 200 };
const fit = (text: string): FittedText =>
  fittedText({ text, weight: 700, families: familiesFor([text]), largest: 90, smallest: 24, room, mostLines: 3 });
const read = ({ lines }: FittedText): string => lines.map(({ words }) => words.map(({ text }) => text).join(' ')).join(' / ');

test('a short text is as large as it may be, a longer one as large as its room allows', () => {
  assert.equal(fit('Fly far').size, 90);
  const long = fit('How to make paper airplanes that fly far');
  assert.ok(long.size < 90 && long.size > 40, `${long.size}`);
});

test('lines are of about the same width', () => {
  const { lines } = fit('How to make paper airplanes that fly far');
  const widths = lines.map(({ width }) => width);
  assert.ok(lines.length > 1 && Math.min(...widths) > Math.max(...widths) * 0.6, widths.join(' '));
});

test('whatever the text is, it stays in its room', () => {
  for (const text of ['x', 'W'.repeat(90), 'word '.repeat(200).trim(), 'Donaudampfschifffahrtsgesellschaftskapitän '.repeat(3), 'É Å']) {
    const fits = fit(text);
    assert.ok(fits.width <= room.width && fits.height <= room.height && fits.lines.length <= 3, `${text}: ${read(fits)}`);
  }
});

test('what does not fit ends with an ellipsis, what does has all its words', () => {
  assert.match(read(fit('word '.repeat(200).trim())), /word…$/u);
  assert.equal(read(fit('Fold it, then fly')).replaceAll(' / ', ' '), 'Fold it, then fly');
});

test('no text takes up no width', () => assert.equal(fit('').width, 0));
