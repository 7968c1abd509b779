/** How high a sound rises between its samples, where it is reckoned at three places more. */

const places = 4;
/** Samples on either side that a place between two of them is reckoned from. */
const reach = 12;

/** The tallest peak in dBTP; −Infinity for silence. */
export function truePeakOf(channels: readonly Float32Array[]): number {
  let most = 0;
  for (const channel of channels)
    peaksAbove(
      channel,
      () => most,
      (_index, peak) => (most = peak),
    );
  return 20 * Math.log10(most);
}

/** Tells every peak that is above the limit, with the sample at which it is or which it follows. */
export function peaksAbove(samples: Float32Array, limit: () => number, found: (index: number, peak: number) => void): void {
  for (let first = 0; first < samples.length; first += stretch) {
    const end = Math.min(samples.length, first + stretch);
    // No place between samples can be higher than this: most of a sound needs no closer look.
    if (tallest(samples, first - reach, end + reach) * utmost <= limit()) continue;
    for (let index = first; index < end; index++) {
      const peak = Math.max(Math.abs(samples[index] ?? 0), between(samples, index));
      if (peak > limit()) found(index, peak);
    }
  }
}

const stretch = 64;

function tallest(samples: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let index = Math.max(0, from); index < Math.min(samples.length, to); index++) {
    const height = Math.abs(samples[index] ?? 0);
    if (height > most) most = height;
  }
  return most;
}

/** The highest of the three places after a sample. */
function between(samples: Float32Array, index: number): number {
  const first = index - reach + 1;
  const begin = Math.max(0, -first);
  const end = Math.min(reach * 2, samples.length - first);
  let most = 0;
  for (const taps of phases) {
    let sum = 0;
    for (let tap = begin; tap < end; tap++) sum += (samples[first + tap] ?? 0) * (taps[tap] ?? 0);
    const height = Math.abs(sum);
    if (height > most) most = height;
  }
  return most;
}

/** For each place between two samples, the share that each sample around it has in it. */
const phases: readonly Float64Array[] = Array.from({ length: places - 1 }, (_, place) => {
  const taps = Float64Array.from({ length: reach * 2 }, (_value, tap) => {
    const distance = tap - reach + 1 - (place + 1) / places;
    return (Math.sin(Math.PI * distance) / (Math.PI * distance)) * Math.cos((Math.PI * distance) / (2 * (reach + 1))) ** 2;
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
});

/** How much higher than its samples a sound can be between them. */
const utmost = Math.max(1, ...phases.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)));
