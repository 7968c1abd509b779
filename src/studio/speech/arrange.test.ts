import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { arrange, everyWord } from './arrange.ts';
import { readText } from './reading/read-text.ts';
import type { Spoken, Stretch } from './spoken.ts';

const rate = 1000;
/** A second and a half: two words from 0.2 to 0.6, a pause of 0.3, one word from 0.9 to 1.2. */
const spoken: Spoken = {
  rate,
  samples: Float32Array.from({ length: 1500 }, (_, at) => ((at >= 200 && at < 600) || (at >= 900 && at < 1200) ? 0.5 : 0)),
  stretches: [
    { start: 0.2, end: 0.6 },
    { start: 0.9, end: 1.2 },
  ],
  words: [{ start: 0.2, end: 0.4 }, { start: 0.4, end: 0.6 }, undefined, { start: 0.9, end: 1.2 }],
};
const read = readText('Fold it, 👍 then. Fold it, 👍 then.');

const near = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? 0) - expected) < 0.002, `${actual}, not ${expected}`);

test('pauses are as long as we say, and words move with what is said', () => {
  const { samples, words } = arrange(read, [spoken, spoken], 1);
  near(words[0]?.start, 0.03);
  near(words[1]?.end, 0.43);
  near(words[3]?.start, 0.63);
  near(words[3]?.end, 0.93);
  near(words[4]?.start, 1.33);
  // Sounds lie where the words say, and the pause is silent.
  assert.ok((samples[200] ?? 0) > 0.4 && (samples[700] ?? 0) > 0.4 && (samples[1400] ?? 0) > 0.4);
  assert.equal(samples[530], 0);
  near(samples.length / rate, 1.33 + 0.9 + 0.09);
});

test('who speaks faster rests less', () => {
  const { words } = arrange(read, [spoken, spoken], 2);
  near(words[3]?.start, 0.43 + 0.1);
});

test('nothing to say makes no sound', () => {
  assert.equal(arrange({ sentences: [], unread: [] }, [], 1).samples.length, 0);
});

test('words without a time of their own stand between their neighbours', () => {
  const some = (start: number, end: number): Stretch => ({ start, end });
  const cases: readonly (readonly (Stretch | undefined)[])[] = [
    [undefined, some(0.1, 0.3), undefined, undefined, some(0.3, 0.5), undefined],
    [undefined, undefined],
    [some(0, 0.2), ...Array.from({ length: 40 }, () => undefined), some(0.2, 0.4)],
    [undefined, some(0, 0.2)],
    [some(0.3, 0.6), some(0.2, 0.5), some(0.6, 0.6), some(0.5, 0.9)],
    [some(0.5, 1), undefined],
  ];
  for (const words of cases) {
    const placed = everyWord(words, 1);
    assert.equal(placed.length, words.length);
    let last = 0;
    for (const { start, end } of placed) {
      assert.ok(start >= last - 1e-9 && end > start, JSON.stringify(placed));
      last = end;
    }
    assert.ok(last <= 1 + 1e-9);
  }
  assert.deepEqual(everyWord([], 1), []);
});
