/** The views of the ledger as people read them: tables that fit a terminal of 80 columns. */
import { money } from '../terminal/money.ts';
import type { Paint } from '../terminal/screen.ts';
import { table, type Cell, type Column } from '../terminal/table.ts';
import { span } from '../terminal/time.ts';
import { oneLine } from '../terminal/width.ts';

export const reportViews = ['quality_per_day', 'variant_quality', 'component_cost'] as const;
export type ReportView = (typeof reportViews)[number];

export type Row = Readonly<Record<string, string | number | null>>;

interface Page {
  readonly limit: number;
  readonly columns: number;
  readonly paint: Paint;
}

interface Layout {
  readonly about: string;
  /** Rows that share it stand together under it. */
  readonly heading: (row: Row) => string;
  readonly columns: readonly (Column & { readonly cell: (row: Row) => Cell })[];
}

const right = { align: 'right' } as const;

const layouts: Readonly<Record<ReportView, Layout>> = {
  quality_per_day: {
    about: 'means of metrics, and their change against the week before',
    heading: (row) => dayOf(row),
    columns: [
      { head: 'METRIC', atMost: 40, cell: (row) => text(row, 'metric') },
      { head: 'N', ...right, cell: (row) => text(row, 'n') },
      { head: 'MEAN', ...right, cell: (row) => figure(row['mean']) },
      { head: 'CHANGE', ...right, cell: (row) => change(row['change']) },
    ],
  },
  variant_quality: {
    about: 'what answers are worth; cost and time are those of one',
    heading: (row) => text(row, 'function'),
    columns: [
      { head: 'METRIC', atMost: 22, cell: (row) => text(row, 'metric') },
      { head: 'VARIANT', atMost: 16, cell: (row) => text(row, 'variant') },
      { head: 'N', ...right, cell: (row) => text(row, 'n') },
      { head: 'MEAN', ...right, cell: (row) => figure(row['mean']) },
      { head: 'COST', ...right, cell: (row) => dollars(row['cost']) },
      { head: 'TIME', ...right, cell: (row) => time(row['mean_latency']) },
      { head: 'PER $', ...right, cell: (row) => figure(row['quality_per_dollar']) },
    ],
  },
  component_cost: {
    about: 'what every function has cost, by the step that asked it',
    heading: (row) => dayOf(row),
    columns: [
      { head: 'FUNCTION', atMost: 24, cell: (row) => text(row, 'function') },
      { head: 'STEP', atMost: 16, cell: (row) => text(row, 'step') },
      { head: 'CALLS', ...right, cell: (row) => text(row, 'inferences') },
      { head: 'IN', ...right, cell: (row) => tokens(row['input_tokens']) },
      { head: 'OUT', ...right, cell: (row) => tokens(row['output_tokens']) },
      { head: 'COST', ...right, cell: (row) => dollars(row['cost']) },
    ],
  },
};

export function* reportLines(view: ReportView, rows: readonly Row[], { limit, columns, paint }: Page): Generator<string> {
  const layout = layouts[view];
  const shown = rows.slice(0, limit);
  yield `${paint('bold', view)}  ${paint('dim', layout.about)}`;
  if (shown.length === 0) yield paint('dim', '  nothing yet');
  // One table, so that columns stand under each other from block to block.
  const [heads = '', ...lines] = table(
    layout.columns,
    shown.map((row) => layout.columns.map(({ cell }) => cell(row))),
    columns - 4,
    paint,
  );
  let heading: string | undefined;
  for (const [at, row] of shown.entries()) {
    const own = layout.heading(row);
    if (heading === undefined) yield `    ${heads}`;
    if (own !== heading) yield `  ${paint('cyan', own)}`;
    heading = own;
    yield `    ${lines[at] ?? ''}`;
  }
  if (rows.length > limit) yield paint('dim', `  … and ${rows.length - limit} more: --limit`);
}

function text(row: Row, name: string): string {
  const value = row[name];
  return value === null || value === undefined || value === '' ? '–' : oneLine(String(value));
}

function dayOf(row: Row): string {
  const project = text(row, 'project');
  return project === 'default' ? text(row, 'day') : `${text(row, 'day')}  project ${project}`;
}

type Value = Row[string] | undefined;

/** Three digits that count. */
function figure(value: Value): string {
  if (typeof value !== 'number') return '–';
  return String(Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));
}

function change(value: Value): string {
  if (typeof value !== 'number') return '–';
  return `${value > 0 ? '+' : ''}${Math.round(value * 100)} %`;
}

const dollars = (value: Value): string => (typeof value === 'number' ? money(value) : '–');
const time = (value: Value): string => (typeof value === 'number' ? span(value) : '–');

function tokens(value: Value): string {
  if (typeof value !== 'number') return '–';
  if (value < 10_000) return String(value);
  return value < 10_000_000 ? `${Math.round(value / 1000)}k` : `${Math.round(value / 1_000_000)}M`;
}
