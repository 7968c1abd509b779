/** An experiment as people read it in a terminal. */
import type { ArmReport, ExperimentReport, MetricReport, VariantReport } from '../../compose.ts';
import type { Paint, Style } from '../terminal/screen.ts';
import { table, type Cell, type Column } from '../terminal/table.ts';
import { span } from '../terminal/time.ts';
import { fit, oneLine, pad, padStart, widthOf, wrap } from '../terminal/width.ts';
import { axis, bar } from './bars.ts';
import { scaleOver } from './scale.ts';

const kinds: Readonly<Record<ExperimentReport['experiment'], string>> = {
  static: 'static weights',
  track_and_stop: 'adaptive, track and stop',
  thompson: 'adaptive, Thompson sampling',
};

/** Columns for the name of a variant. */
const longestName = 20;

/** The function, how its variants are used, and a picture for every metric; at most `columns` wide. */
export function experimentLines(report: ExperimentReport, columns: number, paint: Paint): readonly string[] {
  const head = `${paint('bold', oneLine(report.function))}  ${paint('dim', kinds[report.experiment])}`;
  const uses = useTable(report.variants, columns - 2, paint);
  const metrics = report.metrics.flatMap((metric) => ['', ...metricLines(metric, columns - 2, paint)]);
  const none = ['', 'No feedback yet.'];
  return [head, '', ...[...uses, ...(report.metrics.length === 0 ? none : metrics)].map((line) => (line === '' ? '' : `  ${line}`))];
}

/** One line for every function; none of none. */
export function overviewLines(reports: readonly ExperimentReport[], columns: number, paint: Paint): readonly string[] {
  if (reports.length === 0) return [];
  const heads: readonly Column[] = [
    { head: 'FUNCTION', atMost: 28 },
    { head: 'VARIANTS', align: 'right' },
    { head: 'CALLS', align: 'right' },
    { head: 'FEEDBACK', align: 'right' },
    { head: 'STANDS' },
  ];
  const rows = reports.map(({ function: name, variants, metrics }): readonly Cell[] => {
    const calls = variants.reduce((sum, { inferences }) => sum + inferences, 0);
    const values = metrics.reduce((sum, { arms }) => sum + arms.reduce((all, { n }) => all + n, 0), 0);
    return [oneLine(name), String(variants.length), String(calls), String(values), standsIn(metrics, paint)];
  });
  return table(heads, rows, columns, paint);
}

/** By the metric that counts: the experiment's own, or the first that has a winner. */
function standsIn(metrics: readonly MetricReport[], paint: Paint): Cell {
  const said = metrics.find(({ role }) => role === 'goal') ?? metrics.find(({ verdict }) => verdict.is === 'winner');
  if (said?.verdict.is === 'winner')
    return { text: `${oneLine(said.verdict.variant)} wins by ${oneLine(said.metric)}`, paint: (text) => paint('green', text) };
  if (said?.verdict.is === 'blocked')
    return {
      text: `${oneLine(said.verdict.variant)} is blocked by ${oneLine(said.verdict.by.metric)}`,
      paint: (text) => paint('yellow', text),
    };
  return { text: 'undecided', paint: (text) => paint('dim', text) };
}

function useTable(variants: readonly VariantReport[], columns: number, paint: Paint): readonly string[] {
  const heads: readonly Column[] = [
    { head: 'VARIANT', atMost: longestName },
    { head: 'SHARE', align: 'right' },
    { head: 'CALLS', align: 'right' },
    { head: 'FAILED', align: 'right' },
    { head: 'COST', align: 'right' },
    { head: 'MEAN', align: 'right' },
    { head: 'P95', align: 'right' },
    { head: '' },
  ];
  const rows = variants.map((one): readonly Cell[] => [
    oneLine(one.variant),
    one.role === 'candidate' ? `${Math.round(one.share * 100)} %` : one.role === 'fallback' ? 'fallback' : '–',
    String(one.inferences),
    one.failures === 0 ? '–' : { text: String(one.failures), paint: (text) => paint('red', text) },
    dollars(one.cost),
    one.meanLatency === undefined ? '–' : span(one.meanLatency),
    one.p95Latency === undefined ? '–' : span(one.p95Latency),
    { text: originsOf(one), paint: (text) => paint('dim', text) },
  ]);
  return table(heads, rows, columns, paint);
}

