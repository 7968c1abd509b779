/** Makes sharp s-sounds softer: only what hisses, and only while it does. */
import { biquad, highPass, lowPass, type Coefficients } from '../../sound/biquad.ts';
import { gains } from '../../sound/compressor.ts';

/** Where hissing begins. */
const frequency = 4500;

/** For a voice at the level of speech. */
export function deEss(samples: Float32Array, rate: number): Float32Array<ArrayBuffer> {
  // Filtered twice each, both halves are in phase everywhere, and together as loud as the whole.
  const low = twice(lowPass(rate, frequency), samples);
  const hiss = twice(highPass(rate, frequency), samples);
  const gain = gains(hiss, { rate, threshold: -32, ratio: 3, knee: 6, attack: 0.001, release: 0.04 });
  return low.map((sample, index) => sample + (hiss[index] ?? 0) * (gain[index] ?? 1));
}

const twice = (coefficients: Coefficients, samples: Float32Array): Float32Array<ArrayBuffer> =>
  biquad(coefficients)(biquad(coefficients)(samples));
