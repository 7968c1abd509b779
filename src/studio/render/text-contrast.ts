/**
 * How well a text can be read where it stands. The letters are the opaque colour that the text has most of; what lies
 * around them is what is seen a few pixels beyond their edge, the text's own outline or plate included. Of the WCAG
 * ratios between the two along all edges, the median counts: half of the edges stand out at least so much.
 */
import { contrastRatio } from '../lettering/contrast.ts';
import { hexOf, rgbOf, type Colour } from './planes/colour.ts';
import type { Planes } from './planes/planes.ts';
import type { SpritePlanes } from './planes/sprite-planes.ts';

/** In cells of two by two pixels: far enough to be past the soft edge of a letter, and near enough to be beside it. */
const beyond = 3;
const mostSamples = 400;

/** Undefined when the text has no opaque letters. `under` is the frame before the text is laid over it. */
export function textContrast(text: SpritePlanes, under: Planes): number | undefined {
  const cells = cellsOf(text);
  const letters = commonest(cells.keys);
  if (letters === undefined) return undefined;
  const edges = edgesOf(cells, letters);
  if (edges.length === 0) return undefined;
  const fill = hexOf(rgbOf(colourAt(text, under, cells.keys.indexOf(letters))));
  const every = Math.ceil(edges.length / mostSamples);
  const ratios = edges
    .filter((_, which) => which % every === 0)
    .map((cell) => contrastRatio(fill, hexOf(rgbOf(colourAt(text, under, cell)))))
    .toSorted((one, other) => one - other);
  return ratios[Math.floor(ratios.length / 2)];
}

interface Cells {
  readonly width: number;
  /** Of each cell the colour, coarsely; 0 where it is not opaque. */
  readonly keys: Int32Array;
}

function cellsOf({ width, luma, chroma, chromaAlpha }: SpritePlanes): Cells {
  const columns = width / 2;
  const keys = Int32Array.from(chromaAlpha, (alpha, cell) => {
    if (alpha < 255) return 0;
    const pixel = chroma[cell] ?? 0;
    const y = (luma[cornerOf(cell, columns)] ?? 0) & 0xff;
    return (1 << 24) | ((y >> 4) << 16) | ((pixel >>> 20) << 8) | ((pixel & 0xff) >> 4);
  });
  return { width: columns, keys };
}

/** The upper left pixel of a cell, in the luma of a sprite. */
const cornerOf = (cell: number, columns: number): number => Math.floor(cell / columns) * 4 * columns + (cell % columns) * 2;

function commonest(keys: Int32Array): number | undefined {
  const counts = new Map<number, number>();
  let most = 0;
  let found: number | undefined;
  for (const key of keys) {
    if (key === 0) continue;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > most) [most, found] = [count, key];
  }
  return found;
}

/** The cells just beyond an edge of the letters, to the left, to the right, above and below. */
function edgesOf({ width, keys }: Cells, letters: number): readonly number[] {
  const edges: number[] = [];
  for (const step of [-1, 1, -width, width]) {
    for (let cell = 0; cell < keys.length; cell++) {
      if (keys[cell] !== letters || keys[cell + step] === letters) continue;
      const beside = cell + beyond * step;
      const sameRow = Math.abs(step) > 1 || Math.floor(beside / width) === Math.floor(cell / width);
      if (sameRow && beside >= 0 && beside < keys.length && keys[beside] !== letters) edges.push(beside);
    }
  }
  return edges;
}

/** What is seen in a cell of the text once it is laid over the frame. */
function colourAt(text: SpritePlanes, under: Planes, cell: number): Colour {
  const columns = text.width / 2;
  const x = Math.min(under.width - 2, Math.max(0, text.x + (cell % columns) * 2));
  const y = Math.min(under.height - 2, Math.max(0, text.y + Math.floor(cell / columns) * 2));
  const luma = text.luma[cornerOf(cell, columns)] ?? 0;
  const chroma = text.chroma[cell] ?? 0;
  const chromaAt = (y / 2) * (under.width / 2) + x / 2;
  const over = (part: number, alpha: number, below: number): number => part + (below * (255 - alpha)) / 255;
  const alpha = text.chromaAlpha[cell] ?? 0;
  return {
    y: over(luma & 0xff, luma >>> 16, under.y[y * under.width + x] ?? 0),
    u: over(chroma & 0xff, alpha, under.u[chromaAt] ?? 0),
    v: over(chroma >>> 16, alpha, under.v[chromaAt] ?? 0),
  };
}
