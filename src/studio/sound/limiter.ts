/**
 * Keeps peaks below a ceiling, also those between samples: it looks ahead, so that it is quiet before the peak is there.
 *
 * L1. Where nothing is above the ceiling nothing is changed.
 * L2. At a peak the gain is at most what the peak allows; between samples that differ in gain it may be missed by a hair.
 * L3. All channels are made quieter together.
 */
import { peaksAbove } from './true-peak.ts';

export interface Limit {
  readonly rate: number;
  /** dBTP. */
  readonly ceiling: number;
}

/** Seconds that it looks ahead, and in which it has come back by two thirds. */
const ahead = 0.004;
const release = 0.09;

/** Changes the channels themselves. */
export function limit(channels: readonly Float32Array[], { rate, ceiling }: Limit): void {
  const length = channels[0]?.length ?? 0;
  const top = 10 ** (ceiling / 20);
  const allowed = new Float32Array(length).fill(1);
  let quietened = false;
  const allow = (index: number, gain: number): void => {
    if (index < length && gain < (allowed[index] ?? 1)) allowed[index] = gain;
  };
  for (const channel of channels)
    peaksAbove(
      channel,
      () => top,
      (index, peak) => {
        quietened = true;
        allow(index, top / peak);
        // It may lie between this sample and the next.
        allow(index + 1, top / peak);
      },
    );
  if (!quietened) return;
  const half = Math.round((ahead * rate) / 2);
  const gains = leastAround(allowed, half * 2);
  recover(gains, release * rate);
  average(gains, allowed, half);
  average(allowed, gains, half);
  for (const channel of channels) for (let index = 0; index < length; index++) channel[index] = (channel[index] ?? 0) * (gains[index] ?? 1);
}

/** For each place the least value within `reach` of it. */
function leastAround(values: Float32Array, reach: number): Float32Array {
  const least = new Float32Array(values.length);
  // The places in reach whose values rise, in a ring: the first of them is the least.
  const size = reach * 2 + 2;
  const rising = new Int32Array(size);
  let first = 0;
  let end = 0;
  const placeAt = (position: number): number => rising[position % size] ?? 0;
  for (let index = 0; index < values.length + reach; index++) {
    if (index < values.length) {
      const value = values[index] ?? 1;
      while (end > first && (values[placeAt(end - 1)] ?? 1) >= value) end--;
      rising[end++ % size] = index;
    }
    const place = index - reach;
    if (place < 0) continue;
    while (placeAt(first) < place - reach) first++;
    least[place] = values[placeAt(first)] ?? 1;
  }
  return least;
}

/** Falls at once, rises slowly. */
function recover(values: Float32Array, samples: number): void {
  const share = 1 - Math.exp(-1 / samples);
  let gain = 1;
  for (let index = 0; index < values.length; index++) {
    gain = Math.min(values[index] ?? 1, gain + (1 - gain) * share);
    values[index] = gain;
  }
}

/** Means of everything within `reach`; beyond the ends it goes on as it was there. */
function average(values: Float32Array, means: Float32Array, reach: number): void {
  const last = values.length - 1;
  const at = (index: number): number => values[index < 0 ? 0 : index > last ? last : index] ?? 1;
  let sum = 0;
  for (let index = -reach; index <= reach; index++) sum += at(index);
  const width = reach * 2 + 1;
  for (let index = 0; index < values.length; index++) {
    means[index] = Math.min(1, sum / width);
    sum += at(index + reach + 1) - at(index - reach);
  }
}
