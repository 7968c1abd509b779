/** How loud a sound is to people, by ITU-R BS.1770-4: in LUFS, with silence and quiet places left out. */
import type { Coefficients } from './biquad.ts';

const hop = 0.1;
/** Blocks of 400 ms, of which each begins 100 ms after the one before. */
const hopsInBlock = 4;
const absoluteGate = -70;
const relativeGate = -10;

/** Integrated loudness in LUFS; −Infinity where there is nothing to hear. A single channel counts as one, not as two. */
export function loudnessOf(channels: readonly Float32Array[], rate: number): number {
  const blocks = blockEnergies(channels, rate);
  const heard = blocks.filter((energy) => levelOf(energy) > absoluteGate);
  const gate = levelOf(mean(heard)) + relativeGate;
  return levelOf(mean(heard.filter((energy) => levelOf(energy) > gate)));
}

const levelOf = (energy: number): number => -0.691 + 10 * Math.log10(energy);

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function blockEnergies(channels: readonly Float32Array[], rate: number): readonly number[] {
  const length = Math.round(hop * rate);
  const whole = Math.floor((channels[0]?.length ?? 0) / length);
  const hops = new Float64Array(whole);
  for (const channel of channels) addEnergies(hops, channel, length, weighting(rate));
  const blocks: number[] = [];
  for (let first = 0; first + hopsInBlock <= whole; first++)
    blocks.push(hops.subarray(first, first + hopsInBlock).reduce((sum, energy) => sum + energy, 0) / (length * hopsInBlock));
  return blocks;
}

/** Filters and squares in one go: nothing is kept but a sum for each 100 ms. */
function addEnergies(hops: Float64Array, samples: Float32Array, length: number, [head, low]: readonly [Coefficients, Coefficients]): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let hopIndex = 0; hopIndex < hops.length; hopIndex++) {
    let energy = 0;
    const end = (hopIndex + 1) * length;
    for (let index = hopIndex * length; index < end; index++) {
      const sample = (samples[index] ?? 0) + 1e-20;
      const heard = head.b0 * sample + a;
      a = head.b1 * sample - head.a1 * heard + b;
      b = head.b2 * sample - head.a2 * heard;
      const weighted = low.b0 * heard + c;
      c = low.b1 * heard - low.a1 * weighted + d;
      d = low.b2 * heard - low.a2 * weighted;
      energy += weighted * weighted;
    }
    hops[hopIndex] = (hops[hopIndex] ?? 0) + energy;
  }
}

/** What the head does to a sound, and what the ear does not hear below: the two filters of the recommendation, for any rate. */
function weighting(rate: number): readonly [Coefficients, Coefficients] {
  return [headShelf(Math.tan((Math.PI * 1681.974450955533) / rate)), lowCut(Math.tan((Math.PI * 38.13547087602444) / rate))];
}

function headShelf(k: number): Coefficients {
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b0: (high + (band * k) / q + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (band * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
  };
}

function lowCut(k: number): Coefficients {
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / q + k * k) / a0 };
}
