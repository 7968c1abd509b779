/** Voices and music become one sound, as long as the film. */
import { duckedGains } from './ducking.ts';
import { loudnessOf } from './loudness.ts';

export interface PlacedVoice {
  readonly samples: Float32Array;
  /** Seconds from the begin of the film. */
  readonly at: number;
}

export interface Mixing {
  readonly rate: number;
  /** Samples of the film. */
  readonly length: number;
  readonly voices: readonly PlacedVoice[];
  /** Left and right. */
  readonly music: readonly Float32Array[] | null;
}

export interface Mixed {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Who is to be heard: it decides how loud the whole is to be. */
  readonly leads: 'voice' | 'music' | 'nobody';
}

/** LU that music is below the voice while somebody speaks, and how many dB it comes up where nobody does. */
const below = 12;
const rise = 7;
/** Seconds in which music ends that is longer than the film, and in which anything begins or is cut off without a click. */
const closing = 1.2;
const edge = 0.01;
/** What the same sound on both sides is louder by than on one. */
const twoSides = 10 * Math.log10(2);

export function mixed({ rate, length, voices, music }: Mixing): Mixed {
  const voice = new Float32Array(length);
  for (const { samples, at } of voices) place(voice, samples, Math.round(at * rate), Math.round(edge * rate));
  const voiceLoudness = loudnessOf([voice], rate) + twoSides;
  const musicLoudness = music === null ? -Infinity : loudnessOf(music, rate);
  const speaks = voiceLoudness > -Infinity;
  const plays = musicLoudness > -Infinity;
  if (music === null || !plays) return { left: voice, right: voice.slice(), leads: speaks ? 'voice' : 'nobody' };
  const gains = speaks ? duckedGains(voice, { rate, depth: rise }) : undefined;
  const level = speaks ? 10 ** ((voiceLoudness - below + rise - musicLoudness) / 20) : 1;
  const sides = music.map((side) => laidUnder(side, voice, gains, level, closing * rate));
  const [left = voice, right = left] = sides;
  return { left, right, leads: speaks ? 'voice' : 'music' };
}

/** Adds a voice; where it runs out of the film, it fades instead of being chopped off. */
function place(track: Float32Array, samples: Float32Array, first: number, fade: number): void {
  const end = Math.min(samples.length, track.length - first);
  for (let index = 0; index < end; index++) {
    const gain = Math.min(1, (index + 1) / 32, (end - index) / (end < samples.length ? fade : 32));
    track[first + index] = (track[first + index] ?? 0) + (samples[index] ?? 0) * gain;
  }
}

function laidUnder(side: Float32Array, voice: Float32Array, gains: Float32Array | undefined, level: number, fade: number): Float32Array {
  const { length } = voice;
  const isLonger = side.length > length;
  const result = voice.slice();
  const end = Math.min(length, side.length);
  for (let index = 0; index < end; index++) {
    const left = length - index;
    const falling = isLonger && left < fade ? Math.sin(((left / fade) * Math.PI) / 2) ** 2 : 1;
    result[index] = (result[index] ?? 0) + (side[index] ?? 0) * (gains?.[index] ?? 1) * level * falling;
  }
  return result;
}
