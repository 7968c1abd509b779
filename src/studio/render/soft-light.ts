import type { Bitmap } from '../film/bitmap.ts';
import { rgbOfHex } from './planes/colour.ts';

/** A light out of focus: an even disc, a little brighter towards its rim, with a soft edge. */
export function softLight(colour: string): Bitmap {
  const size = 96;
  const [r, g, b] = rgbOfHex(colour);
  const data = new Uint8Array(size * size * 4);
  for (let at = 0; at < size * size; at++) {
    const x = ((at % size) + 0.5) / (size / 2) - 1;
    const y = (Math.floor(at / size) + 0.5) / (size / 2) - 1;
    const distance = Math.hypot(x, y);
    const edge = Math.min(1, Math.max(0, (0.97 - distance) / 0.16));
    const strength = edge * edge * (3 - 2 * edge) * (0.62 + 0.38 * distance ** 3);
    data.set([r, g, b, Math.round(255 * strength)], at * 4);
  }
  return { width: size, height: size, data };
}
