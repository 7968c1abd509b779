import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { readText } from '../reading/read-text.ts';
import type { Sentence } from '../reading/reading.ts';
import { estimate, soundsOf } from './estimate.ts';

const rate = 8000;
/** Sounds from one second to the other. */
function sound(seconds: number, ...stretches: readonly (readonly [number, number])[]): Float32Array {
  return Float32Array.from({ length: seconds * rate }, (_, at) =>
    stretches.some(([start, end]) => at >= start * rate && at < end * rate) ? Math.sin(at / 4) * 0.3 : 0,
  );
}
const sentence = (text: string): Sentence => readText(text).sentences[0] ?? [];

test('where something sounds is found; a short gap is a consonant, a click is nothing', () => {
  const found = soundsOf(sound(2, [0.2, 0.5], [0.56, 0.8], [1.2, 1.6], [1.9, 1.91]), rate);
  assert.deepEqual(
    found.map(({ start, end }) => [start.toFixed(1), end.toFixed(1)]),
    [
      ['0.2', '0.8'],
      ['1.2', '1.6'],
    ],
  );
  assert.deepEqual(soundsOf(new Float32Array(800), rate), []);
});

test('pauses fall behind commas, and longer words take longer', () => {
  const { words } = estimate(sentence('Fold it, then carefully press.'), sound(3, [0.1, 0.5], [0.9, 2.5]), rate);
  assert.ok(Math.abs((words[1]?.end ?? 0) - 0.5) < 0.02 && Math.abs((words[2]?.start ?? 0) - 0.9) < 0.02);
  const [then, carefully] = [words[2], words[3]];
  assert.ok((carefully?.end ?? 0) - (carefully?.start ?? 0) > 1.5 * ((then?.end ?? 0) - (then?.start ?? 0)));
});

test('a breath where the text has none, and more pauses than words, leave every word its time', () => {
  for (const [text, heard] of [
    ['Fold the large sheet of paper.', sound(3, [0, 1], [1.5, 3])],
    ['Go.', sound(3, [0, 1], [1.5, 2], [2.3, 3])],
    ['One two 👍.', sound(3, [0, 0.5], [1, 1.5], [2, 2.5], [2.8, 3])],
  ] as const) {
    const { words } = estimate(sentence(text), heard, rate);
    const timed = words.filter((word) => word !== undefined);
    assert.ok(timed.length >= 1 && timed.every(({ start, end }) => end > start), text);
  }
});

test('silence has no words', () => {
  assert.deepEqual(estimate(sentence('Go.'), new Float32Array(800), rate).words, [undefined]);
});
