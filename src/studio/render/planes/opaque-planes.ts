import type { Bitmap } from '../../film/bitmap.ts';
import { lumaOf, uOf, vOf } from './colour.ts';
import { createPlanes, type Planes } from './planes.ts';

/** An 8×8 ordered pattern of thresholds below one: a gradient that is rounded by it shows no steps. */
const thresholds = ((): Int32Array => {
  const pattern = new Int32Array(64);
  for (let at = 0; at < 64; at++) {
    const x = at & 7;
    const y = at >> 3;
    let rank = 0;
    for (let bit = 0; bit < 3; bit++) rank = (rank << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1);
    pattern[at] = (rank << 10) + 512;
  }
  return pattern;
})();

const thresholdAt = (x: number, y: number): number => thresholds[((y & 7) << 3) | (x & 7)] ?? 0;

/** An opaque picture as planes. An odd last row or column is left out. */
export function opaquePlanes(bitmap: Bitmap): Planes {
  const planes = createPlanes({ width: bitmap.width & ~1, height: bitmap.height & ~1 });
  fillLuma(bitmap, planes);
  fillChroma(bitmap, planes);
  return planes;
}

function fillLuma({ data, width: stride }: Bitmap, { width, height, y: luma }: Planes): void {
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = y * stride * 4;
    for (let x = 0; x < width; x++, from += 4)
      luma[to++] = lumaOf(data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0, thresholdAt(x, y));
  }
}

function fillChroma({ data, width: stride }: Bitmap, { width, height, u, v }: Planes): void {
  let to = 0;
  for (let y = 0; y < height; y += 2) {
    let from = y * stride * 4;
    for (let x = 0; x < width; x += 2, from += 8) {
      const below = from + stride * 4;
      const r = sum(data, from, below) / 4;
      const g = sum(data, from + 1, below + 1) / 4;
      const b = sum(data, from + 2, below + 2) / 4;
      const threshold = thresholdAt(x >> 1, y >> 1);
      u[to] = uOf(r, g, b, threshold);
      v[to++] = vOf(r, g, b, threshold);
    }
  }
}

const sum = (data: Uint8Array, at: number, below: number): number =>
  (data[at] ?? 0) + (data[at + 4] ?? 0) + (data[below] ?? 0) + (data[below + 4] ?? 0);
