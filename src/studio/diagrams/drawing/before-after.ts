import { chevron } from './arrows.ts';
import { at } from './geometry.ts';
import { drawingBounds, placed, type Drawing } from './marks.ts';

const room = 110;

/** Two drawings with an arrow from the one to the other. */
export function beforeAfter(before: Drawing, after: Drawing, stacked: boolean): Drawing {
  const [a, b] = [drawingBounds(before), drawingBounds(after)];
  const centre = ({ left, top, right, bottom }: typeof a): { x: number; y: number } => ({ x: -(left + right) / 2, y: -(top + bottom) / 2 });
  if (stacked) {
    const shift = (a.bottom - a.top) / 2 + (b.bottom - b.top) / 2 + room;
    const gap = (a.bottom - a.top) / 2 + room / 2;
    return [...placed(before, centre(a)), ...chevron(at(0, gap), true), ...placed(after, { x: centre(b).x, y: centre(b).y + shift })];
  }
  const shift = (a.right - a.left) / 2 + (b.right - b.left) / 2 + room;
  const gap = (a.right - a.left) / 2 + room / 2;
  return [...placed(before, centre(a)), ...chevron(at(gap, 0), false), ...placed(after, { x: centre(b).x + shift, y: centre(b).y })];
}
