import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Word } from '../film/speech.ts';
import { chunksOf, leastScale, leastSeconds, type ChunkRules } from './chunks.ts';
import { piecesOf, type Piece } from './pieces.ts';

/** As if 20 letters had room on the lines. */
const scaleOf = (pieces: readonly Piece[]): number => Math.min(1, 20 / pieces.reduce((sum, { text }) => sum + text.length, 0));
const rules = (seconds: number, more: Partial<ChunkRules> = {}): ChunkRules => ({ most: 4, ideal: 13, seconds, scaleOf, ...more });
const pieces = (words: readonly Word[], seconds: number) => piecesOf(words, { seconds, write: (text) => text, partsFor: () => 1 });

/** The words of a text at an even pace, with a pause where a sentence ends. */
function said(text: string, pace = 0.3): { readonly words: readonly Word[]; readonly seconds: number } {
  let at = 0;
  const words = text.split(' ').map((word) => {
    const start = at;
    at += pace + (/[.!?]$/.test(word) ? 0.3 : 0);
    return { text: word, start, end: start + pace };
  });
  return { words, seconds: at };
}

function chunked(text: string, pace?: number, more?: Partial<ChunkRules>): readonly string[] {
  const { words, seconds } = said(text, pace);
  return chunksOf(pieces(words, seconds), rules(seconds, more)).map((chunk) => chunk.pieces.map((piece) => piece.text).join(' '));
}

test('captions end where phrases do', () => {
  assert.deepEqual(chunked('Fold it in half. Open it again, then fold the corners.'), [
    'Fold it in half.',
    'Open it again,',
    'then fold the corners.',
  ]);
});

test('an article stays with its noun, and a number with its unit', () => {
  for (const text of [
    'Take one sheet of the paper and cut it with the scissors',
    'Now measure about 30 cm from the left edge and mark it',
    'You need a ruler, a pencil and 2 kg of flour',
  ])
    for (const chunk of chunked(text)) assert.doesNotMatch(chunk, / (the|a|of|with|and|\d+)$/u, chunk);
});

test('a new part of the sentence begins a caption', () => {
  assert.deepEqual(chunked('Want a paper airplane that flies across the whole room?'), [
    'Want a paper airplane',
    'that flies',
    'across the whole room?',
  ]);
});

test('no word is left alone at the end', () => {
  for (const text of ['Fold the top corners down into it', 'Press the whole edge down firmly now', 'This is how we do it'])
    assert.match(chunked(text).at(-1) ?? '', / /u);
});

test('what would flash by is put together with its neighbours', () => {
  assert.deepEqual(chunked('Go. Now. Run.', 0.08, { most: 4 }).length, 1);
});

const someWords = fc.array(
  fc.record({
    text: fc.stringMatching(/^[a-z]{1,24}[.,!?]?$/),
    pause: fc.double({ min: 0, max: 1.5, noNaN: true }),
    length: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 40 },
);

test('whatever is said: every word once, in order, never two captions at once, each readable', () => {
  fc.assert(
    fc.property(someWords, fc.integer({ min: 1, max: 7 }), (parts, most) => {
      let at = 0;
      const words = parts.map(({ text, pause, length }) => {
        const start = at + pause;
        at = start + length;
        return { text, start, end: at };
      });
      const seconds = at + 0.5;
      const all = pieces(words, seconds);
      const chunks = chunksOf(all, rules(seconds, { most }));
      assert.deepEqual(
        chunks.flatMap((chunk) => chunk.pieces),
        all,
      );
      chunks.forEach((chunk, index) => {
        const before = chunks[index - 1];
        assert.ok(chunk.pieces.length <= most);
        assert.ok(chunk.pieces.length === 1 || scaleOf(chunk.pieces) >= leastScale);
        assert.ok(chunk.start >= 0 && chunk.end <= seconds && chunk.end >= chunk.start);
        assert.ok(chunk.start <= (chunk.pieces[0]?.start ?? 0));
        assert.ok(before === undefined || before.end <= chunk.start);
        // Bridged, or gone for so long that it does not flicker.
        if (before !== undefined) assert.ok(chunk.start === before.end || chunk.start - before.end > 0.1);
      });
    }),
    { numRuns: 60 },
  );
});

test('speech at a usual pace leaves every caption half a second', () => {
  const { words, seconds } = said('I do it so you can see how a to b is up or on if we go at it my way now ok', 0.14);
  for (const { start, end } of chunksOf(pieces(words, seconds), rules(seconds))) assert.ok(end - start >= leastSeconds - 0.001);
});

test('no words, no captions', () => assert.deepEqual(chunksOf([], rules(3)), []));
