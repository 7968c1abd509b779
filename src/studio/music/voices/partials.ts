/** Sounds as sums of sines that die away: strings, bars and tongues. Nothing lies above what the rate can hold. */
import { chanceOf } from '../chance.ts';
import type { Asked, Instrument } from './instrument.ts';

export interface Partial {
  /** Of the note's frequency. */
  readonly ratio: number;
  readonly level: number;
  /** Seconds until it is 60 dB quieter. */
  readonly decay: number;
}

/** Below this a partial is no longer heard. */
const silent = 1e-5;

/** Adds `level · sin(angle · n + phase)`, dying away, by a recurrence instead of a sine for every sample. */
export function addPartial(to: Float32Array, rate: number, frequency: number, { level, decay }: Partial, phase: number): void {
  if (frequency >= rate * 0.42 || level < silent) return;
  const angle = (2 * Math.PI * frequency) / rate;
  const shrink = 10 ** (-3 / (decay * rate));
  const feed = 2 * Math.cos(angle) * shrink;
  const back = shrink * shrink;
  const length = Math.min(to.length, Math.ceil((Math.log(silent / level) / Math.log(shrink)) | 0));
  let before = (level * Math.sin(phase - angle)) / shrink;
  let now = level * Math.sin(phase);
  for (let index = 0; index < length; index++) {
    to[index] = (to[index] ?? 0) + now;
    const next = feed * now - back * before;
    before = now;
    now = next;
  }
}

/** Seconds in which a sound begins: without it there is a click. */
export function fadeIn(samples: Float32Array, rate: number, seconds: number): void {
  const length = Math.min(samples.length, Math.round(seconds * rate));
  for (let index = 0; index < length; index++) samples[index] = (samples[index] ?? 0) * 0.5 * (1 - Math.cos((Math.PI * index) / length));
}

/** The same at its end. */
export function fadeOut(samples: Float32Array, rate: number, seconds: number): void {
  const length = Math.min(samples.length, Math.round(seconds * rate));
  for (let index = 0; index < length; index++) {
    const at = samples.length - 1 - index;
    samples[at] = (samples[at] ?? 0) * 0.5 * (1 - Math.cos((Math.PI * index) / length));
  }
}

/** Makes notes of one instrument equally loud, whatever they are made of, by the energy of their first moment. */
export function levelled(samples: Float32Array, rate: number, seconds: number = 0.25): Float32Array {
  const length = Math.min(samples.length, Math.round(seconds * rate));
  let energy = 0;
  for (let index = 0; index < length; index++) energy += (samples[index] ?? 0) ** 2;
  const gain = energy === 0 ? 0 : 0.12 / Math.sqrt(energy / length);
  for (let index = 0; index < samples.length; index++) samples[index] = (samples[index] ?? 0) * gain;
  return samples;
}

export interface Struck {
  readonly partials: (frequency: number, force: number) => readonly Partial[];
  /** Seconds of the attack. */
  readonly attack: number;
  /** The noise of what strikes, against the tone, and how bright it is (0..1). */
  readonly noise: { readonly level: number; readonly seconds: number; readonly brightness: number };
  /** Share of a half tone by which two strings of a note differ; none when 0. */
  readonly detuned: number;
}

export function struck({ partials, attack, noise, detuned }: Struck, traits: Omit<Instrument, 'sound'>): Instrument {
  const sound = ({ rate, samples, frequency, force, take }: Asked): Float32Array => {
    const result = new Float32Array(samples);
    const chance = chanceOf(take, frequency.toFixed(2));
    for (const partial of partials(frequency, force)) {
      // No two takes have quite the same colour.
      const level = partial.level * chance.between(0.82, 1.18);
      const apart = detuned === 0 ? 1 : 2 ** ((detuned * chance.between(0.7, 1.3)) / 12);
      const strings = detuned === 0 ? [1] : [Math.sqrt(apart), 1 / Math.sqrt(apart)];
      for (const string of strings)
        addPartial(result, rate, frequency * partial.ratio * string, { ...partial, level: level / strings.length }, chance.share() * 0.6);
    }
    addNoise(result, rate, noise, chance.share);
    fadeIn(result, rate, attack);
    return levelled(result, rate);
  };
  return { ...traits, sound };
}

function addNoise(to: Float32Array, rate: number, { level, seconds, brightness }: Struck['noise'], share: () => number): void {
  const length = Math.min(to.length, Math.round(seconds * rate * 4));
  const shrink = Math.exp(-1 / (seconds * rate));
  let envelope = level;
  let smooth = 0;
  let smoother = 0;
  for (let index = 0; index < length; index++) {
    smooth += (share() * 2 - 1 - smooth) * brightness;
    smoother += (smooth - smoother) * brightness;
    to[index] = (to[index] ?? 0) + smoother * envelope;
    envelope *= shrink;
  }
}
