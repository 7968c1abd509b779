/**
 * A sheet of paper that is folded flat.
 *
 * F1. Facets are convex, lie from the lowest to the topmost, and together have the area of the sheet they came from.
 * F2. A facet that is moved over a line is mirrored and shows its other side; facets that move together end in the opposite order.
 * F3. What is not moved keeps its place and its order.
 */
import { areaOf, mirrored, sideOf, turned, at, type Line, type Point } from '../drawing/geometry.ts';

export interface Facet {
  readonly outline: readonly Point[];
  /** Whether the side that lay up in the beginning is seen. */
  readonly front: boolean;
  /** Lines that earlier folds left in it. */
  readonly creases: readonly Line[];
}

export interface Sheet {
  readonly facets: readonly Facet[];
}

export interface Fold {
  readonly line: Line;
  /** Any point on the side that moves. */
  readonly moves: Point;
  /** A valley comes over the rest, a mountain goes behind it. */
  readonly direction: 'valley' | 'mountain';
  /** Only so many of the topmost facets that lie on the moving side; all without it. */
  readonly top?: number;
}

const thin = 1e-6;

export const facet = (outline: readonly Point[], front = true): Facet => ({ outline, front, creases: [] });

export const rectangle = (width: number, height: number): Sheet => ({
  facets: [facet([at(0, 0), at(width, 0), at(width, height), at(0, height)])],
});

/** The part of a convex outline where `side` is not negative. */
function half(outline: readonly Point[], side: (point: Point) => number): readonly Point[] {
  return outline.flatMap((point, index) => {
    const next = outline[(index + 1) % outline.length] ?? point;
    const [here, there] = [side(point), side(next)];
    const kept = here >= -thin ? [point] : [];
    if (here * there >= 0 || Math.abs(here) < thin || Math.abs(there) < thin) return kept;
    const share = here / (here - there);
    return [...kept, at(point.x + (next.x - point.x) * share, point.y + (next.y - point.y) * share)];
  });
}

const halfCrease = ([a, b]: Line, side: (point: Point) => number): readonly Line[] => {
  const points = half([a, b], side);
  const [from, to] = [points[0], points.at(-1)];
  return from === undefined || to === undefined || Math.hypot(from.x - to.x, from.y - to.y) < thin ? [] : [[from, to]];
};

function part(whole: Facet, side: (point: Point) => number): Facet | undefined {
  const outline = half(whole.outline, side);
  if (outline.length < 3 || areaOf(outline) < 1e-3) return undefined;
  return { outline, front: whole.front, creases: whole.creases.flatMap((crease) => halfCrease(crease, side)) };
}

const flipped = (one: Facet, line: Line): Facet => ({
  outline: one.outline.map((point) => mirrored(point, line)),
  front: !one.front,
  creases: one.creases.map(([a, b]): Line => [mirrored(a, line), mirrored(b, line)]),
});

const movingSide = ({ line, moves }: Fold): ((point: Point) => number) => {
  const sign = Math.sign(sideOf(line, moves));
  return (point) => sign * sideOf(line, point);
};

const moved = ({ facets }: Sheet, fold: Fold): ReadonlySet<number> => {
  const side = movingSide(fold);
  const there = facets.map((one, index) => (part(one, side) === undefined ? -1 : index)).filter((index) => index >= 0);
  return new Set(fold.top === undefined ? there : there.slice(-fold.top));
};

export function folded(sheet: Sheet, fold: Fold): Sheet {
  const side = movingSide(fold);
  const which = moved(sheet, fold);
  const kept: Facet[] = [];
  const turnedOver: Facet[] = [];
  let lowest = sheet.facets.length;
  sheet.facets.forEach((one, index) => {
    if (!which.has(index)) {
      kept.push(one);
      return;
    }
    lowest = Math.min(lowest, kept.length);
    const stays = part(one, (point) => -side(point));
    const goes = part(one, side);
    if (stays !== undefined) kept.push(stays);
    if (goes !== undefined) turnedOver.unshift(flipped(goes, fold.line));
  });
  if (fold.direction === 'valley') return { facets: [...kept, ...turnedOver] };
  // Behind what moved with it, and still before whatever lies below.
  return { facets: [...kept.slice(0, lowest), ...turnedOver, ...kept.slice(lowest)] };
}

/** Where the line runs over the facets that a fold moves; undefined where it moves none. */
export function creaseOf(sheet: Sheet, fold: Fold): Line | undefined {
  const which = moved(sheet, fold);
  const [a, b] = fold.line;
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const way = at((b.x - a.x) / length, (b.y - a.y) / length);
  const shares = sheet.facets
    .filter((_, index) => which.has(index))
    .flatMap(({ outline }) => onLine(outline, fold.line))
    .map((point) => (point.x - a.x) * way.x + (point.y - a.y) * way.y);
  if (shares.length < 2) return undefined;
  const point = (share: number): Point => at(a.x + way.x * share, a.y + way.y * share);
  return [point(Math.min(...shares)), point(Math.max(...shares))];
}

const onLine = (outline: readonly Point[], line: Line): readonly Point[] =>
  half(
    half(outline, (point) => sideOf(line, point)),
    (point) => -sideOf(line, point),
  );

/** A fold that was opened again: all that is left is its crease. */
export function creased(sheet: Sheet, fold: Fold): Sheet {
  const which = moved(sheet, fold);
  const facets = sheet.facets.map((one, index) => {
    const [from, to] = [onLine(one.outline, fold.line)[0], onLine(one.outline, fold.line).at(-1)];
    if (!which.has(index) || from === undefined || to === undefined) return one;
    return { ...one, creases: [...one.creases, [from, to] as const] };
  });
  return { facets };
}

const mapFacets = (sheet: Sheet, change: (point: Point) => Point): readonly Facet[] =>
  sheet.facets.map((one) => ({
    ...one,
    outline: one.outline.map(change),
    creases: one.creases.map(([a, b]): Line => [change(a), change(b)]),
  }));

/** Turned over like a page, around the vertical line x = 0. */
export const turnedOver = (sheet: Sheet): Sheet => ({
  facets: mapFacets(sheet, ({ x, y }) => at(-x, y))
    .map((one) => ({ ...one, front: !one.front }))
    .toReversed(),
});

export const rotated = (sheet: Sheet, degrees: number): Sheet => ({ facets: mapFacets(sheet, (point) => turned(point, degrees)) });

export const sheetArea = ({ facets }: Sheet): number => facets.reduce((sum, { outline }) => sum + areaOf(outline), 0);
