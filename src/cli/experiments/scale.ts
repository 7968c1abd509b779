/** From values to places: round ends, few marks between them, and as many digits as those need. */

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly marks: readonly number[];
  /** Where a value lies, from 0 to 1; what is outside lies at an end. */
  readonly place: (value: number) => number;
  /** A mark; and any value, with a digit more. */
  readonly text: (value: number) => string;
  readonly finer: (value: number) => string;
}

export function scaleOver(values: readonly number[], about: number): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const size = Math.max(Math.abs(least), Math.abs(most));
  // Differences that nobody could read, and values that are next to nothing, count as none.
  const width = most - least > Math.max(1e-6 * size, 1e-9) ? most - least : size > 1e-9 ? size / 5 : 1;
  const around = Math.max(0, width - (most - least)) / 2;
  const step = roundStep(width / about);
  const low = Math.floor((least - around) / step) * step;
  const high = Math.ceil((most + around) / step) * step;
  const count = Math.round((high - low) / step);
  const digits = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  return {
    low,
    high,
    marks: Array.from({ length: count + 1 }, (_, at) => low + at * step),
    place: (value) => Math.min(1, Math.max(0, (value - low) / (high - low))),
    text: (value) => written(value, digits),
    finer: (value) => written(value, digits + 1),
  };
}

/** What rounds to nothing has no sign. */
function written(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^-(?=[0.]*$)/, '');
}

/** 1, 2 or 5 times a power of ten, at least so much. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const times = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return times * power;
}
