/** Between RGB and YUV (BT.709, limited range), in fixed point with sixteen bits behind the point. */

export interface Colour {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

const half = 1 << 15;

/** `threshold` takes the place of one half where a plane is dithered. Exact for whole numbers; averages are fine too. */
export const lumaOf = (r: number, g: number, b: number, threshold: number = half): number =>
  (r * 11_966 + g * 40_254 + b * 4064 + (16 << 16) + threshold) >> 16;

export const uOf = (r: number, g: number, b: number, threshold: number = half): number =>
  (b * 28_785 - r * 6596 - g * 22_189 + (128 << 16) + threshold) >> 16;

export const vOf = (r: number, g: number, b: number, threshold: number = half): number =>
  (r * 28_784 - g * 26_145 - b * 2639 + (128 << 16) + threshold) >> 16;

export type Rgb = readonly [number, number, number];

/** `#rrggbb`; what is not one is a mid grey, so that a film never fails for a colour. */
export function rgbOfHex(hex: string): Rgb {
  const value = /^#[\da-f]{6}$/i.test(hex) ? Number.parseInt(hex.slice(1), 16) : 0x80_80_80;
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function colourOf(hex: string): Colour {
  const [r, g, b] = rgbOfHex(hex);
  return { y: lumaOf(r, g, b), u: uOf(r, g, b), v: vOf(r, g, b) };
}

const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

export function rgbOf({ y, u, v }: Colour): Rgb {
  const luma = (y - 16) * (255 / 219);
  const blue = (u - 128) * (255 / 224);
  const red = (v - 128) * (255 / 224);
  return [byte(luma + 1.5748 * red), byte(luma - 0.1873 * blue - 0.4681 * red), byte(luma + 1.8556 * blue)];
}

export const hexOf = (rgb: Rgb): string => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
