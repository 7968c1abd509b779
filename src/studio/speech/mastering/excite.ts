/** Adds air above the band in which a voice was made: overtones of its own upper band, very quietly. */
import { biquad, highPass, lowPass } from '../../sound/biquad.ts';

/** How much of the overtones is heard. */
const amount = 0.35;

/** `limit` is the frequency at which the voice ends. */
export function excite(samples: Float32Array, rate: number, limit: number): Float32Array<ArrayBuffer> {
  const upper = biquad(highPass(rate, limit * 0.5))(biquad(highPass(rate, limit * 0.5))(samples));
  // Squaring doubles every frequency, and follows the voice: where it hisses there is air, where it hums there is none.
  const overtones = upper.map((sample) => Math.abs(sample));
  const above = [highPass(rate, limit * 0.95), highPass(rate, limit * 0.95), lowPass(rate, limit * 1.75)].reduce(
    (sound, coefficients) => biquad(coefficients)(sound),
    overtones,
  );
  return samples.map((sample, index) => sample + amount * (above[index] ?? 0));
}
