/** Outlines: lines and curves through points, so that they can be moved, measured and written as SVG. */
import { at, between, boundsOf, distance, plus, polar, times, minus, type Bounds, type Point } from './geometry.ts';

type Operation = 'M' | 'L' | 'Q' | 'C' | 'Z';

interface Segment {
  readonly operation: Operation;
  /** The control points, and then where it ends. */
  readonly points: readonly Point[];
}

export type Path = readonly Segment[];

const sizeOf: Readonly<Record<Operation, number>> = { M: 1, L: 1, Q: 2, C: 3, Z: 0 };

/** Reads SVG's absolute `M L Q C Z`; numbers after the first set go on with the same operation. */
export function path(data: string): Path {
  const segments: Segment[] = [];
  for (const [, letter, rest] of data.matchAll(/([MLQCZ])([^MLQCZ]*)/g)) {
    // The pattern lets nothing else through.
    const operation = letter as Operation;
    const numbers = (rest?.match(/-?[\d.]+/g) ?? []).map(Number);
    if (operation === 'Z') segments.push({ operation, points: [] });
    const points = Array.from({ length: Math.floor(numbers.length / 2) }, (_, index) =>
      at(numbers[2 * index] ?? 0, numbers[2 * index + 1] ?? 0),
    );
    const size = sizeOf[operation];
    for (let from = 0; from < points.length; from += size) {
      segments.push({ operation: operation === 'M' && from > 0 ? 'L' : operation, points: points.slice(from, from + size) });
    }
  }
  return segments;
}

export const mapPath = (outline: Path, change: (point: Point) => Point): Path =>
  outline.map(({ operation, points }) => ({ operation, points: points.map(change) }));

/** Of the control points, so it may be a little too large. */
export const pathBounds = (outline: Path): Bounds => boundsOf(outline.flatMap(({ points }) => points));

const written = (value: number): string => String(Math.round(value * 10) / 10);

export const pathData = (outline: Path): string =>
  outline.map(({ operation, points }) => operation + points.map(({ x, y }) => `${written(x)} ${written(y)}`).join(' ')).join('');

export const polyline = (...points: readonly Point[]): Path =>
  points.map((point, index) => ({ operation: index === 0 ? 'M' : 'L', points: [point] }));

const close: Segment = { operation: 'Z', points: [] };

export const polygon = (...points: readonly Point[]): Path => [...polyline(...points), close];

/** A polygon whose corners are rounded. */
export function rounded(points: readonly Point[], radius: number): Path {
  const segments = points.flatMap((corner, index): Segment[] => {
    const before = points.at(index - 1) ?? corner;
    const after = points[(index + 1) % points.length] ?? corner;
    const cut = (other: Point): Point => between(corner, other, Math.min(0.5, radius / Math.max(1, distance(corner, other))));
    return [
      { operation: index === 0 ? 'M' : 'L', points: [cut(before)] },
      { operation: 'Q', points: [corner, cut(after)] },
    ];
  });
  return [...segments, close];
}

export const box = (x: number, y: number, width: number, height: number, radius = 14): Path =>
  rounded([at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height)], radius);

/** A part of an ellipse, clockwise from one angle to a larger one, or back to a smaller one. */
export function arc(centre: Point, radius: number | Point, from: number, to: number): Path {
  const size = typeof radius === 'number' ? at(radius, radius) : radius;
  const parts = Math.max(1, Math.ceil(Math.abs(to - from) / 60));
  const step = (to - from) / parts;
  const reach = (4 / 3) * Math.tan((step * Math.PI) / 720);
  const on = (degrees: number, offset: number): Point => {
    const spot = polar(at(0, 0), 1, degrees);
    const bent = plus(spot, times(at(-spot.y, spot.x), offset));
    return plus(centre, at(bent.x * size.x, bent.y * size.y));
  };
  const segments: Segment[] = [{ operation: 'M', points: [on(from, 0)] }];
  for (let part = 0; part < parts; part += 1) {
    const a = from + part * step;
    segments.push({ operation: 'C', points: [on(a, reach), on(a + step, -reach), on(a + step, 0)] });
  }
  return segments;
}

export const circle = (x: number, y: number, radius: number): Path => [...arc(at(x, y), radius, 0, 360), close];
export const ellipse = (x: number, y: number, rx: number, ry: number): Path => [...arc(at(x, y), at(rx, ry), 0, 360), close];

/** A soft curve through all points. */
export function through(...points: readonly Point[]): Path {
  const segments: Segment[] = points.slice(0, 1).map((point) => ({ operation: 'M', points: [point] }));
  for (let index = 0; index + 1 < points.length; index += 1) {
    const from = points[index];
    const to = points[index + 1];
    if (from === undefined || to === undefined) continue;
    const before = points[index - 1] ?? from;
    const after = points[index + 2] ?? to;
    segments.push({
      operation: 'C',
      points: [plus(from, times(minus(to, before), 1 / 6)), minus(to, times(minus(after, from), 1 / 6)), to],
    });
  }
  return segments;
}

export const closed = (outline: Path): Path => [...outline, close];
