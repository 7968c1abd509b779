/** A line chart as SVG, both axes logarithmic. Lines carry their names at their ends, so that it needs no legend. */
export interface Chart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Series[];
  /** Small, below everything: when and on what it was measured. */
  readonly note: string;
}

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const size = { width: 800, height: 470 };
const plot = { left: 72, right: 640, top: 76, bottom: 390 };
/** The highest value of an axis is at least so many times the lowest. */
const narrowest = 50;
/** Told apart also without seeing red and green. */
const colours = ['#0b5cad', '#d95f02', '#1b9e77', '#7b3294', '#666666'];

export function svgOf({ title, x, y, lines, note }: Chart): string {
  const xs = lines.flatMap(({ points }) => points.map(([at]) => at));
  const ys = lines.flatMap(({ points }) => points.map(([, at]) => at));
  const across = scale(Math.min(...xs), Math.max(...xs), plot.left, plot.right);
  const [low, high] = widened(ys);
  const up = scale(low, high, plot.bottom, plot.top);
  const names = apart(lines.map(({ points }) => up(points.at(-1)?.[1] ?? low)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="14">`,
    `<rect width="${size.width}" height="${size.height}" fill="#ffffff"/>`,
    text(24, 32, title, 'font-size="17" font-weight="600" fill="#1a1a1a"'),
    ...ticks(low, high).flatMap((value) => [
      `<line x1="${plot.left}" x2="${plot.right}" y1="${fixed(up(value))}" y2="${fixed(up(value))}" stroke="#e4e4e4"/>`,
      text(plot.left - 8, up(value) + 5, short(value), 'text-anchor="end" fill="#555555"'),
    ]),
    ...ticks(Math.min(...xs), Math.max(...xs), [1]).flatMap((value) => [
      `<line x1="${fixed(across(value))}" x2="${fixed(across(value))}" y1="${plot.bottom}" y2="${plot.bottom + 5}" stroke="#999999"/>`,
      text(across(value), plot.bottom + 22, short(value), 'text-anchor="middle" fill="#555555"'),
    ]),
    `<line x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}" stroke="#999999"/>`,
    text((plot.left + plot.right) / 2, plot.bottom + 46, x, 'text-anchor="middle" fill="#333333"'),
    text(24, plot.top - 16, y, 'fill="#333333"'),
    ...lines.flatMap((line, place) => drawn(line, colours[place % colours.length] ?? '#000000', names[place] ?? 0, across, up)),
    text(24, size.height - 8, note, 'font-size="11" fill="#777777"'),
    '</svg>',
    '',
  ].join('\n');
}

type Scale = (value: number) => number;

function scale(from: number, to: number, start: number, end: number): Scale {
  const span = Math.log(to) - Math.log(from) || 1;
  return (value) => start + ((Math.log(value) - Math.log(from)) / span) * (end - start);
}

/** To the next whole tick, and never so narrow that chance looks like a trend. */
function widened(values: readonly number[]): readonly [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(1, Math.sqrt(narrowest / (most / least)));
  const steps = ticks(least / 100, most * 100, [1, 2, 5]);
  return [steps.findLast((one) => one <= least / room) ?? least, steps.find((one) => one >= most * room) ?? most];
}

/** Powers of ten, and two and five between them where there is room. */
function ticks(low: number, high: number, within?: readonly number[]): readonly number[] {
  const decades = Math.log10(high / low);
  const marks = within ?? (decades <= 3 ? [1, 2, 5] : [1]);
  const first = Math.floor(Math.log10(low));
  const powers = Array.from({ length: Math.ceil(decades) + 2 }, (_, place) => first + place);
  return powers
    .flatMap((power) => marks.map((mark) => Number(`${mark}e${power}`)))
    .filter((value) => value >= low * 0.999 && value <= high * 1.001);
}

function drawn({ name, points }: Series, colour: string, nameAt: number, across: Scale, up: Scale): readonly string[] {
  const places = points.map(([x, y]) => [fixed(across(x)), fixed(up(y))] as const);
  const [endX, endY] = places.at(-1) ?? [plot.right, nameAt];
  return [
    `<polyline points="${places.map((place) => place.join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="2.5" stroke-linejoin="round"/>`,
    ...places.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`),
    `<line x1="${endX + 6}" y1="${endY}" x2="${plot.right + 12}" y2="${fixed(nameAt)}" stroke="${colour}" stroke-width="1" stroke-dasharray="2 3"/>`,
    text(plot.right + 16, nameAt + 5, name, `fill="${colour}" font-weight="600"`),
  ];
}

/** Names keep their distance, from the top down. */
function apart(heights: readonly number[]): readonly number[] {
  const placed = new Map<number, number>();
  let above = -Infinity;
  for (const place of heights
    .keys()
    .toArray()
    .sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0))) {
    above = Math.max(heights[place] ?? 0, above + 18);
    placed.set(place, above);
  }
  return heights.map((height, place) => placed.get(place) ?? height);
}

function text(x: number, y: number, words: string, how: string): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${fixed(x)}" y="${fixed(y)}" ${how}>${safe}</text>`;
}

function fixed(value: number): number {
  return Math.round(value * 10) / 10;
}

function short(value: number): string {
  return value >= 1 ? value.toLocaleString('en') : String(value);
}
