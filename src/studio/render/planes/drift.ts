/**
 * A ground that drifts along one axis by quarters of a pixel. What lies between pixels is worked out once for every
 * quarter, so that a frame of it is a copy.
 */
import type { Size } from '../../film/aspect.ts';
import type { Planes } from './planes.ts';

export type Axis = 'x' | 'y';

export interface Drift {
  /** Shows the ground as it lies `quarters` of a pixel from its start; at most {@link Drift.room}. */
  show(frame: Planes, quarters: number): void;
  readonly room: number;
}

/** The ground is at least as large as the frame. Across the axis, its middle is shown. */
export function driftOver(ground: Planes, frame: Size, axis: Axis): Drift {
  const luma = cutAcross({ plane: ground.y, width: ground.width, height: ground.height }, frame, axis, 1);
  const half = { width: ground.width / 2, height: ground.height / 2 };
  const halfFrame = { width: frame.width / 2, height: frame.height / 2 };
  const u = cutAcross({ plane: ground.u, ...half }, halfFrame, axis, 2);
  const v = cutAcross({ plane: ground.v, ...half }, halfFrame, axis, 2);
  const showLuma = between(luma, axis);
  const showU = between(u, axis);
  const showV = between(v, axis);
  return {
    room: 4 * (axis === 'x' ? ground.width - frame.width : ground.height - frame.height),
    show: (to, quarters) => {
      showLuma(to.y, frame, quarters);
      // Colours follow every second time: nobody sees an eighth of a pixel of them.
      showU(to.u, halfFrame, quarters >> 1);
      showV(to.v, halfFrame, quarters >> 1);
    },
  };
}

interface Plane extends Size {
  readonly plane: Uint8Array;
}

/** Only what the drift can reach, so that no more is kept. Luma is cut at even pixels, where chroma can be cut too. */
function cutAcross({ plane, width, height }: Plane, frame: Size, axis: Axis, coarse: 1 | 2): Plane {
  const size = axis === 'x' ? { width, height: frame.height } : { width: frame.width, height };
  const grain = 2 / coarse;
  const left = Math.floor((width - size.width) / 2 / grain) * grain;
  const top = Math.floor((height - size.height) / 2 / grain) * grain;
  const cut = new Uint8Array(size.width * size.height);
  for (let row = 0; row < size.height; row++) {
    const from = (top + row) * width + left;
    cut.set(plane.subarray(from, from + size.width), row * size.width);
  }
  return { plane: cut, ...size };
}

type Show = (to: Uint8Array, frame: Size, quarters: number) => void;

/** Shows a plane from so many quarters of a pixel on. */
function between(plane: Plane, axis: Axis): Show {
  const known = new Map<number, Uint8Array>([[0, plane.plane]]);
  return (to, { width, height }, quarters) => {
    const part = quarters & 3;
    const whole = quarters >> 2;
    const shifted = known.get(part) ?? shiftedBy(plane, axis, part / 4);
    known.set(part, shifted);
    if (axis === 'y') {
      to.set(shifted.subarray(whole * width, (whole + height) * width));
      return;
    }
    for (let row = 0; row < height; row++) {
      const from = row * plane.width + whole;
      to.set(shifted.subarray(from, from + width), row * width);
    }
  };
}

/** The plane, `share` of a pixel further along: by four pixels (Catmull-Rom), which keeps it sharp. The rim is repeated. */
function shiftedBy({ plane, width, height }: Plane, axis: Axis, share: number): Uint8Array {
  const weights = weightsAt(share);
  const shifted = new Uint8Array(plane.length);
  if (axis === 'y') {
    const row = (y: number): number => Math.min(height - 1, Math.max(0, y)) * width;
    for (let y = 0; y < height; y++) mixRun(plane, [row(y - 1), row(y), row(y + 1), row(y + 2)], weights, shifted, y * width, width);
    return shifted;
  }
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const at = (x: number): number => row + Math.min(width - 1, Math.max(0, x));
    mixRun(plane, [row, row + 1, row + 2, row + 3], weights, shifted, row + 1, width - 3);
    for (const x of [0, width - 2, width - 1]) mixRun(plane, [at(x - 1), at(x), at(x + 1), at(x + 2)], weights, shifted, row + x, 1);
  }
  return shifted;
}

type Four = readonly [number, number, number, number];

/** A run of pixels, each mixed of the four that stand as far into the runs that begin at `starts`. */
function mixRun(plane: Uint8Array, starts: Four, weights: Four, into: Uint8Array, to: number, length: number): void {
  const [a, b, c, d] = starts;
  const [wa, wb, wc, wd] = weights;
  for (let x = 0; x < length; x++) {
    const near = Math.imul(plane[b + x] ?? 0, wb) + Math.imul(plane[c + x] ?? 0, wc);
    const far = Math.imul(plane[a + x] ?? 0, wa) + Math.imul(plane[d + x] ?? 0, wd);
    const value = (near + far + 512) >> 10;
    into[to + x] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
}

/** Of 1024; they sum up to it exactly. */
function weightsAt(t: number): Four {
  const first = Math.round(512 * (-t + 2 * t * t - t * t * t));
  const third = Math.round(512 * (t + 4 * t * t - 3 * t * t * t));
  const fourth = Math.round(512 * (-t * t + t * t * t));
  return [first, 1024 - first - third - fourth, third, fourth];
}
