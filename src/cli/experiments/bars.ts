/** Intervals of several variants below each other, on one scale. */
import type { ArmReport } from '../../compose.ts';
import type { Scale } from './scale.ts';

/** `├───●────┤`: from the low end to the high one, with the mean in between. */
export function bar({ mean, interval }: ArmReport, scale: Scale, cells: number): string {
  if (mean === undefined) return '';
  const cell = (value: number): number => Math.round(scale.place(value) * (cells - 1));
  const row = Array.from({ length: cells }, () => ' ');
  if (interval !== undefined) {
    const [low, high] = [cell(interval.low), cell(interval.high)];
    row.fill('─', low, high + 1);
    row[low] = '├';
    row[high] = '┤';
  }
  row[cell(mean)] = '●';
  return row.join('').trimEnd();
}

/** The marks of the scale under the bars, as many as have room. */
export function axis(scale: Scale, cells: number): string {
  let line = '';
  for (const mark of scale.marks) {
    const text = scale.text(mark);
    const at = Math.round(scale.place(mark) * (cells - 1));
    const start = Math.max(0, Math.min(cells - text.length, at - Math.floor(text.length / 2)));
    if (line === '' || start >= line.length + 2) line = line.padEnd(start) + text;
  }
  return line;
}
