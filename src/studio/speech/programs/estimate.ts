/** Finds when words were said where the voice does not tell: by the pauses of the sound and the lengths of the words. */
import type { Sentence } from '../reading/reading.ts';
import type { Spoken, Stretch } from '../spoken.ts';

const frameSeconds = 0.01;
/** dB below the loudest frames: what is quieter is silence. */
const gate = 38;
/** A shorter silence is a consonant, and a shorter sound a click. */
const shortestPause = 0.11;
const shortestSound = 0.03;

export function estimate(sentence: Sentence, samples: Float32Array, rate: number): Spoken {
  const stretches = soundsOf(samples, rate);
  const spoken = sentence.flatMap((word, index) =>
    word.spoken.length === 0 ? [] : [{ index, weight: weightOf(word.spoken), rests: word.pause !== 'none' }],
  );
  const words = new Array<Stretch | undefined>(sentence.length).fill(undefined);
  const cuts = cutsOf(spoken, stretches);
  for (const [part, stretch] of stretches.entries()) {
    const said = spoken.slice(cuts[part] ?? 0, cuts[part + 1] ?? spoken.length);
    const all = said.reduce((sum, { weight }) => sum + weight, 0);
    let now = stretch.start;
    for (const { index, weight } of said) {
      const end = now + ((stretch.end - stretch.start) * weight) / all;
      words[index] = { start: now, end };
      now = end;
    }
  }
  return { rate, samples, stretches, words };
}

/** Where something sounds. */
export function soundsOf(samples: Float32Array, rate: number): readonly Stretch[] {
  const length = Math.max(1, Math.round(rate * frameSeconds));
  const powers = Array.from({ length: Math.ceil(samples.length / length) }, (_, frame) =>
    samples.subarray(frame * length, (frame + 1) * length).reduce((sum, sample) => sum + (sample * sample) / length, 0),
  );
  const loud = [...powers].sort((a, b) => b - a)[Math.floor(powers.length * 0.05)] ?? 0;
  const sounding = powers.flatMap((power, frame) => (loud > 1e-9 && power > loud * 10 ** (-gate / 10) ? [(frame * length) / rate] : []));
  const stretches: Stretch[] = [];
  for (const start of sounding) {
    const last = stretches.at(-1);
    if (last !== undefined && start - last.end < shortestPause)
      stretches[stretches.length - 1] = { start: last.start, end: start + frameSeconds };
    else stretches.push({ start, end: start + frameSeconds });
  }
  return stretches.filter(({ start, end }) => end - start >= shortestSound);
}

interface SpokenWord {
  readonly weight: number;
  readonly rests: boolean;
}

/**
 * With which word each stretch begins: so that the words' lengths fit the stretches', and the pauses fall where the
 * text has them. Each stretch gets one word at least, as long as there are enough.
 */
function cutsOf(words: readonly SpokenWord[], stretches: readonly Stretch[]): readonly number[] {
  const seconds = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  const weights = words.reduce((sum, { weight }) => sum + weight, 0);
  const cuts = [0];
  let heard = 0;
  for (const [part, { start, end }] of stretches.entries()) {
    heard += end - start;
    const left = stretches.length - 1 - part;
    if (left === 0) break;
    const [least, most] = [Math.min((cuts.at(-1) ?? 0) + 1, words.length), Math.max(words.length - left, 0)];
    cuts.push(bestCut(words, { least, most, expected: (heard / seconds) * weights }));
  }
  return cuts;
}

/** A pause that the text has counts for as much as some letters in the wrong place. */
const worthOfRest = 12;

function bestCut(
  words: readonly SpokenWord[],
  { least, most, expected }: { readonly least: number; readonly most: number; readonly expected: number },
): number {
  let best = { cut: least, cost: Infinity };
  let weight = 0;
  for (let cut = 1; cut <= most; cut++) {
    const word = words[cut - 1];
    weight += word?.weight ?? 0;
    const cost = Math.abs(weight - expected) + (word?.rests === true ? 0 : worthOfRest);
    if (cut >= least && cost < best.cost) best = { cut, cost };
  }
  return best.cut;
}

/** Letters, and a little for the word itself; a letter that is said by its name takes longer. */
const weightOf = (spoken: readonly string[]): number => spoken.reduce((sum, word) => sum + (/^[A-Z]/.test(word) ? 3 : word.length + 1), 0);
