/** Columns of text under headings. */
import type { Paint } from './screen.ts';
import { fit, pad, padStart, widthOf } from './width.ts';

export interface Column {
  readonly head: string;
  readonly align?: 'right';
  /** Columns of the terminal that it may take at most. */
  readonly atMost?: number;
}

export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

/** Lines of a table that is at most `columns` wide: the last column gives way. */
export function table(heads: readonly Column[], rows: readonly (readonly Cell[])[], columns: number, paint: Paint): readonly string[] {
  const widths = heads.map(({ head, atMost = Infinity }, at) =>
    Math.min(atMost, Math.max(widthOf(head), ...rows.map((row) => widthOf(textOf(row[at] ?? ''))))),
  );
  const last = heads.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + 2, 0);
  widths[last] = Math.max(8, Math.min(widths[last] ?? 0, columns - before));
  const placed = (text: string, at: number): string => {
    const width = widths[at] ?? 0;
    const short = fit(text, width);
    if (heads[at]?.align === 'right') return padStart(short, width);
    return at === last ? short : pad(short, width);
  };
  const lineOf = (cells: readonly Cell[]): string =>
    cells
      .map((cell, at) => {
        const text = placed(textOf(cell), at);
        return typeof cell === 'string' ? text : cell.paint(text);
      })
      .join('  ')
      .trimEnd();
  return [lineOf(heads.map(({ head }) => ({ text: head, paint: (text) => paint('dim', text) }))), ...rows.map(lineOf)];
}
