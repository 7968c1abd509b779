/** Makes a mix as loud as platforms want it, without its peaks going through the roof. */
import { compress } from './compressor.ts';
import { limit } from './limiter.ts';
import { loudnessOf } from './loudness.ts';

export interface Mastering {
  readonly rate: number;
  /** LUFS. */
  readonly loudness: number;
  /** dBTP. */
  readonly ceiling: number;
}

/** LUFS at which the glue is set, so that it does the same for a quiet mix as for a loud one. */
const working = -18;
/** LU that it may be off in the end. */
const near = 0.1;
const rounds = 4;

/** The channels mastered; silence stays silence. */
export function mastered(channels: readonly Float32Array[], { rate, loudness, ceiling }: Mastering): readonly Float32Array[] {
  const measured = loudnessOf(channels, rate);
  if (measured === -Infinity) return channels;
  const result = channels.map((channel) => new Float32Array(channel.length));
  scale(channels, working - measured, result);
  const glued = compress(result, { rate, threshold: -16, ratio: 1.7, knee: 12, attack: 0.012, release: 0.18 });
  let gain = loudness - loudnessOf(glued, rate);
  for (let round = 1; ; round++) {
    scale(glued, gain, result);
    limit(result, { rate, ceiling });
    // What the limiter takes away is given back, as far as it lets through.
    const missing = loudness - loudnessOf(result, rate);
    if (Math.abs(missing) <= near || round === rounds) return result;
    gain += missing;
  }
}

function scale(from: readonly Float32Array[], decibels: number, to: readonly Float32Array[]): void {
  const gain = 10 ** (decibels / 20);
  for (const [side, channel] of to.entries())
    for (let index = 0; index < channel.length; index++) channel[index] = (from[side]?.[index] ?? 0) * gain;
}
