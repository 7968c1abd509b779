/** Filters of the second order, after the cookbook of Robert Bristow-Johnson. */

/** Normalised: what the newest result is multiplied with is 1. */
export interface Coefficients {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Without resonance. */
const flat = Math.SQRT1_2;

export function highPass(rate: number, frequency: number, q: number = flat): Coefficients {
  const { cosine, alpha } = angle(rate, frequency, q);
  return normalised([(1 + cosine) / 2, -(1 + cosine), (1 + cosine) / 2], [1 + alpha, -2 * cosine, 1 - alpha]);
}

export function lowPass(rate: number, frequency: number, q: number = flat): Coefficients {
  const { cosine, alpha } = angle(rate, frequency, q);
  return normalised([(1 - cosine) / 2, 1 - cosine, (1 - cosine) / 2], [1 + alpha, -2 * cosine, 1 - alpha]);
}

/** Raises (or lowers) what lies around the frequency by `gain` dB; the greater `q`, the narrower. */
export function peaking(rate: number, frequency: number, q: number, gain: number): Coefficients {
  const { cosine, alpha } = angle(rate, frequency, q);
  const root = 10 ** (gain / 40);
  return normalised([1 + alpha * root, -2 * cosine, 1 - alpha * root], [1 + alpha / root, -2 * cosine, 1 - alpha / root]);
}

/** Raises (or lowers) everything above the frequency by `gain` dB. */
export function highShelf(rate: number, frequency: number, gain: number, q: number = flat): Coefficients {
  const { cosine, alpha } = angle(rate, frequency, q);
  const a = 10 ** (gain / 40);
  const slope = 2 * Math.sqrt(a) * alpha;
  return normalised(
    [a * (a + 1 + (a - 1) * cosine + slope), -2 * a * (a - 1 + (a + 1) * cosine), a * (a + 1 + (a - 1) * cosine - slope)],
    [a + 1 - (a - 1) * cosine + slope, 2 * (a - 1 - (a + 1) * cosine), a + 1 - (a - 1) * cosine - slope],
  );
}

/** A filter that remembers: a sound may be given to it in pieces. Its argument stays as it is. */
export function biquad({ b0, b1, b2, a1, a2 }: Coefficients): (samples: Float32Array) => Float32Array<ArrayBuffer> {
  let first = 0;
  let second = 0;
  return (samples) => {
    const filtered = new Float32Array(samples.length);
    for (let index = 0; index < samples.length; index++) {
      const sample = (samples[index] ?? 0) + stir;
      const result = b0 * sample + first;
      first = b1 * sample - a1 * result + second;
      second = b2 * sample - a2 * result;
      filtered[index] = result;
    }
    return filtered;
  };
}

/** Far below anything that can be heard: a filter that dies away in silence would reckon with denormal numbers, which are slow. */
const stir = 1e-20;

function angle(rate: number, frequency: number, q: number): { readonly cosine: number; readonly alpha: number } {
  // Above half the rate there is nothing to filter, and at it the formulas break down.
  const radians = (2 * Math.PI * Math.min(frequency, rate * 0.499)) / rate;
  return { cosine: Math.cos(radians), alpha: Math.sin(radians) / (2 * q) };
}

type Three = readonly [number, number, number];

const normalised = ([b0, b1, b2]: Three, [a0, a1, a2]: Three): Coefficients => ({
  b0: b0 / a0,
  b1: b1 / a0,
  b2: b2 / a0,
  a1: a1 / a0,
  a2: a2 / a0,
});
