/**
 * Lays a sprite over the frame turned, scaled and between pixels. Each pixel of the frame asks where in the sprite it
 * comes from, and takes the four pixels around there. Coordinates are fixed point, sixteen bits behind the point.
 */
import type { Planes } from './planes.ts';
import type { SpritePlanes } from './sprite-planes.ts';

export interface Pose {
  /** How far from where it rests, in pixels. */
  readonly dx: number;
  readonly dy: number;
  /** About its pivot. */
  readonly scale: number;
  /** Clockwise, in radians. */
  readonly rotation: number;
  readonly opacity: number;
}

/** Smaller than this it is not seen. */
const least = 0.01;

export function layMovedSprite(frame: Planes, sprite: SpritePlanes, pose: Pose): void {
  const strength = Math.round(pose.opacity * 256);
  if (strength <= 0 || pose.scale < least) return;
  layLuma(frame, sprite, walkOf(sprite, pose, frame, 1), strength);
  layChroma(frame, sprite, walkOf(sprite, pose, frame, 2), strength);
}

/** Which rows of a plane are touched, and how the place in the sprite changes from pixel to pixel. */
interface Walk {
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
  /** In the sprite: its size, where the plane's first pixel comes from, the step to the right and the step down. */
  readonly columns: number;
  readonly rows: number;
  readonly u: number;
  readonly v: number;
  readonly cosine: number;
  readonly sine: number;
}

/** `coarse` is 1 for luma, 2 for chroma: pixels of a plane are that large, and their middles lie between the edges. */
function walkOf(sprite: SpritePlanes, { dx, dy, scale, rotation }: Pose, frame: Planes, coarse: 1 | 2): Walk {
  const cosine = Math.cos(rotation) / scale;
  const sine = Math.sin(rotation) / scale;
  const middle = { x: sprite.pivot.x + dx, y: sprite.pivot.y + dy };
  // The plane's first pixel, seen from the pivot.
  const x = coarse / 2 - middle.x;
  const y = coarse / 2 - middle.y;
  const u = (x * cosine + y * sine + sprite.pivot.x - sprite.x) / coarse - 0.5;
  const v = (y * cosine - x * sine + sprite.pivot.y - sprite.y) / coarse - 0.5;
  const [top, bottom] = heightOf(sprite, middle, scale, rotation);
  return {
    top: Math.max(0, Math.floor(top / coarse)),
    bottom: Math.min(frame.height / coarse, Math.ceil(bottom / coarse)),
    width: frame.width / coarse,
    columns: sprite.width / coarse,
    rows: sprite.height / coarse,
    u,
    v,
    cosine,
    sine,
  };
}

/** From where to where in the frame the turned sprite reaches. */
function heightOf(sprite: SpritePlanes, middle: { readonly y: number }, scale: number, rotation: number): readonly [number, number] {
  const [sine, cosine] = [Math.sin(rotation) * scale, Math.cos(rotation) * scale];
  const left = sprite.x - sprite.pivot.x;
  const top = sprite.y - sprite.pivot.y;
  const ends = [
    left * sine + top * cosine,
    (left + sprite.width) * sine + top * cosine,
    left * sine + (top + sprite.height) * cosine,
    (left + sprite.width) * sine + (top + sprite.height) * cosine,
  ];
  return [middle.y + Math.min(...ends), middle.y + Math.max(...ends)];
}

const one = 65_536;

/**
 * The first and one past the last pixel of a row that lie in the sprite with all four neighbours, written into `row`,
 * with the place of the first in fixed point. A row of pixels is a straight line through the sprite: when both of its
 * ends lie inside, so does all between them.
 */
function enter({ width, columns, rows, u, v, cosine, sine }: Walk, y: number, row: Int32Array): void {
  const startU = u + y * sine;
  const startV = v + y * cosine;
  const [nearU, farU] = crossing(startU, cosine, columns - 1, width);
  const [nearV, farV] = crossing(startV, -sine, rows - 1, width);
  const placeU = (x: number): number => Math.round((startU + x * cosine) * one);
  const placeV = (x: number): number => Math.round((startV - x * sine) * one);
  const stepU = Math.round(cosine * one);
  const stepV = Math.round(-sine * one);
  let left = Math.ceil(Math.max(0, nearU, nearV));
  const right = Math.ceil(Math.min(width, farU, farV));
  const inside = (atU: number, atV: number): boolean => atU >= 0 && atV >= 0 && atU < (columns - 1) * one && atV < (rows - 1) * one;
  while (left < right && !inside(placeU(left), placeV(left))) left++;
  let length = Math.max(0, right - left);
  // Rounding may reach beyond.
  while (length > 0 && !inside(placeU(left) + (length - 1) * stepU, placeV(left) + (length - 1) * stepV)) length--;
  row[0] = left;
  row[1] = length;
  row[2] = placeU(left);
  row[3] = placeV(left);
}

