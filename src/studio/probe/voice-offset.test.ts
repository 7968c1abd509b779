import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelsOf, voiceOffset, voiceRate } from './voice-offset.ts';
import type { Span } from './span.ts';

const words: readonly Span[] = [0.5, 0.9, 1.6, 3.2, 3.7, 5.1, 5.5, 6.4].map((start) => ({ start, end: start + 0.3 }));

/** Eight seconds of music, and a voice over it that comes `late`. */
const film = (late: number, voice: number): Float32Array =>
  levelsOf(
    Int16Array.from({ length: 8 * voiceRate }, (_, place) => {
      const at = place / voiceRate;
      const speaks = words.some(({ start, end }) => at >= start + late && at < end + late);
      return 900 * Math.sin(at * 1400) * (1 + 0.5 * Math.sin(at * 9)) + (speaks ? voice * Math.sin(at * 2100) : 0);
    }),
  );

test('a voice is found where it is heard', () => {
  for (const late of [0, 0.16, 0.5, -0.3]) assert.equal(voiceOffset(film(late, 6000), words), late);
});

test('music alone is not taken for a voice', () => {
  assert.equal(voiceOffset(film(0, 0), words), null);
});

test('nothing can be told of a steady tone, of words without a pause, or of nothing', () => {
  assert.equal(voiceOffset(new Float32Array(400).fill(30), words), null);
  assert.equal(voiceOffset(film(0, 6000), [{ start: 0, end: 8 }]), null);
  assert.equal(voiceOffset(film(0, 6000), []), null);
  assert.equal(voiceOffset(new Float32Array(), words), null);
});
