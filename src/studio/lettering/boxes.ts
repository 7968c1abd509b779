import type { Box } from '../film/aspect.ts';

/** The box of whole pixels around the edges; on even ones with a step of 2, for colours have half of the resolution. */
export function boxAround(left: number, top: number, right: number, bottom: number, step: 1 | 2): Box {
  const [x, y] = [Math.floor(left / step) * step, Math.floor(top / step) * step];
  return { x, y, width: Math.ceil((right - x) / step) * step, height: Math.ceil((bottom - y) / step) * step };
}

/** The box with room around it, for what is painted softly beyond its edge. */
export function roomAround({ x, y, width, height }: Box, room: number): Box {
  return boxAround(x - room, y - room, x + width + room, y + height + room, 2);
}

/** Cut off the upper part, and what is left below it after a gap. */
export function cutFromTop({ x, y, width, height }: Box, upper: number, gap: number): readonly [Box, Box] {
  return [
    { x, y, width, height: upper },
    { x, y: y + upper + gap, width, height: height - upper - gap },
  ];
}
