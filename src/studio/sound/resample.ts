/** Changes the rate of a sound by a polyphase filter: a windowed sinc, cut to as many phases as the two rates ask for. */

/** Zero crossings of the sinc on either side: the more, the steeper. */
const reach = 32;
/** Shape of the Kaiser window: what lies beyond the new limit is some 100 dB down. */
const beta = 10;
/** The band ends a little early, so that the filter's slope lies before the limit and not around it. */
const passed = 0.94;

export function resample(samples: Float32Array, from: number, to: number): Float32Array<ArrayBuffer> {
  if (from === to) return samples.slice();
  const shared = commonDivisor(from, to);
  const up = to / shared;
  const down = from / shared;
  const { phases, half } = filterOf(up, down);
  const result = new Float32Array(Math.ceil((samples.length * up) / down));
  for (let index = 0; index < result.length; index++) {
    const position = index * down;
    const centre = Math.floor(position / up);
    const taps = phases[position % up] ?? new Float64Array(0);
    const first = Math.max(0, centre - half + 1);
    const last = Math.min(samples.length - 1, centre + half);
    let sum = 0;
    for (let at = first; at <= last; at++) sum += (samples[at] ?? 0) * (taps[at - centre + half - 1] ?? 0);
    result[index] = sum;
  }
  return result;
}

interface Filter {
  /** For each place between two samples, what the samples around it are multiplied with. */
  readonly phases: readonly Float64Array[];
  readonly half: number;
}

function filterOf(up: number, down: number): Filter {
  // Downwards the sinc is widened, so that what the new rate cannot hold is left out.
  const cut = passed * Math.min(1, up / down);
  const half = Math.ceil(reach / Math.min(1, up / down));
  const phases = Array.from({ length: up }, (_, phase) => {
    const taps = Float64Array.from({ length: half * 2 }, (_value, index) => {
      const distance = index - half + 1 - phase / up;
      return cut * sinc(cut * distance) * kaiser(distance / half);
    });
    // Every phase passes a steady tone as it is; else the differences would be heard as a tone of their own.
    const sum = taps.reduce((total, tap) => total + tap, 0);
    return taps.map((tap) => tap / sum);
  });
  return { phases, half };
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const kaiser = (x: number): number => (Math.abs(x) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta));

/** The modified Bessel function of order zero, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
