/** The same lines for people: one small table for each workload, with the columns that it has. */
import type { Line } from './report.ts';
import { workloads } from './workloads.ts';

interface Column {
  readonly title: string;
  readonly of: (line: Line) => string;
}

const columns: readonly Column[] = [
  { title: 'commits', of: ({ durability }) => durability ?? '' },
  { title: 'steps/s', of: ({ steps_s }) => shown(steps_s) },
  { title: 'runs/s', of: ({ runs_s }) => shown(runs_s) },
  { title: 'ms/step', of: ({ ms_step }) => shown(ms_step) },
  { title: 'run p50 ms', of: ({ p50_ms }) => shown(p50_ms) },
  { title: 'run p99 ms', of: ({ p99_ms }) => shown(p99_ms) },
  { title: 'status p50 ms', of: ({ status_p50_ms }) => shown(status_p50_ms) },
  { title: 'status p99 ms', of: ({ status_p99_ms }) => shown(status_p99_ms) },
  { title: 'CPU ms/step', of: ({ cpu_ms_step }) => shown(cpu_ms_step) },
  { title: 'RSS MB', of: ({ rss_mb }) => shown(rss_mb) },
  { title: 'RSS bytes/run', of: ({ rss_run_bytes }) => shown(rss_run_bytes) },
  {
    title: 'disk MB',
    of: ({ db_bytes, db_run_bytes }) => (db_bytes === undefined || db_run_bytes !== undefined ? '' : shown(db_bytes / 1e6)),
  },
  { title: 'disk bytes/run', of: ({ db_run_bytes }) => shown(db_run_bytes) },
  {
    title: 'disk/payload',
    of: ({ db_bytes, payload_bytes }) => (db_bytes === undefined || payload_bytes === undefined ? '' : shown(db_bytes / payload_bytes)),
  },
  { title: 'continuo is', of: ({ continuo_times }) => (continuo_times === undefined ? '' : `${shown(continuo_times)}×`) },
];

export function forTerminal(lines: readonly Line[]): string {
  return blocks(lines, (rows) => {
    const widths = (rows[0] ?? []).map((_, place) =>
      Math.max(...rows.filter((row) => row.length > 2).map((row) => (row[place] ?? '').length)),
    );
    const aligned = (cell: string, place: number): string =>
      place === 0 ? cell.padEnd(Math.max(9, widths[place] ?? 0)) : cell.padStart(widths[place] ?? 0);
    return rows.map((row) => `  ${row.map(aligned).join('  ')}`).join('\n');
  });
}

export function forDocument(lines: readonly Line[]): string {
  return blocks(lines, ([head = [], ...rows]) => {
    const filled = (row: readonly string[]): string => `| ${head.map((_, place) => row[place] ?? '').join(' | ')} |`;
    return ['', filled(head), `|${head.map((_, place) => (place === 0 ? '---' : '---:')).join('|')}|`, ...rows.map(filled)].join('\n');
  });
}

function blocks(lines: readonly Line[], drawn: (rows: readonly (readonly string[])[]) => string): string {
  return [...Map.groupBy(lines, ({ w }) => w)]
    .map(([w, own]) => `**${w}** ${workloads[w]?.title ?? ''}\n${drawn(rowsOf(own))}\n`)
    .join('\n');
}

/** A head and a row for each engine; an engine that cannot has two cells, its name and why. */
function rowsOf(lines: readonly Line[]): readonly (readonly string[])[] {
  const used = columns.filter(({ of }) => lines.some((line) => of(line) !== ''));
  return [
    ['engine', ...used.map(({ title }) => title)],
    ...lines.map((line) => [line.engine, ...(line.cannot === undefined ? used.map(({ of }) => of(line)) : [line.cannot])]),
  ];
}

function shown(value: number | undefined): string {
  if (value === undefined) return '';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
