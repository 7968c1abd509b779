import type { Planes } from './planes.ts';
import type { SpritePlanes } from './sprite-planes.ts';

/** Lays a sprite over the frame where it rests. `opacity` is 0..1. */
export function laySprite(frame: Planes, sprite: SpritePlanes, opacity: number = 1): void {
  const strength = Math.round(opacity * 256);
  if (strength <= 0) return;
  const top = Math.max(0, -sprite.y);
  const bottom = Math.min(sprite.height, frame.height - sprite.y);
  for (let row = top; row < bottom; row++) {
    const left = Math.max(sprite.first[row] ?? 0, -sprite.x);
    const right = Math.min(sprite.past[row] ?? 0, frame.width - sprite.x);
    if (left < right) layLuma(frame, sprite, row, left, right, strength);
    if ((row & 1) === 0) layChromaRow(frame, sprite, row, strength);
  }
}

function layLuma({ y: plane, width }: Planes, sprite: SpritePlanes, row: number, left: number, right: number, strength: number): void {
  const { luma } = sprite;
  let to = (sprite.y + row) * width + sprite.x + left;
  for (let from = row * sprite.width + left, end = from + right - left; from < end; from++, to++) {
    const pixel = luma[from] ?? 0;
    if (pixel === 0) continue;
    const alpha = ((pixel >>> 16) * strength) >> 8;
    const under = (plane[to] ?? 0) * (255 - alpha) + 128;
    plane[to] = (((pixel & 0xff) * strength) >> 8) + ((under + (under >> 8)) >> 8);
  }
}

function layChromaRow({ u, v, width }: Planes, sprite: SpritePlanes, row: number, strength: number): void {
  const { chroma, chromaAlpha } = sprite;
  const left = Math.max(Math.min(firstOf(sprite, row), firstOf(sprite, row + 1)), -sprite.x) >> 1;
  const right = Math.min(Math.max(sprite.past[row] ?? 0, sprite.past[row + 1] ?? 0), width - sprite.x) >> 1;
  let to = ((sprite.y + row) >> 1) * (width >> 1) + (sprite.x >> 1) + left;
  const start = (row >> 1) * (sprite.width >> 1);
  for (let from = start + left, end = start + right; from < end; from++, to++) {
    const alpha = ((chromaAlpha[from] ?? 0) * strength) >> 8;
    if (alpha === 0) continue;
    const pixel = chroma[from] ?? 0;
    const underU = (u[to] ?? 0) * (255 - alpha) + 128;
    const underV = (v[to] ?? 0) * (255 - alpha) + 128;
    u[to] = (((pixel & 0xff) * strength) >> 8) + ((underU + (underU >> 8)) >> 8);
    v[to] = (((pixel >>> 16) * strength) >> 8) + ((underV + (underV >> 8)) >> 8);
  }
}

/** A row in which nothing is seen begins nowhere, and not at 0. */
const firstOf = ({ first, past, width }: SpritePlanes, row: number): number => (past[row] === 0 ? width : (first[row] ?? 0));
