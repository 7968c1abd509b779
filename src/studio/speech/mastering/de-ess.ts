/** Makes sharp s-sounds softer: only what hisses, and only while it does. */
import { biquad, highPass } from '../../sound/biquad.ts';
import { gains } from '../../sound/compressor.ts';

/** Where hissing begins. */
const frequency = 4500;

/** For a voice at the level of speech. */
export function deEss(samples: Float32Array, rate: number): Float32Array<ArrayBuffer> {
  const hiss = biquad(highPass(rate, frequency))(samples);
  const gain = gains(hiss, { rate, threshold: -34, ratio: 4, knee: 6, attack: 0.001, release: 0.04 });
  // What is taken away is the hiss itself, so that a quiet voice passes without a change.
  return samples.map((sample, index) => sample - (hiss[index] ?? 0) * (1 - (gain[index] ?? 1)));
}
