/**
 * How a scene closes, and how the next one opens. Both halves meet in a frame that shows the film's ground colour
 * alone, so that neither has to know the other. An accent runs ahead of the colour as it comes, and behind it as it goes.
 */
import type { Size } from '../../film/aspect.ts';
import type { Transition } from '../../film/scene.ts';
import { easeIn, easeInOut } from '../motion/easing.ts';
import { band, disc, type Shape } from '../planes/shape.ts';

export interface Veil {
  readonly shape: Shape;
  readonly side: 'inside' | 'outside';
  readonly colour: 'ground' | 'accent';
}

export interface Cover {
  /** How far the picture is moved to the right. */
  readonly push: number;
  /** What is laid over it, in this order. */
  readonly veils: readonly Veil[];
}

/** How much of the picture is gone, 0..1, and whether it goes or comes. */
export interface Moment {
  readonly gone: number;
  readonly side: 'closing' | 'opening';
}

/** Frames of each half. */
const halfLength = 9;

export interface Turn {
  readonly transition: Transition;
  readonly moment: Moment;
}

/** What of a transition there is in a frame of the scene. The first scene does not open, and the last does not close. */
export function turnAt(of: TurnsOf, frame: number): Turn | undefined {
  const length = Math.min(halfLength, Math.floor(of.frames / 3));
  const left = of.frames - 1 - frame;
  if (of.index > 0 && of.opening !== 'cut' && frame < length)
    return { transition: of.opening, moment: { gone: 1 - (frame + 1) / (length + 1), side: 'opening' } };
  // The last frame is covered wholly, and the next scene's first no longer is: the colour stands for one frame.
  if (of.index < of.count - 1 && of.closing !== 'cut' && left < length)
    return { transition: of.closing, moment: { gone: 1 - left / length, side: 'closing' } };
  return undefined;
}

export interface TurnsOf {
  readonly index: number;
  readonly count: number;
  readonly frames: number;
  readonly opening: Transition;
  readonly closing: Transition;
}

export function coverOf({ transition, moment }: Turn, frame: Size, centre: { readonly x: number; readonly y: number }): Cover {
  switch (transition) {
    case 'cut':
      return { push: 0, veils: [] };
    case 'iris':
      return { push: 0, veils: iris(moment, frame, centre) };
    case 'wipe':
      return { push: 0, veils: wipe(moment, frame) };
    case 'slide':
      return slide(moment, frame);
  }
}

/** A hole closes about what is looked at. */
function iris({ gone, side }: Moment, { width, height }: Size, { x, y }: { readonly x: number; readonly y: number }): readonly Veil[] {
  const furthest = Math.hypot(Math.max(x, width - x), Math.max(y, height - y));
  // Even on both sides, so that it does not linger on a dot.
  const open = side === 'closing' ? 1 - easeInOut(gone) : 1 - gone ** 1.2;
  const rim = Math.min(width, height) * 0.09 * Math.min(1, open * 4);
  const radius = furthest * 1.02 * open;
  return [
    { shape: disc({ x, y, radius }), side: 'outside', colour: 'accent' },
    { shape: disc({ x, y, radius: radius + rim }), side: 'outside', colour: 'ground' },
  ];
}

/** A slanted band runs over the picture from left to right; on the other side it runs off it. */
function wipe({ gone, side }: Moment, { width, height }: Size): readonly Veil[] {
  const slope = -0.32;
  const lean = -slope * height;
  const stripe = width * 0.16;
  const way = width + lean + stripe;
  const far = 4 * (width + lean);
  if (side === 'closing') {
    const edge = way * easeInOutLate(gone);
    return [
      { shape: band({ from: -far, to: edge, slope, height }), side: 'inside', colour: 'accent' },
      { shape: band({ from: -far, to: edge - stripe, slope, height }), side: 'inside', colour: 'ground' },
    ];
  }
  const edge = way * (1 - easeInOutLate(gone));
  return [
    { shape: band({ from: edge - stripe, to: far, slope, height }), side: 'inside', colour: 'accent' },
    { shape: band({ from: edge, to: far, slope, height }), side: 'inside', colour: 'ground' },
  ];
}

/** Fast where the picture is about to be covered, so that both halves run on as one movement. */
const easeInOutLate = (gone: number): number => gone ** 1.35;

/** The picture leaves to the left, the next one comes from the right; a stripe of accent runs along its edge. */
function slide({ gone, side }: Moment, { width, height }: Size): Cover {
  const moved = Math.round((width * easeIn(gone)) / 2) * 2;
  const stripe = Math.round(width * 0.03) * (moved === 0 ? 0 : 1);
  const edge = side === 'closing' ? width - moved : moved - stripe;
  const shape = band({ from: edge, to: edge + stripe, slope: 0, height });
  return { push: side === 'closing' ? -moved : moved, veils: gone === 1 ? [] : [{ shape, side: 'inside', colour: 'accent' }] };
}
