/** Before and after, side by side or one above the other, whichever is larger. */
import { turnArrow } from '../drawing/arrows.ts';
import { at } from '../drawing/geometry.ts';
import { beforeAfter } from '../drawing/before-after.ts';
import type { Drawing } from '../drawing/marks.ts';
import { drawMoves, drawSheet, sheetBounds } from './draw-sheet.ts';
import type { FoldModel, FoldStep } from './sequence.ts';
import type { Sheet } from './sheet.ts';

const across = { width: 300, height: 560 };
const down = { width: 640, height: 270 };

function scaleFor(sheets: readonly Sheet[], { width, height }: { readonly width: number; readonly height: number }): number {
  const scales = sheets.map((sheet) => {
    const { left, top, right, bottom } = sheetBounds(sheet);
    return Math.min(width / (right - left), height / (bottom - top));
  });
  return Math.min(...scales);
}

/** The sign that says: turn it over. */
const turnSign = (sheet: Sheet, scale: number): Drawing => {
  const { left, right, top } = sheetBounds(sheet);
  return turnArrow(at(((left + right) / 2) * scale, top * scale - 34), at(72, 34), -200, 25, { size: 12 });
};

export function drawStep(step: FoldStep, colours: FoldModel['colours']): Drawing {
  const sheets = step.finished === undefined ? [step.before, step.after] : [step.before];
  const [wide, high] = [scaleFor(sheets, across), scaleFor(sheets, down)];
  const stacked = high > wide;
  const scale = Math.max(high, wide);
  const turns = step.moves[0]?.kind === 'turn-over';
  const before = [
    ...drawSheet(step.before, colours, scale),
    ...drawMoves(step.before, step.moves, scale),
    ...(turns ? turnSign(step.before, scale) : []),
  ];
  return beforeAfter(before, step.finished ?? drawSheet(step.after, colours, scale), stacked);
}