/** Between which x, of a row, `start + x · step` lies in [0, end). */
function crossing(start: number, step: number, end: number, width: number): readonly [number, number] {
  if (Math.abs(step) < 1e-9) return start >= 0 && start < end ? [0, width] : [0, 0];
  return step > 0 ? [-start / step, (end - start) / step] : [(end - start) / step, -start / step];
}

const entry = new Int32Array(4);

function layLuma({ y: plane }: Planes, { luma }: SpritePlanes, walk: Walk, strength: number): void {
  const { columns, width } = walk;
  const stepU = Math.round(walk.cosine * one);
  const stepV = Math.round(-walk.sine * one);
  for (let y = walk.top; y < walk.bottom; y++) {
    enter(walk, y, entry);
    let u = entry[2] ?? 0;
    let v = entry[3] ?? 0;
    let to = y * width + (entry[0] ?? 0);
    for (const end = to + (entry[1] ?? 0); to < end; to++, u += stepU, v += stepV) {
      const at = (v >> 16) * columns + (u >> 16);
      const a = luma[at] ?? 0;
      const b = luma[at + 1] ?? 0;
      const c = luma[at + columns] ?? 0;
      const d = luma[at + columns + 1] ?? 0;
      if ((a | b | c | d) === 0) continue;
      const across = (u >> 9) & 127;
      const down = (v >> 9) & 127;
      const upper = ((Math.imul(a, 128 - across) + Math.imul(b, across) + 0x40_00_40) >>> 7) & 0xff_00_ff;
      const lower = ((Math.imul(c, 128 - across) + Math.imul(d, across) + 0x40_00_40) >>> 7) & 0xff_00_ff;
      const pixel = ((Math.imul(upper, 128 - down) + Math.imul(lower, down) + 0x40_00_40) >>> 7) & 0xff_00_ff;
      const alpha = ((pixel >>> 16) * strength) >> 8;
      const over = ((pixel & 0xff) * strength) >> 8;
      const under = (plane[to] ?? 0) * (255 - alpha) + 128;
      plane[to] = alpha === 255 ? over : over + ((under + (under >> 8)) >> 8);
    }
  }
}

function layChroma({ u: planeU, v: planeV }: Planes, sprite: SpritePlanes, walk: Walk, strength: number): void {
  const { chroma, chromaAlpha } = sprite;
  const { columns, width } = walk;
  const stepU = Math.round(walk.cosine * one);
  const stepV = Math.round(-walk.sine * one);
  for (let y = walk.top; y < walk.bottom; y++) {
    enter(walk, y, entry);
    let u = entry[2] ?? 0;
    let v = entry[3] ?? 0;
    let to = y * width + (entry[0] ?? 0);
    for (const end = to + (entry[1] ?? 0); to < end; to++, u += stepU, v += stepV) {
      const at = (v >> 16) * columns + (u >> 16);
      const a = chromaAlpha[at] ?? 0;
      const b = chromaAlpha[at + 1] ?? 0;
      const c = chromaAlpha[at + columns] ?? 0;
      const d = chromaAlpha[at + columns + 1] ?? 0;
      if ((a | b | c | d) === 0) continue;
      const across = (u >> 9) & 127;
      const down = (v >> 9) & 127;
      const upperAlpha = a * (128 - across) + b * across;
      const lowerAlpha = c * (128 - across) + d * across;
      const alpha = (((upperAlpha * (128 - down) + lowerAlpha * down + 8192) >> 14) * strength) >> 8;
      const upper = ((Math.imul(chroma[at] ?? 0, 128 - across) + Math.imul(chroma[at + 1] ?? 0, across) + 0x40_00_40) >>> 7) & 0xff_00_ff;
      const lower =
        ((Math.imul(chroma[at + columns] ?? 0, 128 - across) + Math.imul(chroma[at + columns + 1] ?? 0, across) + 0x40_00_40) >>> 7) &
        0xff_00_ff;
      const pixel = ((Math.imul(upper, 128 - down) + Math.imul(lower, down) + 0x40_00_40) >>> 7) & 0xff_00_ff;
      const underU = (planeU[to] ?? 0) * (255 - alpha) + 128;
      const underV = (planeV[to] ?? 0) * (255 - alpha) + 128;
      planeU[to] = (((pixel & 0xff) * strength) >> 8) + ((underU + (underU >> 8)) >> 8);
      planeV[to] = (((pixel >>> 16) * strength) >> 8) + ((underV + (underV >> 8)) >> 8);
    }
  }
}
