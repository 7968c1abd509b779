/** What tests look at bitmaps with. */
import type { Box } from '../film/aspect.ts';
import type { Bitmap } from '../film/bitmap.ts';
import type { Palette } from '../film/palette.ts';

export const palettes: readonly [Palette, ...Palette[]] = [
  { name: 'dark', ground: ['#0b1037', '#1b1464'], glows: ['#5b2be0'], accent: '#ffd84d', onAccent: '#14102b', ink: '#ffffff', shade: '#0c0826' },
  { name: 'bright', ground: ['#fff3d6', '#ffd9e8'], glows: ['#ffe08a'], accent: '#d6006c', onAccent: '#ffffff', ink: '#1b1464', shade: '#ffffff' },
  { name: 'dark accent', ground: ['#ff9f43', '#ff6b81'], glows: ['#ffd56b'], accent: '#1b1464', onAccent: '#ffffff', ink: '#ffffff', shade: '#4a0d2b' },
  { name: 'careless', ground: ['#808080', '#909090'], glows: [], accent: '#888888', onAccent: '#999999', ink: '#777777', shade: '#8a8a8a' },
]; // prettier-ignore

export function within(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The box of the pixels that are more opaque than that, undefined where there are none. */
export function painted({ width, height, data }: Bitmap, alpha: number): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) <= alpha) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
