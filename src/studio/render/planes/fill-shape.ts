import type { Colour } from './colour.ts';
import type { Planes } from './planes.ts';
import type { Shape } from './shape.ts';

export interface Fill {
  readonly colour: Colour;
  /** 0..1. */
  readonly opacity: number;
  /** Whether the shape is filled, or everything but the shape. */
  readonly side: 'inside' | 'outside';
}

/** Fills a shape with smooth edges: of each pixel, as much as the shape covers of it. */
export function fillShape(frame: Planes, shape: Shape, { colour, opacity, side }: Fill): void {
  const { width, height } = frame;
  const outside = side === 'outside';
  fillPlane({ plane: frame.y, width, height, coarse: 1 }, shape, { value: colour.y, opacity, outside });
  const half = { width: width / 2, height: height / 2, coarse: 2 };
  fillPlane({ plane: frame.u, ...half }, shape, { value: colour.u, opacity, outside });
  fillPlane({ plane: frame.v, ...half }, shape, { value: colour.v, opacity, outside });
}

interface Plane {
  readonly plane: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Pixels of the frame that one of this plane stands for. */
  readonly coarse: number;
}

interface Paint {
  readonly value: number;
  readonly opacity: number;
  readonly outside: boolean;
}

/** Lines that are looked at per row of pixels. */
const lines = 4;
const lefts = new Float64Array(lines);
const rights = new Float64Array(lines);

function fillPlane(of: Plane, shape: Shape, paint: Paint): void {
  const first = paint.outside ? 0 : Math.max(0, Math.floor(shape.top / of.coarse));
  const past = paint.outside ? of.height : Math.min(of.height, Math.ceil(shape.bottom / of.coarse));
  for (let row = first; row < past; row++) fillRow(of, row, shape, paint);
}

function fillRow(of: Plane, row: number, shape: Shape, paint: Paint): void {
  let [outerLeft, innerLeft, innerRight, outerRight] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let line = 0; line < lines; line++) {
    const y = (row + (line + 0.5) / lines) * of.coarse;
    const crosses = y > shape.top && y < shape.bottom;
    const left = (lefts[line] = crosses ? shape.left(y) / of.coarse : Infinity);
    const right = (rights[line] = crosses ? shape.right(y) / of.coarse : -Infinity);
    outerLeft = Math.min(outerLeft, left);
    innerLeft = Math.max(innerLeft, left);
    innerRight = Math.min(innerRight, right);
    outerRight = Math.max(outerRight, right);
  }
  const within = (x: number): number => Math.min(of.width, Math.max(0, x));
  const start = within(Math.floor(outerLeft));
  const end = Math.max(start, within(Math.ceil(outerRight)));
  // Between these two every line is inside.
  const full = Math.min(end, Math.max(start, within(Math.ceil(innerLeft))));
  const last = Math.min(end, Math.max(full, within(Math.floor(innerRight))));
  const base = row * of.width;
  if (paint.outside) cover(of.plane, base, base + start, paint);
  edge(of.plane, base, start, full, paint);
  if (!paint.outside) cover(of.plane, base + full, base + last, paint);
  edge(of.plane, base, last, end, paint);
  if (paint.outside) cover(of.plane, base + end, base + of.width, paint);
}

function cover(plane: Uint8Array, from: number, to: number, { value, opacity }: Paint): void {
  if (opacity >= 1) plane.fill(value, from, to);
  else for (let at = from; at < to; at++) plane[at] = mixed(plane[at] ?? 0, value, opacity);
}

function edge(plane: Uint8Array, base: number, from: number, to: number, { value, opacity, outside }: Paint): void {
  for (let x = from; x < to; x++) {
    let covered = 0;
    for (let line = 0; line < lines; line++)
      covered += Math.max(0, Math.min(rights[line] ?? 0, x + 1) - Math.max(lefts[line] ?? 0, x)) / lines;
    plane[base + x] = mixed(plane[base + x] ?? 0, value, (outside ? 1 - covered : covered) * opacity);
  }
}

const mixed = (under: number, value: number, share: number): number => Math.round(under + (value - under) * share);
