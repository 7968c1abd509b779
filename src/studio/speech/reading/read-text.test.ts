import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { readings } from './fixtures/readings.ts';
import { readText } from './read-text.ts';
import type { ReadWord } from './reading.ts';

const marks: Readonly<Record<ReadWord['pause'], string>> = { none: '', comma: ',', stop: '.', question: '?', exclamation: '!' };

/** What is said, with a mark where the voice rests, and a stroke between sentences. */
const said = (text: string): string =>
  readText(text)
    .sentences.map((sentence) =>
      sentence
        .filter(({ spoken }) => spoken.length > 0)
        .map(({ spoken, pause }) => `${spoken.join(' ')}${marks[pause]}`)
        .join(' '),
    )
    .join(' / ');

for (const [what, lines] of Object.entries(readings)) {
  test(`${what} are read as a person would`, () => {
    for (const line of lines.trim().split('\n')) {
      const [written = '', expected = ''] = line.split('→').map((part) => part.trim());
      assert.equal(said(written), expected, written);
    }
  });
}

test('every written word is there, in order, with what is said for it', () => {
  const { sentences, unread } = readText('Fold 2½ sheets 👍 (twice) — then  折り紙 stop.\n\n🎉 Go!');
  assert.deepEqual(
    sentences.map((sentence) => sentence.map(({ written, spoken, pause }) => `${written}|${spoken.join(' ')}|${pause}`)),
    [
      [
        'Fold|fold|none',
        '2½|two and a half|none',
        'sheets|sheets|comma',
        '👍||comma',
        '(twice)|twice|comma',
        '—||comma',
        'then|then|none',
        '折り紙||none',
        'stop.|stop|stop',
        '🎉||none',
      ],
      ['Go!|go|exclamation'],
    ],
  );
  assert.deepEqual(unread, ['折り紙']);
});

test('lines and empty lines end a sentence; a line that goes on does not', () => {
  assert.equal(said('Paper\nScissors\n\nglue'), 'paper. / scissors. / glue');
  assert.equal(said('Fold the paper\nin half'), 'fold the paper in half');
});

test('a sentence without an end is spoken in parts', () => {
  const { sentences } = readText('fold it and '.repeat(100));
  assert.ok(sentences.length > 3 && sentences.every((sentence) => sentence.length <= 60));
});

test('whatever is written, nothing is lost, and only letters that a voice knows are said', () => {
  const odd = fc.constantFrom(
    '½',
    '1/2',
    '$',
    '–',
    '...',
    "'",
    '"',
    '#',
    '@',
    '°C',
    '👍',
    '折',
    'é',
    'A.',
    'x',
    '\u200b',
    '٣',
    'ﬁ',
    '1,000',
    'e.g.',
    '(',
    ')',
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(odd, fc.string({ unit: 'grapheme', maxLength: 6 }), fc.nat().map(String)), { maxLength: 12 }),
      fc.constantFrom(' ', '', '-'),
      (parts, by) => {
        const text = parts.join(by);
        const words = readText(text).sentences.flat();
        const written = text.split(/\s+/u).filter((word) => word !== '');
        if (words.length > 0)
          assert.deepEqual(
            words.map((word) => word.written),
            written,
          );
        for (const word of words.flatMap(({ spoken }) => spoken)) assert.match(word, /^(?:[a-z][a-z']*|[A-Z](?:'s)?)$/, text);
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});
