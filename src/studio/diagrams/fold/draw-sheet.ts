import { guide, ink, mixed, white, type Paint } from '../drawing/colours.ts';
import { at, boundsOf, distance, minus, mirrored, plus, times, type Bounds, type Line, type Point } from '../drawing/geometry.ts';
import { curvedArrow } from '../drawing/arrows.ts';
import { area, body, dashed, stroke, type Drawing } from '../drawing/marks.ts';
import { mapPath, polygon, polyline } from '../drawing/path.ts';
import { creaseOf, type Facet, type Sheet } from './sheet.ts';
import type { FoldModel, Hint, Move } from './sequence.ts';

export const sheetBounds = ({ facets }: Sheet): Bounds => boundsOf(facets.flatMap(({ outline }) => outline));

const shaded = (colour: string): Paint => ({ from: mixed(colour, white, 0.15), to: mixed(colour, ink, 0.07) });

const corners = ({ outline }: Facet): string =>
  outline
    .map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`)
    .toSorted()
    .join(' ');

/** Without those that lie right below another of the same shape. */
function seenFacets({ facets }: Sheet): readonly Facet[] {
  const uppermost = new Map(facets.map((one, index) => [corners(one), index]));
  return facets.filter((one, index) => uppermost.get(corners(one)) === index);
}

/** Facets from the lowest to the topmost, each with a little shadow on what lies below. */
export function drawSheet(sheet: Sheet, colours: FoldModel['colours'], scale: number): Drawing {
  return seenFacets(sheet).flatMap(({ outline, front, creases }, index) => {
    const shape = polygon(...outline.map((point) => times(point, scale)));
    const colour = front ? colours.front : colours.back;
    const shadow =
      index === 0
        ? []
        : [
            area(
              mapPath(shape, ({ x, y }) => at(x + 2, y + 7)),
              ink,
              0.13,
            ),
          ];
    const lines = creases.map(([a, b]) => stroke(polyline(times(a, scale), times(b, scale)), mixed(colour, ink, 0.45), 3.5, 0.75));
    return [...shadow, body(shape, shaded(colour), 6), ...lines];
  });
}

function foldLine([a, b]: Line, direction: 'valley' | 'mountain'): Drawing {
  const longer = times(minus(b, a), 14 / Math.max(1, distance(a, b)));
  const line = polyline(minus(a, longer), plus(b, longer));
  const dash = direction === 'valley' ? [18, 15] : [24, 14, 1, 14];
  return [stroke(line, white, 13, 0.85), dashed(line, guide, 7, dash)];
}

const shortest = 96;

/** Swings away from the middle of the paper, where there is more room. */
function moveArrow({ from, to, bend }: Hint, middle: Point, both: boolean): Drawing {
  const missing = Math.max(0, shortest - distance(from, to)) / 2;
  const way = times(minus(to, from), missing / Math.max(1e-6, distance(from, to)));
  const [start, end] = [minus(from, way), plus(to, way)];
  const side = (end.x - start.x) * (middle.y - start.y) - (end.y - start.y) * (middle.x - start.x);
  const swing = bend ?? (side >= 0 ? 0.26 : -0.26);
  return curvedArrow(start, end, swing, { both, size: 13 });
}

const scaledHint = ({ from, to, bend }: Hint, scale: number): Hint => {
  const moved = { from: times(from, scale), to: times(to, scale) };
  return bend === undefined ? moved : { ...moved, bend };
};

/** What the hands do next, drawn on the sheet as it lies. */
export function drawMoves(sheet: Sheet, moves: readonly Move[], scale: number): Drawing {
  const { left, top, right, bottom } = sheetBounds(sheet);
  const middle = times(at((left + right) / 2, (top + bottom) / 2), scale);
  const drawn = moves.map((move): readonly [Drawing, Drawing] => {
    if (move.kind === 'become') {
      const lines = move.lines.flatMap(([a, b]) => foldLine([times(a, scale), times(b, scale)], 'valley'));
      return [lines, move.hints.flatMap((hint) => moveArrow(scaledHint(hint, scale), middle, false))];
    }
    if (move.kind !== 'fold' && move.kind !== 'crease') return [[], []];
    const line = creaseOf(sheet, move.fold);
    if (line === undefined) return [[], []];
    const { moves: corner } = move.fold;
    const hint = move.hint ?? { from: corner, to: mirrored(corner, move.fold.line) };
    const crease: Line = [times(line[0], scale), times(line[1], scale)];
    return [foldLine(crease, move.fold.direction), moveArrow(scaledHint(hint, scale), middle, move.kind === 'crease')];
  });
  return [...drawn.flatMap(([lines]) => lines), ...drawn.flatMap(([, arrows]) => arrows)];
}