function originsOf({ fromRules, fromCache }: VariantReport): string {
  const parts = [...(fromRules > 0 ? [`${fromRules} by rules`] : []), ...(fromCache > 0 ? [`${fromCache} cached`] : [])];
  return parts.join(', ');
}

function dollars(amount: number): string {
  if (amount === 0) return '–';
  return amount >= 0.1 ? `$${amount.toFixed(2)}` : `$${Number(amount.toPrecision(2))}`;
}

function metricLines(metric: MetricReport, columns: number, paint: Paint): readonly string[] {
  const better = metric.optimize === 'max' ? 'more is better' : 'less is better';
  const role = metric.role === 'other' ? '' : `, ${metric.role}`;
  const head = `${paint('bold', oneLine(metric.metric))}  ${paint('dim', `${better}${role}, for each ${metric.level}`)}`;
  const says = wrap(metric.says, columns);
  const style = styleOf(metric);
  const isSeen = metric.arms.some(({ n }) => n > 0);
  return [
    head,
    ...(isSeen ? picture(metric, columns, paint) : []),
    ...says.map((line) => (style === undefined ? line : paint(style, line))),
  ];
}

function styleOf({ verdict }: MetricReport): Style | undefined {
  return verdict.is === 'winner' ? 'green' : verdict.is === 'blocked' ? 'yellow' : undefined;
}

function picture({ arms, verdict }: MetricReport, columns: number, paint: Paint): readonly string[] {
  const scale = scaleOver(
    arms.flatMap(({ mean, interval }) => [
      ...(mean === undefined ? [] : [mean]),
      ...(interval === undefined ? [] : [interval.low, interval.high]),
    ]),
    4,
  );
  const hasMoney = arms.some(({ perDollar }) => perDollar !== undefined);
  const name = Math.min(longestName, Math.max(7, ...arms.map(({ variant }) => widthOf(oneLine(variant)))));
  const count = Math.max(1, ...arms.map(({ n }) => String(n).length));
  const means = arms.map(({ mean: one }) => (one === undefined ? '–' : scale.finer(one)));
  const mean = Math.max(4, ...means.map(widthOf));
  const before = name + count + mean + 6;
  const cells = Math.max(12, columns - before - (hasMoney ? 10 : 0));
  const rows = arms.map((arm, at) => {
    const label = pad(fit(oneLine(arm.variant), name), name);
    const figures = `${padStart(String(arm.n), count)}  ${padStart(means[at] ?? '', mean)}`;
    const line = bar(arm, scale, cells);
    if (line === '') return `${label}  ${figures}`;
    const worth = arm.perDollar === undefined ? '' : `${' '.repeat(cells - widthOf(line) + 2)}${padStart(short(arm.perDollar), 8)}`;
    const style = isAhead(arm, verdict) ? 'green' : isOut(arm, verdict) ? 'yellow' : 'cyan';
    return `${label}  ${figures}  ${paint(style, line)}${worth}`;
  });
  const heads = `${pad('', name)}  ${padStart('N', count)}  ${padStart('MEAN', mean)}${hasMoney ? padStart('PER $', cells + 12) : ''}`;
  return [paint('dim', heads), ...rows, paint('dim', `${' '.repeat(before)}${axis(scale, cells)}`)];
}

function isAhead({ variant }: ArmReport, verdict: MetricReport['verdict']): boolean {
  return verdict.is === 'winner' && verdict.variant === variant;
}

function isOut({ variant }: ArmReport, verdict: MetricReport['verdict']): boolean {
  return verdict.is === 'blocked' && verdict.variant === variant;
}

/** Three digits that count, in at most eight columns. */
function short(value: number): string {
  if (value >= 99_950 || (value > 0 && value < 0.001)) return value.toExponential(1).replace('e+', 'e');
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
