/** The instruments that play notes. */
import type { PitchedVoice } from '../score.ts';
import type { Asked, Instrument } from './instrument.ts';
import { fadeIn, levelled, struck, type Partial } from './partials.ts';

interface Plucked {
  /** Where it is plucked, as a share of the string: the overtones with a knot there are missing. */
  readonly at: number;
  /** By how much overtones are quieter: 1 is bright, 2 is dull. */
  readonly dullness: number;
  readonly decay: number;
  /** How much sooner each overtone dies away than the one below it. */
  readonly damping: number;
  readonly count: number;
}

const string =
  ({ at, dullness, decay, damping, count }: Plucked) =>
  (frequency: number, force: number): readonly Partial[] =>
    Array.from({ length: count }, (_, index) => {
      const n = index + 1;
      // High strings are shorter, and silent sooner.
      const length = decay * (220 / Math.max(110, frequency)) ** 0.35;
      return {
        ratio: n * Math.sqrt(1 + 0.00012 * n * n),
        level: Math.abs(Math.sin(Math.PI * n * at)) / n ** (dullness + 0.5 * (1 - force)),
        decay: length / (1 + damping * (n - 1)),
      };
    });

/** Bars and tongues: a few partials that are no multiples of each other. */
const bar =
  (...partials: readonly (readonly [ratio: number, level: number, decay: number])[]) =>
  (frequency: number, force: number): readonly Partial[] =>
    partials.map(([ratio, level, decay], index) => ({
      ratio,
      level: index === 0 ? level : level * (0.4 + 0.6 * force),
      decay: decay * (523 / Math.max(200, frequency)) ** 0.4,
    }));

/** A hammer of felt: few overtones, and fewer when it is played softly. */
const felt = (frequency: number, force: number): readonly Partial[] =>
  Array.from({ length: 12 }, (_, index) => {
    const n = index + 1;
    const decay = 5.5 * (262 / Math.max(110, frequency)) ** 0.5;
    return { ratio: n * Math.sqrt(1 + 0.0003 * n * n), level: Math.exp(-index * (0.95 - 0.35 * force)), decay: decay / (1 + 0.3 * index) };
  });

const lowString = (_frequency: number, force: number): readonly Partial[] =>
  [1, 0.55, 0.3, 0.14, 0.07, 0.03].map((level, index) => ({
    ratio: index + 1,
    level: index === 0 ? level : level * (0.5 + 0.5 * force),
    decay: 2.6 / (1 + 0.55 * index),
  }));

/** A tine: one sine that bends another, much at first and less as it rings. */
function tine({ rate, samples, frequency, force, take }: Asked): Float32Array {
  const result = new Float32Array(samples);
  const angle = (2 * Math.PI * frequency) / rate;
  const fall = Math.exp(-1 / (1.1 * rate));
  const mellow = Math.exp(-1 / (0.35 * rate));
  let envelope = 1;
  let bend = 0.5 + force * 0.7;
  for (let index = 0; index < samples; index++) {
    const tremolo = 1 + 0.1 * Math.sin((2 * Math.PI * 4.6 * index) / rate + take * 2);
    result[index] = Math.sin(angle * index + (0.12 + bend) * Math.sin(angle * index)) * envelope * tremolo;
    envelope *= fall;
    bend *= mellow;
  }
  fadeIn(result, rate, 0.004);
  return levelled(result, rate);
}

