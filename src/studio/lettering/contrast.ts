/** Colours, and whether one can be read on another. Colours are `#rrggbb`. */

type Channels = readonly [number, number, number];

/** How far apart the brightness of two colours is, as WCAG 2 counts it: from 1 (the same) to 21 (black and white). */
export function contrastRatio(a: string, b: string): number {
  const [dark, bright] = [luminance(channelsOf(a)), luminance(channelsOf(b))].sort((one, other) => one - other) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

/** What lies between two colours: `share` of the second in the first. */
export function mixed(a: string, b: string, share: number): string {
  const [from, to] = [channelsOf(a), channelsOf(b)];
  return `#${from.map((value, at) => hex(value + ((to[at] ?? value) - value) * share)).join('')}`;
}

export function withAlpha(colour: string, alpha: number): string {
  return `${colour}${hex(alpha * 255)}`;
}

/** The least contrast that WCAG asks of text. */
export const leastContrast = 4.5;

/** The colour itself where it can be read on all of the grounds, else the nearest towards black or white that can. */
export function readable(colour: string, ...grounds: readonly string[]): string {
  const worst = (of: string): number => Math.min(...grounds.map((ground) => contrastRatio(of, ground)));
  if (worst(colour) >= leastContrast) return colour;
  const end = worst('#ffffff') >= worst('#000000') ? '#ffffff' : '#000000';
  for (let share = 0.05; share < 1; share += 0.05) {
    const tried = mixed(colour, end, share);
    if (worst(tried) >= leastContrast) return tried;
  }
  return end;
}

function channelsOf(colour: string): Channels {
  const parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour);
  if (parts === null) throw new RangeError(`${JSON.stringify(colour)} is not a colour: write it as #rrggbb`);
  return [Number.parseInt(parts[1] ?? '', 16), Number.parseInt(parts[2] ?? '', 16), Number.parseInt(parts[3] ?? '', 16)];
}

function luminance([red, green, blue]: Channels): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

const hex = (value: number): string =>
  Math.max(0, Math.min(255, Math.round(value)))
    .toString(16)
    .padStart(2, '0');
