/** An experiment as a picture that needs nothing but itself: for every metric, how means and intervals came to be. */
import type { ArmReport, ExperimentReport, MetricReport } from '../../compose.ts';
import { scaleOver, type Scale } from './scale.ts';

// Colours that people who see few of them can tell apart (after Okabe and Ito).
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#5b5b5b'];

const width = 760;
const header = 48;
const panel = { left: 64, right: 200, height: 200, below: 56 };
const plotWidth = width - panel.left - panel.right;
const rowHeight = 34;

export function experimentSvg(report: ExperimentReport): string {
  const shown = report.metrics.filter(({ arms }) => arms.some(({ course }) => course.length > 0));
  let height = header;
  const panels = shown.map((metric) => {
    const says = lines(metric.says, 104);
    const top = 40 + says.length * 15;
    const drawn = `<g transform="translate(0 ${height})">${panelOf(metric, says, top)}</g>`;
    height += top + Math.max(panel.height + panel.below, (metric.arms.length + 1) * rowHeight);
    return drawn;
  });
  if (shown.length === 0) {
    panels.push(`<text x="${panel.left}" y="${header + 24}" fill="#555">No feedback yet.</text>`);
    height += 48;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(report.function)}</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${panel.left}" y="32" font-size="18" font-weight="600" fill="#111">${escaped(report.function)}</text>`,
    ...panels,
    '</svg>',
    '',
  ].join('\n');
}

function panelOf(metric: MetricReport, says: readonly string[], top: number): string {
  const points = metric.arms.flatMap(({ course }) => course);
  // Intervals of the first few values would make everything else flat.
  const values = scaleOver(
    points.flatMap(({ n, mean, low = mean, high = mean }) => (n < 10 ? [mean] : [low, high])),
    5,
  );
  const times = points.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = (at: number): number => panel.left + (last > first ? (at - first) / (last - first) : 1) * plotWidth;
  const y = (value: number): number => top + (1 - values.place(value)) * panel.height;
  const better = metric.optimize === 'max' ? 'more is better' : 'less is better';
  return [
    `<text x="${panel.left}" y="20" font-size="14" font-weight="600" fill="#111">${escaped(metric.metric)} <tspan font-weight="400" fill="#555">${better}</tspan></text>`,
    ...says.map((line, at) => `<text x="${panel.left}" y="${38 + at * 15}" fill="#333">${escaped(line)}</text>`),
    ...grid(values, y),
    ...metric.arms.map((arm, at) => trace(arm, colourAt(at), x, y)),
    ...metric.arms.map((arm, at) => legend(arm, colourAt(at), top + 10 + at * rowHeight, values)),
    `<text x="${panel.left}" y="${top + panel.height + 18}" fill="#555">${minuteOf(first)}</text>`,
    `<text x="${panel.left + plotWidth}" y="${top + panel.height + 18}" text-anchor="end" fill="#555">${minuteOf(last)}</text>`,
  ].join('\n');
}

function grid(values: Scale, y: (value: number) => number): readonly string[] {
  return values.marks.map((mark) => {
    const at = rounded(y(mark));
    const line = `<line x1="${panel.left}" x2="${panel.left + plotWidth}" y1="${at}" y2="${at}" stroke="#e2e2e2"/>`;
    return `${line}<text x="${panel.left - 8}" y="${at + 4}" text-anchor="end" fill="#555">${values.text(mark)}</text>`;
  });
}

/** The band of the interval, the line of the mean, and where both stand now. */
function trace({ course: points }: ArmReport, colour: string, x: (at: number) => number, y: (value: number) => number): string {
  const last = points.at(-1);
  if (last === undefined) return '';
  const place = (at: number, value: number): string => `${rounded(x(at))},${rounded(y(value))}`;
  const highs = points.flatMap(({ at, high }) => (high === undefined ? [] : [place(at, high)]));
  const lows = points.flatMap(({ at, low }) => (low === undefined ? [] : [place(at, low)]));
  const means = points.map(({ at, mean }) => place(at, mean));
  return [
    highs.length < 2 ? '' : `<polygon points="${[...highs, ...lows.toReversed()].join(' ')}" fill="${colour}" fill-opacity=".13"/>`,
    `<polyline points="${means.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    `<circle cx="${rounded(x(last.at))}" cy="${rounded(y(last.mean))}" r="3.5" fill="${colour}"/>`,
  ].join('');
}

function legend({ variant, n, mean, interval }: ArmReport, colour: string, top: number, values: Scale): string {
  const left = panel.left + plotWidth + 16;
  const range = interval === undefined ? '' : ` (${values.finer(interval.low)} – ${values.finer(interval.high)})`;
  const says = mean === undefined ? 'no values' : `${values.finer(mean)}${range}, n ${n}`;
  return [
    `<rect x="${left}" y="${top - 9}" width="10" height="10" fill="${colour}"/>`,
    `<text x="${left + 16}" y="${top}" fill="#111">${escaped(variant.length > 24 ? `${variant.slice(0, 23)}…` : variant)}</text>`,
    `<text x="${left + 16}" y="${top + 14}" font-size="11" fill="#555">${says}</text>`,
  ].join('');
}

function colourAt(at: number): string {
  return colours[at % colours.length] ?? '#000';
}

function lines(text: string, most: number): readonly string[] {
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const current = found.at(-1);
    if (current === undefined || current.length + 1 + word.length > most) found.push(word);
    else found[found.length - 1] = `${current} ${word}`;
  }
  return found;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\ufffe\uffff]|\p{Cs}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
