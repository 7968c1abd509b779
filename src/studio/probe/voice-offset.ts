/** Where the voice is really heard: the sound of the finished film, held against the times that its words are meant to have. */
import type { Span } from './span.ts';

/** Of the samples whose levels are taken. */
export const voiceRate = 8000;
const levelsPerSecond = 50;
const samplesPerLevel = voiceRate / levelsPerSecond;

/** How loud the sound is, fifty times a second, in decibels above its smallest step. */
export function levelsOf(samples: Int16Array): Float32Array {
  return Float32Array.from({ length: Math.floor(samples.length / samplesPerLevel) }, (_, index) => {
    let power = 0;
    for (const sample of samples.subarray(index * samplesPerLevel, (index + 1) * samplesPerLevel)) power += sample * sample;
    return 10 * Math.log10(Math.max(1, power / samplesPerLevel));
  });
}

/** Further off than this nobody would take it for the same words. */
const furthest = levelsPerSecond;
/** Music alone goes along with words by chance, but never so well. */
const leastLikeness = 0.45;

/**
 * Seconds from the words' times to the voice: the shift at which the sound is loudest where words are, and quietest where
 * none are. Null where that cannot be told: without pauses, or without a voice that stands out.
 */
export function voiceOffset(levels: Float32Array, words: readonly Span[]): number | null {
  const spoken = new Uint8Array(levels.length);
  for (const { start, end } of words) spoken.fill(1, Math.round(start * levelsPerSecond), Math.round(end * levelsPerSecond));
  let best = { shift: 0, likeness: likenessAt(spoken, levels, 0) };
  for (let distance = 1; distance <= furthest; distance++)
    for (const shift of [distance, -distance]) {
      const likeness = likenessAt(spoken, levels, shift);
      if (likeness > best.likeness) best = { shift, likeness };
    }
  return best.likeness < leastLikeness ? null : best.shift / levelsPerSecond;
}

/** Pearson's correlation of the words with the levels, these moved by `shift`. */
function likenessAt(spoken: Uint8Array, levels: Float32Array, shift: number): number {
  const from = Math.max(0, -shift);
  const to = Math.min(levels.length, levels.length - shift);
  const count = to - from;
  let [words, sum, squares, both] = [0, 0, 0, 0];
  for (let index = from; index < to; index++) {
    const level = levels[index + shift] ?? 0;
    const word = spoken[index] ?? 0;
    words += word;
    sum += level;
    squares += level * level;
    both += word * level;
  }
  const spread = (words - (words * words) / count) * (squares - (sum * sum) / count);
  return spread > 0 ? (both - (words * sum) / count) / Math.sqrt(spread) : 0;
}
