/** Arrows say what moves where: in the accent, with a dark outline. */
import { accent, ink } from './colours.ts';
import { at, between, distance, minus, plus, polar, times, type Point } from './geometry.ts';
import { body, cord, freeStroke, type Drawing } from './marks.ts';
import { polyline, rounded, through, type Path } from './path.ts';

const thick = 15;

export interface ArrowStyle {
  readonly colour?: string;
  readonly size?: number;
  /** A head at the beginning, too: there and back. */
  readonly both?: boolean;
}

function head(tip: Point, from: Point, size: number, colour: string): Drawing {
  const back = times(minus(from, tip), 1 / Math.max(1e-6, distance(from, tip)));
  const across = at(-back.y, back.x);
  const base = plus(tip, times(back, 2.5 * size));
  return [body(rounded([tip, plus(base, times(across, 1.75 * size)), minus(base, times(across, 1.75 * size))], 5), colour)];
}

/** Along points that lie close: the shaft ends where the heads begin. */
function along(points: readonly Point[], { colour = accent, size = thick, both = false }: ArrowStyle): Drawing {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const reach = 2.2 * size;
  const shaft = points.filter((point) => distance(point, last) > reach && (!both || distance(point, first) > reach));
  const tail = shaft[0] ?? first;
  const neck = shaft.at(-1) ?? first;
  const line: Path = shaft.length > 1 ? polyline(...shaft) : polyline(first, neck);
  const shafts = cord(line, colour, size);
  const heads = [...head(last, neck, size, colour), ...(both ? head(first, tail, size, colour) : [])];
  // The shaft is laid over the heads once more, so that no outline parts them.
  return [...shafts.slice(0, 1), ...heads, ...shafts.slice(1)];
}

const sampled = (curve: (share: number) => Point): readonly Point[] => Array.from({ length: 41 }, (_, index) => curve(index / 40));

export const straightArrow = (from: Point, to: Point, style: ArrowStyle = {}): Drawing =>
  along(
    sampled((share) => between(from, to, share)),
    style,
  );

/** `bend` is how far the middle swings out, as a share of the length; to the left of the way for numbers above 0. */
export function curvedArrow(from: Point, to: Point, bend = 0.35, style: ArrowStyle = {}): Drawing {
  const way = minus(to, from);
  const control = plus(between(from, to), times(at(way.y, -way.x), bend * 2));
  return along(
    sampled((share) => between(between(from, control, share), between(control, to, share), share)),
    style,
  );
}

/** Around a centre, from one angle to another: clockwise where the second is larger. */
export const turnArrow = (centre: Point, radius: number | Point, from: number, to: number, style: ArrowStyle = {}): Drawing => {
  const size = typeof radius === 'number' ? at(radius, radius) : radius;
  return along(
    sampled((share) => {
      const spot = polar(at(0, 0), 1, from + (to - from) * share);
      return plus(centre, at(spot.x * size.x, spot.y * size.y));
    }),
    style,
  );
};

/** From what was to what becomes. */
export const chevron = (centre: Point, downwards: boolean): Drawing =>
  straightArrow(
    downwards ? plus(centre, at(0, -30)) : plus(centre, at(-30, 0)),
    downwards ? plus(centre, at(0, 32)) : plus(centre, at(32, 0)),
    { size: 17 },
  );

/** Short lines that fly off a place: a blow, a sound, a sparkle. */
export const rays = (centre: Point, inner: number, outer: number, from: number, to: number, count: number, colour: string = ink): Drawing =>
  Array.from({ length: count }, (_, index) => {
    const degrees = count === 1 ? from : from + ((to - from) * index) / (count - 1);
    return freeStroke(polyline(polar(centre, inner, degrees), polar(centre, outer, degrees)), colour, 9);
  });

/** Curved lines behind a thing that moves. */
export const speedLines = (points: readonly (readonly [Point, Point])[]): Drawing =>
  points.map(([from, to]) => freeStroke(polyline(from, to), '#ffffff', 9));

/** How long something is: a line with a bar at either end. */
export function dimension(from: Point, to: Point): Drawing {
  const way = minus(to, from);
  const across = times(at(-way.y, way.x), 18 / Math.max(1, distance(from, to)));
  const bar = (end: Point): Path => polyline(plus(end, across), minus(end, across));
  return [
    ...cord(bar(from), accent, 8),
    ...cord(bar(to), accent, 8),
    ...along(
      sampled((share) => between(from, to, share)),
      { size: 9, both: true },
    ),
  ];
}

export const wave = (from: Point, to: Point, count: number, height: number): Path => {
  const steps = count * 2;
  const way = minus(to, from);
  const across = times(at(-way.y, way.x), 1 / Math.max(1, distance(from, to)));
  return through(
    ...Array.from({ length: steps + 1 }, (_, index) =>
      plus(between(from, to, index / steps), times(across, index % 2 === 0 ? -height : height)),
    ),
  );
};
