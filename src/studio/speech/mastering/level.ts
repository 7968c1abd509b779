/** Brings every clip to the same level of speech, so that scenes match. */

/** dBFS of what is spoken, pauses left out. */
export const speechLevel = -20;
/** Nothing comes above it; what does is rounded off from the knee on. */
const ceiling = 0.89;
const knee = 0.7;
const frameSeconds = 0.02;
/** dB below the loudest frames: what is quieter is a pause. */
const gate = 25;

export function levelled(samples: Float32Array, rate: number): Float32Array<ArrayBuffer> {
  const level = activeLevel(samples, rate);
  if (level === undefined) return samples.slice();
  const gain = 10 ** ((speechLevel - level) / 20);
  return samples.map((sample) => rounded(sample * gain));
}

/** The level (RMS, dBFS) of the frames in which something is said; undefined in silence. */
export function activeLevel(samples: Float32Array, rate: number): number | undefined {
  const length = Math.max(1, Math.round(rate * frameSeconds));
  const powers: number[] = [];
  for (let at = 0; at < samples.length; at += length) {
    const frame = samples.subarray(at, at + length);
    let sum = 0;
    for (const sample of frame) sum += sample * sample;
    powers.push(sum / frame.length);
  }
  const loud = [...powers].sort((a, b) => b - a)[Math.floor(powers.length * 0.05)] ?? 0;
  if (loud < 1e-9) return undefined;
  const active = powers.filter((power) => power > loud * 10 ** (-gate / 10));
  return 10 * Math.log10(active.reduce((sum, power) => sum + power, 0) / active.length);
}

function rounded(sample: number): number {
  const size = Math.abs(sample);
  if (size <= knee) return sample;
  const room = ceiling - knee;
  return Math.sign(sample) * (knee + room * Math.tanh((size - knee) / room));
}
