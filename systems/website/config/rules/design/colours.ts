/** Colours as WCAG measures them. */

interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** `#abc` and `#aabbcc`; anything else is not a colour that can be measured. */
export function readColour(text: string): Rgb | undefined {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text.trim());
  const [, red, green, blue] =
    short === null ? (/^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim()) ?? []) : short.map((digit) => digit + digit);
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return { red: Number.parseInt(red, 16), green: Number.parseInt(green, 16), blue: Number.parseInt(blue, 16) };
}

function luminance({ red, green, blue }: Rgb): number {
  const linear = (channel: number): number => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** From 1 to 21; nothing where one of the two cannot be measured. */
export function contrast(one: string, other: string): number | undefined {
  const [a, b] = [readColour(one), readColour(other)];
  if (a === undefined || b === undefined) return undefined;
  const [light, dark] = [Math.max(luminance(a), luminance(b)), Math.min(luminance(a), luminance(b))];
  return (light + 0.05) / (dark + 0.05);
}

function mixed(from: Rgb, to: Rgb, share: number): string {
  const channel = (one: number, other: number): string =>
    Math.round(one + (other - one) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(from.red, to.red)}${channel(from.green, to.green)}${channel(from.blue, to.blue)}`;
}

/** The colour itself, or as little darker or lighter as is needed to be read on all of the backgrounds. */
export function readable(colour: string, backgrounds: readonly string[], least: number): string {
  const start = readColour(colour);
  const fits = (candidate: string): boolean => backgrounds.every((background) => (contrast(candidate, background) ?? 0) >= least);
  const ends = [
    { red: 0, green: 0, blue: 0 },
    { red: 255, green: 255, blue: 255 },
  ];
  for (let share = 0; share <= 1; share += 0.02) {
    const found = ends.map((end) => (start === undefined ? '' : mixed(start, end, share))).find(fits);
    if (found !== undefined) return found;
  }
  return ['#000000', '#ffffff'].find(fits) ?? '#000000';
}
