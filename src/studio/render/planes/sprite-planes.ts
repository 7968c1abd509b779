/**
 * A picture with transparency, ready to be laid over a frame.
 *
 * P1. Colours are multiplied with alpha, and packed so that one multiplication weighs two of them.
 * P2. At rest its corner lies on even coordinates, so that its halved chroma falls on the frame's.
 * P3. Two transparent pixels surround it on every side: whatever is sampled between pixels fades out by itself.
 */
import type { Size } from '../../film/aspect.ts';
import type { Bitmap } from '../../film/bitmap.ts';
import { lumaOf, uOf, vOf } from './colour.ts';

export interface SpritePlanes extends Size {
  /** Where its corner lies in the frame when it rests; even, and outside of the bitmap by the border at least. */
  readonly x: number;
  readonly y: number;
  /** The middle of the bitmap that it was made of, in the frame: what it turns and grows about. */
  readonly pivot: { readonly x: number; readonly y: number };
  /** Alpha in the upper half of each number, luma in the lower. */
  readonly luma: Int32Array;
  /** At half the size: v in the upper half of each number, u in the lower. */
  readonly chroma: Int32Array;
  readonly chromaAlpha: Int32Array;
  /** Of each row, where the first pixel that is seen lies, and one past the last; both 0 where none is. Even. */
  readonly first: Int32Array;
  readonly past: Int32Array;
}

const border = 2;

/** `at` is where the bitmap's corner rests in the frame, in whole pixels. */
export function spritePlanes(bitmap: Bitmap, at: { readonly x: number; readonly y: number }): SpritePlanes {
  const seen = boundsOf(bitmap);
  const x = (at.x + seen.left - border) & ~1;
  const y = (at.y + seen.top - border) & ~1;
  const width = (at.x + seen.right + border - x + 1) & ~1;
  const height = (at.y + seen.bottom + border - y + 1) & ~1;
  const sprite: SpritePlanes = {
    x,
    y,
    width,
    height,
    pivot: { x: at.x + bitmap.width / 2, y: at.y + bitmap.height / 2 },
    luma: new Int32Array(width * height),
    chroma: new Int32Array((width * height) / 4),
    chromaAlpha: new Int32Array((width * height) / 4),
    first: new Int32Array(height),
    past: new Int32Array(height),
  };
  fillLuma(bitmap, sprite, { left: x - at.x, top: y - at.y }, seen);
  fillChroma(bitmap, sprite, { left: x - at.x, top: y - at.y });
  return sprite;
}

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The pixels that are seen at all; one pixel where none is. */
function boundsOf({ width, height, data }: Bitmap): Bounds {
  const rowSeen = (y: number): boolean => {
    for (let at = y * width * 4 + 3, end = at + width * 4; at < end; at += 4) if (data[at] !== 0) return true;
    return false;
  };
  let top = 0;
  while (top < height && !rowSeen(top)) top++;
  if (top === height) return { left: 0, top: 0, right: 1, bottom: 1 };
  let bottom = height;
  while (!rowSeen(bottom - 1)) bottom--;
  let left = width;
  let right = 0;
  for (let y = top; y < bottom; y++) {
    const row = y * width;
    for (let x = 0; x < left; x++) if (data[(row + x) * 4 + 3] !== 0) left = x;
    for (let x = width - 1; x >= right; x--) if (data[(row + x) * 4 + 3] !== 0) right = x + 1;
  }
  return { left, top, right, bottom };
}

/** Where the sprite's corner lies in the bitmap. */
interface Offset {
  readonly left: number;
  readonly top: number;
}

function fillLuma({ data, width: stride }: Bitmap, sprite: SpritePlanes, { left, top }: Offset, seen: Bounds): void {
  for (let y = seen.top; y < Math.min(seen.bottom, data.length / (stride * 4)); y++) {
    let to = (y - top) * sprite.width + seen.left - left;
    let first = -1;
    let past = 0;
    for (let x = seen.left, from = (y * stride + x) * 4; x < seen.right; x++, from += 4, to++) {
      const alpha = data[from + 3] ?? 0;
      if (alpha === 0) continue;
      const luma = lumaOf(data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0);
      sprite.luma[to] = (alpha << 16) | over255(luma * alpha);
      if (first < 0) first = x - left;
      past = x - left + 1;
    }
    sprite.first[y - top] = Math.max(0, first) & ~1;
    sprite.past[y - top] = (past + 1) & ~1;
  }
}

function fillChroma({ data, width: stride, height: rows }: Bitmap, sprite: SpritePlanes, { left, top }: Offset): void {
  const width = sprite.width / 2;
  for (let y = 0; y < sprite.height / 2; y++) {
    for (let x = 0; x < width; x++) {
      let [r, g, b, a] = [0, 0, 0, 0];
      for (let part = 0; part < 4; part++) {
        const column = left + x * 2 + (part & 1);
        const row = top + y * 2 + (part >> 1);
        if (column < 0 || row < 0 || column >= stride || row >= rows) continue;
        const at = (row * stride + column) * 4;
        const alpha = data[at + 3] ?? 0;
        a += alpha;
        r += (data[at] ?? 0) * alpha;
        g += (data[at + 1] ?? 0) * alpha;
        b += (data[at + 2] ?? 0) * alpha;
      }
      if (a === 0) continue;
      const alpha = (a + 2) >> 2;
      sprite.chroma[y * width + x] = (over255(vOf(r / a, g / a, b / a) * alpha) << 16) | over255(uOf(r / a, g / a, b / a) * alpha);
      sprite.chromaAlpha[y * width + x] = alpha;
    }
  }
}

const over255 = (value: number): number => (value + 128 + ((value + 128) >> 8)) >> 8;
