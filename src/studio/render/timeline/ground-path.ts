import type { Size } from '../../film/aspect.ts';
import { easeInOut } from '../motion/easing.ts';
import type { Axis } from '../planes/drift.ts';
import type { View } from '../planes/zoom.ts';

/** Which way a ground drifts: neighbouring scenes go different ways. */
export interface DriftPath {
  readonly axis: Axis;
  /** Quarters of a pixel from the ground's begin, in a frame of the scene. */
  readonly at: (frame: number) => number;
}

/** A quarter of a pixel a frame, about the middle; where there is less room, every second frame, every third, and so on. */
export function driftPath(of: { readonly index: number; readonly frames: number }, ground: Size, frame: Size): DriftPath {
  const axis: Axis = of.index % 2 === 0 ? 'y' : 'x';
  const room = Math.max(0, 4 * (axis === 'y' ? ground.height - frame.height : ground.width - frame.width) - 4);
  const rest = room === 0 ? Infinity : Math.ceil(of.frames / room);
  const travel = Math.floor((of.frames - 1) / rest);
  const start = Math.floor((room - travel) / 2);
  const forward = of.index % 4 < 2;
  return { axis, at: (at) => start + (forward ? Math.floor(at / rest) : travel - Math.floor(at / rest)) };
}

/** Ken Burns: over a photograph from all of it to its middle, or back; a little sideways on the way. */
export function kenBurns(of: { readonly index: number; readonly frames: number }, ground: Size, frame: Size): (at: number) => View {
  const widest = Math.min(ground.width / frame.width, ground.height / frame.height);
  const closest = Math.min(1, widest * 0.92);
  const nearer = of.index % 2 === 0;
  const [leanX, leanY] = (
    [
      [0.5, 0.35],
      [0.35, 0.5],
      [0.5, 0.65],
      [0.65, 0.5],
    ] as const
  )[of.index % 4] ?? [0.5, 0.5];
  return (at) => {
    const share = of.frames < 2 ? 0 : at / (of.frames - 1);
    // Almost even, so that it is seen to move all the time; its ends are soft.
    const way = 0.7 * share + 0.3 * easeInOut(share);
    const zoom = widest + (closest - widest) * (nearer ? way : 1 - way);
    const width = frame.width * zoom;
    const height = frame.height * zoom;
    return { x: (ground.width - width) * leanX, y: (ground.height - height) * leanY, width, height };
  };
}
