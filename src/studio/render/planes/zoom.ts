import type { Size } from '../../film/aspect.ts';
import type { Planes } from './planes.ts';

/** A part of the ground, in its pixels; it need not begin or end on a whole one. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Zoom = (frame: Planes, view: View) => void;

/** Shows parts of a ground as large as the frame, smoothly at any place between pixels. */
export function zoomOver(ground: Planes, frame: Size): Zoom {
  const luma = scaler(frame.width);
  const chroma = scaler(frame.width / 2);
  const half = { width: ground.width / 2, height: ground.height / 2 };
  return (to, view) => {
    const halfView = { x: view.x / 2, y: view.y / 2, width: view.width / 2, height: view.height / 2 };
    luma({ plane: ground.y, width: ground.width, height: ground.height }, { plane: to.y, height: to.height }, view);
    chroma({ plane: ground.u, ...half }, { plane: to.u, height: to.height / 2 }, halfView);
    chroma({ plane: ground.v, ...half }, { plane: to.v, height: to.height / 2 }, halfView);
  };
}

interface Source extends Size {
  readonly plane: Uint8Array;
}

interface Target {
  readonly plane: Uint8Array;
  readonly height: number;
}

/** Two rows of the source are kept scaled, two pixels to a number: a row of the target lies between them. */
function scaler(width: number): (from: Source, to: Target, view: View) => void {
  const columns = new Int32Array(width);
  const shares = new Int32Array(width);
  let upper = new Int32Array(width / 2);
  let lower = new Int32Array(width / 2);
  return (from, to, view) => {
    placesOf(columns, shares, view.x, view.width, from.width);
    const step = view.height / to.height;
    let held = -2;
    for (let row = 0; row < to.height; row++) {
      const place = Math.min(from.height - 1.001, Math.max(0, view.y + (row + 0.5) * step - 0.5));
      const above = Math.floor(place);
      if (above !== held) {
        [upper, lower] = [lower, upper];
        if (above !== held + 1) scaleRow(from.plane, above * from.width, columns, shares, upper);
        scaleRow(from.plane, (above + 1) * from.width, columns, shares, lower);
        held = above;
      }
      blendRows(upper, lower, Math.round((place - above) * 128), to.plane, row * width);
    }
  };
}

/** For each pixel of a row: the one of the source left of it, and how far from that one it lies, of 128. */
function placesOf(columns: Int32Array, shares: Int32Array, start: number, length: number, sourceWidth: number): void {
  const step = length / columns.length;
  for (let x = 0; x < columns.length; x++) {
    const place = Math.min(sourceWidth - 1.001, Math.max(0, start + (x + 0.5) * step - 0.5));
    const column = Math.floor(place);
    columns[x] = column;
    shares[x] = Math.round((place - column) * 128);
  }
}

function scaleRow(plane: Uint8Array, row: number, columns: Int32Array, shares: Int32Array, pairs: Int32Array): void {
  for (let pair = 0, x = 0; pair < pairs.length; pair++, x += 2) {
    const at = row + (columns[x] ?? 0);
    const next = row + (columns[x + 1] ?? 0);
    const left = plane[at] ?? 0;
    const nextLeft = plane[next] ?? 0;
    const value = ((left << 7) + Math.imul((plane[at + 1] ?? 0) - left, shares[x] ?? 0) + 64) >> 7;
    const nextValue = ((nextLeft << 7) + Math.imul((plane[next + 1] ?? 0) - nextLeft, shares[x + 1] ?? 0) + 64) >> 7;
    pairs[pair] = value | (nextValue << 16);
  }
}

function blendRows(upper: Int32Array, lower: Int32Array, share: number, plane: Uint8Array, row: number): void {
  for (let pair = 0, to = row; pair < upper.length; pair++, to += 2) {
    const both = Math.imul(upper[pair] ?? 0, 128 - share) + Math.imul(lower[pair] ?? 0, share) + 0x40_00_40;
    plane[to] = (both >>> 7) & 0xff;
    plane[to + 1] = both >>> 23;
  }
}
