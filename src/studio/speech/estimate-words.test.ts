import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { estimateWords, type EstimatedWord } from './estimate-words.ts';

const rate = 16_000;

/** Sound and silence by turns, in seconds; the sound is a buzz, the silence a faint hiss. */
function recording(...lengths: readonly number[]): Float32Array {
  const samples: number[] = [];
  for (const [at, seconds] of lengths.entries())
    for (let i = 0; i < Math.round(seconds * rate); i++)
      samples.push(at % 2 === 0 ? 0.3 * Math.sin(i * 0.1) * (1 + 0.5 * Math.sin(i * 0.004)) : 0.0002 * Math.sin(i * 1.7));
  return Float32Array.from(samples);
}

function mustBeOrdered(words: readonly EstimatedWord[], length: number): void {
  let before = 0;
  for (const { text, start, end } of words) {
    assert.ok(start >= before - 1e-9 && end > start && end <= length + 1e-9, `${text}: ${start}–${end} after ${before}`);
    before = end;
  }
}

const near = (actual: number | undefined, expected: number, within = 0.03): void =>
  assert.ok(actual !== undefined && Math.abs(actual - expected) <= within, `${actual} is not near ${expected}`);

suite('words of a recording that nobody aligned', () => {
  test('a pause belongs to the comma and the full stop', () => {
    const words = 'Fold it in half, then press hard. Open it again.'.split(' ');
    const found = estimateWords(words, recording(0.9, 0.2, 0.8, 0.4, 0.8), rate);
    mustBeOrdered(found, 3.1);
    near(found[3]?.end, 0.9);
    near(found[4]?.start, 1.1);
    near(found[6]?.end, 1.9);
    near(found[7]?.start, 2.3);
    near(found.at(-1)?.end, 3.1);
  });

  test('silence before and after is nobody’s', () => {
    const found = estimateWords(
      ['Press', 'it'],
      Float32Array.from([...new Float32Array(rate), ...recording(0.6), ...new Float32Array(rate)]),
      rate,
    );
    near(found[0]?.start, 1);
    near(found[1]?.end, 1.6);
  });

  test('a short gap inside a word is no pause between two', () => {
    const found = estimateWords(['Straightforwardness', 'matters.'], recording(0.5, 0.09, 0.55, 0.02, 0.7), rate);
    mustBeOrdered(found, 1.86);
    near(found[0]?.end, 1.15, 0.2);
  });

  test('long words take longer than short ones', () => {
    const [short, long] = estimateWords(['a', 'thermometer'], recording(1), rate);
    assert.ok((short?.end ?? 1) < 0.2);
    near(long?.end, 1);
  });

  test('numbers, acronyms and signs are as long as they are said; an emoji has its moment', () => {
    const words = ['Use', '120', 'ABC', '🎉', 'glue.'];
    const found = estimateWords(words, recording(2.4), rate);
    mustBeOrdered(found, 2.4);
    const seconds = Object.fromEntries(found.map(({ text, start, end }) => [text, end - start]));
    assert.ok((seconds['120'] ?? 0) > (seconds['Use'] ?? 0) * 1.8);
    assert.ok((seconds['ABC'] ?? 0) > (seconds['Use'] ?? 0));
    assert.ok((seconds['🎉'] ?? 1) < 0.05);
  });

  test('a pause where nothing is written is one all the same', () => {
    const found = estimateWords('now fold the paper and press it'.split(' '), recording(0.8, 0.5, 0.7), rate);
    mustBeOrdered(found, 2);
    assert.ok(found.every(({ start, end }) => end <= 0.83 || start >= 1.27));
  });

  test('scripts without spaces are estimated by their signs', () => {
    const found = estimateWords(['把纸', '对折，', '然后', '压平。'], recording(0.8, 0.3, 0.8), rate);
    mustBeOrdered(found, 1.9);
    near(found[1]?.end, 0.8);
  });

  test('no words, no sound, silence and more pauses than words: every word has a place', () => {
    assert.deepEqual(estimateWords([], recording(1), rate), []);
    assert.deepEqual(estimateWords(['a'], new Float32Array(0), rate), [{ text: 'a', start: 0, end: 0 }]);
    mustBeOrdered(estimateWords(['one', 'two'], new Float32Array(rate), rate), 1);
    mustBeOrdered(estimateWords(['one', 'two'], recording(0.2, 0.3, 0.2, 0.3, 0.2, 0.3, 0.2), rate), 1.7);
    mustBeOrdered(estimateWords(['🎉', '—', '…'], recording(0.5), rate), 0.5);
  });

  test('three hundred words over thirty pauses are found in their order', () => {
    const words = Array.from({ length: 300 }, (_, at) => (at % 9 === 8 ? 'done.' : `word${'x'.repeat(at % 5)}`));
    const samples = recording(...Array.from({ length: 61 }, (_, at) => (at % 2 === 0 ? 2.6 : 0.3)));
    const found = estimateWords(words, samples, rate);
    assert.deepEqual(
      found.map(({ text }) => text),
      words,
    );
    mustBeOrdered(found, samples.length / rate);
  });
});