/** Two soft saws of few overtones, slightly apart: a wave is drawn once, and read at two speeds. */
function softSaws({ rate, samples, frequency, take }: Asked): Float32Array {
  const size = 2048;
  const wave = new Float32Array(size + 1);
  const most = Math.min(9, Math.floor(2600 / frequency));
  for (let n = 1; n <= most; n++)
    for (let index = 0; index <= size; index++)
      wave[index] = (wave[index] ?? 0) + Math.sin((2 * Math.PI * n * index) / size + n * n) / n ** 1.7;
  const result = new Float32Array(samples);
  for (const [speed, phase] of [
    [2 ** ((0.05 + 0.02 * take) / 12), 0.13 + take * 0.31],
    [2 ** (-(0.06 + 0.015 * take) / 12), 0.57 + take * 0.23],
  ] as const) {
    const step = (size * frequency * speed) / rate;
    let at = (phase % 1) * size;
    for (let index = 0; index < samples; index++) {
      const whole = at | 0;
      const below = wave[whole] ?? 0;
      result[index] = (result[index] ?? 0) + below + ((wave[whole + 1] ?? 0) - below) * (at - whole);
      at += step;
      if (at >= size) at -= size;
    }
  }
  fadeIn(result, rate, 0.45);
  return levelled(result, rate, 1.5);
}

const soft = { level: 0.25, seconds: 0.006, brightness: 0.18 };
const quiet = { level: 0.12, seconds: 0.004, brightness: 0.25 };
const none = { level: 0, seconds: 0.001, brightness: 0.1 };

export const tuned: Readonly<Record<PitchedVoice, Instrument>> = {
  ukulele: struck(
    { partials: string({ at: 0.27, dullness: 1.25, decay: 1.5, damping: 0.28, count: 14 }), attack: 0.002, noise: quiet, detuned: 0.03 },
    { gain: 0.62, rings: 1.8, release: 0.09, room: 0.8 },
  ),
  guitar: struck(
    { partials: string({ at: 0.21, dullness: 1.3, decay: 2.6, damping: 0.3, count: 18 }), attack: 0.002, noise: quiet, detuned: 0.025 },
    { gain: 0.9, rings: 2.8, release: 0.12, room: 1 },
  ),
  pizzicato: struck(
    { partials: string({ at: 0.17, dullness: 1.5, decay: 0.62, damping: 0.4, count: 12 }), attack: 0.003, noise: soft, detuned: 0.05 },
    { gain: 0.95, rings: 0.9, release: 0.12, room: 1.5 },
  ),
  marimba: struck(
    { partials: bar([1, 1, 1.1], [3.93, 0.22, 0.32], [9.2, 0.08, 0.1]), attack: 0.002, noise: { ...soft, level: 0.35 }, detuned: 0 },
    { gain: 1.25, rings: 1.3, release: 0.3, room: 1.2 },
  ),
  kalimba: struck(
    { partials: bar([1, 1, 1.6], [2.0, 0.1, 0.9], [5.4, 0.14, 0.22], [8.2, 0.05, 0.1]), attack: 0.002, noise: quiet, detuned: 0 },
    { gain: 1.15, rings: 1.9, release: 0.4, room: 1.4 },
  ),
  bells: struck(
    { partials: bar([1, 1, 2.4], [2.76, 0.28, 1.2], [5.4, 0.1, 0.5]), attack: 0.0015, noise: none, detuned: 0 },
    { gain: 1.1, rings: 2.6, release: 0.6, room: 1.8 },
  ),
  piano: struck({ partials: felt, attack: 0.004, noise: soft, detuned: 0.015 }, { gain: 0.95, rings: 5, release: 0.22, room: 1.1 }),
  'electric-piano': { sound: tine, gain: 0.66, rings: 4, release: 0.2, room: 1 },
  pad: { sound: softSaws, gain: 0.42, rings: Infinity, release: 0.9, room: 1.2 },
  bass: struck(
    { partials: lowString, attack: 0.006, noise: { level: 0.2, seconds: 0.01, brightness: 0.06 }, detuned: 0 },
    { gain: 1.25, rings: 2.4, release: 0.07, room: 0.08 },
  ),
  synth: struck(
    { partials: string({ at: 0.5, dullness: 1.15, decay: 0.9, damping: 0.6, count: 12 }), attack: 0.003, noise: none, detuned: 0.11 },
    { gain: 0.72, rings: 1.2, release: 0.1, room: 1.3 },
  ),
};
