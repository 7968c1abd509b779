/** How the rows of a list are put into a box. Pure. */
import type { Aspect, Box } from '../film/aspect.ts';

export interface ListGrid {
  readonly rows: readonly Box[];
  /** How many there is no room for. */
  readonly left: number;
}

/** A row is never higher, however few there are, and never lower, however many. */
const highest: Readonly<Record<Aspect, number>> = { '9:16': 108, '16:9': 96, '1:1': 76 };
const lowest = 44;
/** From row to row, as a share of a row's height. */
const between = 0.12;
/** Above this it looks better in one column than in two. */
const comfortable: Readonly<Record<Aspect, number>> = { '9:16': 72, '16:9': 52, '1:1': 60 };

/** In one column where that leaves rows of a good height, else in two; `natural` is the width that the longest row would like. */
export function listGrid(count: number, room: Box, aspect: Aspect, natural: number): ListGrid {
  const single = rowHeight(count, room, aspect) >= comfortable[aspect];
  const columns = single || room.width < 600 ? 1 : 2;
  const most = columns * Math.floor((room.height + gapOf(lowest)) / (lowest + gapOf(lowest)));
  const fitting = Math.min(count, most);
  const perColumn = Math.ceil(fitting / columns);
  const height = Math.min(highest[aspect], rowHeight(perColumn, room, aspect));
  const gap = gapOf(height);
  const widest = (room.width - (columns - 1) * gap) / columns;
  const width = columns > 1 ? widest : Math.min(widest, Math.max(natural, widest * 0.62));
  const whole = { width: columns * width + (columns - 1) * gap, height: perColumn * height + (perColumn - 1) * gap };
  const left = room.x + (room.width - whole.width) / 2;
  const top = room.y + (room.height - whole.height) / 2;
  const rows = Array.from({ length: fitting }, (_, at) => ({
    x: Math.round(left + Math.floor(at / perColumn) * (width + gap)),
    y: Math.round(top + (at % perColumn) * (height + gap)),
    width: Math.floor(width),
    height: Math.floor(height),
  }));
  return { rows, left: count - fitting };
}

export const rowLimit = (aspect: Aspect): number => highest[aspect];

const gapOf = (height: number): number => Math.round(height * between);

function rowHeight(count: number, room: Box, aspect: Aspect): number {
  const height = room.height / (count + (count - 1) * between);
  return Math.min(highest[aspect], Math.floor(height));
}
