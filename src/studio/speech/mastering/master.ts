/** Makes a raw voice pleasant: clear, near, of an even level, in a small room. */
import { biquad, highPass, highShelf, peaking } from '../../sound/biquad.ts';
import { compress } from '../../sound/compressor.ts';
import { resample } from '../../sound/resample.ts';
import { deEss } from './de-ess.ts';
import { excite } from './excite.ts';
import { levelled } from './level.ts';
import { inRoom } from './room.ts';

/** Samples a second of everything that is heard in a film. */
export const masteredRate = 48_000;
/** A voice with no more samples a second has no air of its own. */
const widestDull = 24_000;

/** dB by which a voice is lifted or lowered, so that all come near to how people sound in a good room. */
export interface Tone {
  /** Around 1.2 kHz: weight of the vowels. */
  readonly body: number;
  /** Around 3.2 kHz: how near it seems, and how well it is understood. */
  readonly presence: number;
  /** Above 5 kHz: sibilants and breath. */
  readonly highs: number;
}

/** The sound begins at its first sample and rings out for `roomTail` seconds after its last. */
export function master(samples: Float32Array, rate: number, { body, presence, highs }: Tone): Float32Array<ArrayBuffer> {
  const wide = resample(samples, rate, masteredRate);
  const equalised = [
    highPass(masteredRate, 80),
    peaking(masteredRate, 300, 1, -2),
    peaking(masteredRate, 1200, 0.7, body),
    peaking(masteredRate, 3200, 0.9, presence),
    highShelf(masteredRate, 5000, highs),
  ].reduce((sound, coefficients) => biquad(coefficients)(sound), wide);
  const [even = equalised] = compress([levelled(equalised, masteredRate)], {
    rate: masteredRate,
    threshold: -20,
    ratio: 3,
    knee: 8,
    attack: 0.006,
    release: 0.12,
  });
  const soft = deEss(levelled(even, masteredRate), masteredRate);
  const airy = rate <= widestDull ? excite(soft, masteredRate, rate / 2) : soft;
  return faded(levelled(inRoom(airy, masteredRate), masteredRate));
}

/** So that neither end is heard as a click. */
function faded(samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const length = Math.min(Math.round(masteredRate * 0.004), samples.length >> 1);
  for (let at = 0; at < length; at++) {
    const gain = at / length;
    samples[at] = (samples[at] ?? 0) * gain;
    const mirrored = samples.length - 1 - at;
    samples[mirrored] = (samples[mirrored] ?? 0) * gain;
  }
  return samples;
}
