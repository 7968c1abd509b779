/** What a drawing is made of: marks from back to front. */
import { ink, white, type Paint } from './colours.ts';
import { at, boundsOf, plus, times, turned, type Bounds, type Point } from './geometry.ts';
import { mapPath, pathBounds, type Path } from './path.ts';

export interface Mark {
  readonly path: Path;
  readonly fill: Paint | null;
  readonly stroke: string | null;
  readonly width: number;
  /** How much of the width stays as it is when the drawing is scaled: outlines do. */
  readonly fixed: number;
  readonly dash: readonly number[];
  readonly opacity: number;
  /** Whether it belongs to the silhouette that the halo and the shadow follow. */
  readonly solid: boolean;
}

export type Drawing = readonly Mark[];

export const outline = 6.5;

const plain: Omit<Mark, 'path'> = { fill: null, stroke: null, width: 0, fixed: 0, dash: [], opacity: 1, solid: false };

/** A thing with its dark outline. */
export const body = (path: Path, fill: Paint, width: number = outline): Mark => ({
  ...plain,
  path,
  fill,
  stroke: ink,
  width,
  fixed: width,
  solid: true,
});

/** A part of a thing inside its outline. */
export const area = (path: Path, fill: Paint, opacity = 1): Mark => ({ ...plain, path, fill, opacity });

/** A line on a thing. */
export const stroke = (path: Path, colour: string = ink, width: number = outline, opacity = 1): Mark => ({
  ...plain,
  path,
  stroke: colour,
  width,
  fixed: Math.min(width, outline),
  opacity,
});

/** A line that stands on the ground by itself. */
export const freeStroke = (path: Path, colour: string = ink, width: number = outline): Mark => ({
  ...stroke(path, colour, width),
  solid: true,
});

export const dashed = (path: Path, colour: string, width: number, dash: readonly number[]): Mark => ({
  ...stroke(path, colour, width),
  dash,
});

/** String, thread, wire, lace: where it crosses what was drawn before, its outline shows that it lies above. */
export const cord = (path: Path, colour: string, width: number): Drawing => [
  { ...plain, path, stroke: ink, width: width + 2 * outline, fixed: 2 * outline, solid: true },
  { ...plain, path, stroke: colour, width },
];

/** Light on a surface. */
export const shine = (path: Path, width = 9, opacity = 0.65): Mark => stroke(path, white, width, opacity);

export interface Placement {
  readonly x?: number;
  readonly y?: number;
  readonly turn?: number;
  readonly scale?: number;
  readonly flip?: boolean;
}

/** A drawing as it is at another place: scaled and flipped around its own origin, then turned, then moved. */
export function placed(drawing: Drawing, { x = 0, y = 0, turn = 0, scale = 1, flip = false }: Placement): Drawing {
  const move = (point: Point): Point => plus(turned(times(flip ? at(-point.x, point.y) : point, scale), turn), at(x, y));
  return drawing.map((mark) => ({ ...mark, path: mapPath(mark.path, move), width: (mark.width - mark.fixed) * scale + mark.fixed }));
}

export function drawingBounds(drawing: Drawing): Bounds {
  const corners = drawing
    .filter(({ solid, path }) => solid && path.length > 0)
    .flatMap(({ path, stroke: line, width }) => {
      const { left, top, right, bottom } = pathBounds(path);
      const half = line === null ? 0 : width / 2;
      return [at(left - half, top - half), at(right + half, bottom + half)];
    });
  return corners.length === 0 ? { left: 0, top: 0, right: 0, bottom: 0 } : boundsOf(corners);
}
