import { anyPen } from './canvas.ts';

export interface Measured {
  readonly width: number;
  /** How far the ink reaches above and below the line that the letters stand on. */
  readonly ascent: number;
  readonly descent: number;
}

const known = new Map<string, Measured>();
const mostKnown = 4000;

export function measure(text: string, font: string): Measured {
  const key = `${font}\n${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const pen = anyPen();
  pen.font = font;
  const { width, actualBoundingBoxAscent, actualBoundingBoxDescent } = pen.measureText(text);
  const measured = { width, ascent: actualBoundingBoxAscent, descent: Math.max(0, actualBoundingBoxDescent) };
  if (known.size >= mostKnown) known.clear();
  known.set(key, measured);
  return measured;
}
