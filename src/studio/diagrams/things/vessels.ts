/** Vessels that one can look into from the side. Their middle is x = 0 and their bottom y = 0. */
import { glass, glossy, grey, metal, metalDark, mixed, ink, orange, terracotta, white, type Paint } from '../drawing/colours.ts';
import { wave } from '../drawing/arrows.ts';
import { at, type Point } from '../drawing/geometry.ts';
import { area, body, cord, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { arc, box, closed, ellipse, path, polygon, polyline, rounded, through } from '../drawing/path.ts';

/** What is in it, from below: each layer with its colour and the share of the height up to which it reaches. */
export interface Layer {
  readonly colour: Paint;
  readonly until: number;
  /** A liquid has a level top, soil and stones have not. */
  readonly loose?: boolean;
}

const wallAt = (bottom: number, top: number, height: number, share: number): Point => at(bottom + (top - bottom) * share, -height * share);

/** A part of a vessel with straight walls, from one share of its height to another. */
function slice(bottom: number, top: number, height: number, from: number, { until, loose = false }: Layer): ReturnType<typeof polygon> {
  const [low, high] = [wallAt(bottom, top, height, from), wallAt(bottom, top, height, until)];
  const rim = loose ? wave(at(high.x, high.y), at(-high.x, high.y), 4, 5) : polyline(high, at(-high.x, high.y));
  return closed([...rim, ...polyline(at(-low.x, low.y), low).map((one) => ({ ...one, operation: 'L' as const }))]);
}

/** Walls that lean outwards or stand straight, and what is seen in between. */
export function cutOpen(
  { bottom, top, height, colour, wall = 12 }: { bottom: number; top: number; height: number; colour: Paint; wall?: number },
  layers: readonly Layer[],
): Drawing {
  let from = 0;
  const inside = layers.map((layer) => {
    const mark = area(slice(bottom, top, height, from, layer), layer.colour);
    from = layer.until;
    return mark;
  });
  const shell = polygon(at(-top, -height), at(-bottom, 0), at(bottom, 0), at(top, -height));
  const outer = polygon(
    at(-top - wall, -height), at(-bottom - wall, wall), at(bottom + wall, wall), at(top + wall, -height),
    at(top, -height), at(bottom, 0), at(-bottom, 0), at(-top, -height),
  ); // prettier-ignore
  return [{ ...area(shell, '#fdf6ee'), solid: true }, ...inside, body(outer, colour, 6)];
}

export const bowl = (content: string | null, colour = '#8fb7ff'): Drawing => [
  body(ellipse(0, -150, 200, 44), mixed(colour, ink, 0.2)),
  ...(content === null ? [] : [area(ellipse(0, -138, 178, 34), content), shine(arc(at(0, -138), at(150, 24), 200, 260), 7, 0.5)]),
];

/** The front of the bowl: drawn over whatever is in it. */
export const bowlFront = (colour = '#8fb7ff'): Drawing => [
  body(
    closed([...arc(at(0, -150), at(200, 44), 0, 180), ...path('M-200 -150C-196 -60 -130 0 -70 0L70 0C130 0 196 -60 200 -150').slice(1)]),
    glossy(colour),
  ),
  shine(path('M-160 -84C-150 -56 -132 -36 -112 -24'), 10, 0.6),
];

interface JarShape {
  readonly width?: number;
  readonly height?: number;
  readonly lid?: boolean;
  /** What stands in it, behind the glass and in what is filled in. */
  readonly within?: Drawing;
}

/** Straight glass with a rim. */
export function jar(layers: readonly Layer[], { width = 150, height = 290, lid = false, within = [] }: JarShape = {}): Drawing {
  let from = 0;
  const inside = layers.map((layer) => {
    const mark = area(slice(width - 7, width - 7, height, from, layer), layer.colour, within.length > 0 ? 0.82 : 1);
    from = layer.until;
    return mark;
  });
  return [
    { ...area(box(-width, -height, 2 * width, height, 34), glass), solid: true },
    ...(lid ? [] : [body(ellipse(0, -height, width + 4, 22), mixed(glass, '#9cc4e8', 0.5))]),
    ...within,
    ...inside,
    stroke(box(-width, -height, 2 * width, height, 34)),
    ...(lid
      ? [
          body(box(-width - 8, -height - 30, 2 * width + 16, 34, 14), glossy(orange)),
          body(box(-width + 6, -height - 58, 2 * width - 12, 34, 12), glossy(orange)),
        ]
      : [stroke(arc(at(0, -height), at(width + 4, 22), 0, 180))]),
    shine(polyline(at(-width + 26, -height + 50), at(-width + 26, -60)), 12, 0.8),
  ];
}

const bottleShape =
  'M-34 -400L-34 -340C-34 -300 -96 -290 -96 -230L-96 -26C-96 -8 -84 0 -66 0L66 0C84 0 96 -8 96 -26L96 -230C96 -290 34 -300 34 -340L34 -400Z';

/** A clear bottle, 400 high; what is in it reaches up to shares of its wide part (250 high). */
export const bottle = (layers: readonly Layer[], { cap = null }: { cap?: string | null } = {}): Drawing => {
  let from = 0;
  const inside = layers.map((layer) => {
    const mark = area(slice(91, 91, 250, from, layer), layer.colour);
    from = layer.until;
    return mark;
  });
  return [
    { ...area(path(bottleShape), glass), solid: true },
    ...inside,
    stroke(path(bottleShape)),
    ...(cap === null ? [body(box(-42, -412, 84, 20, 8), '#cfe6fb', 5)] : [body(box(-42, -430, 84, 46, 8), glossy(cap), 6)]),
    shine(polyline(at(-72, -210), at(-72, -50)), 11, 0.85),
  ];
};

export const pot = (colour = '#9fb0cf', lid = false): Drawing => [
  body(path('M-190 -120C-250 -130 -250 -80 -190 -86'), metalDark),
  body(path('M190 -120C250 -130 250 -80 190 -86'), metalDark),
  body(rounded([at(-190, -180), at(190, -180), at(182, 0), at(-182, 0)], 30), glossy(colour)),
  body(box(-202, -196, 404, 28, 12), glossy(metal)),
  ...(lid ? [body(closed([...arc(at(0, -192), at(192, 70), 180, 360)]), glossy(colour)), body(ellipse(0, -272, 26, 18), ink)] : []),
  shine(polyline(at(-152, -140), at(-148, -40)), 11, 0.5),
];

export const flowerpot = (width = 120, height = 190): Drawing => [
  body(polygon(at(-width + 14, -height + 30), at(width - 14, -height + 30), at(width * 0.68, 0), at(-width * 0.68, 0)), glossy(terracotta)),
  body(box(-width, -height, 2 * width, 48, 10), glossy(mixed(terracotta, white, 0.1))),
  shine(polyline(at(-width + 44, -height + 70), at(-width * 0.58, -30)), 9, 0.45),
];

/** Tilted so that it pours out of its spout, which is the origin; the pouring goes to the left. */
export const jug = (content: string): Drawing => {
  const handle = through(at(206, -138), at(276, -96), at(246, -10), at(166, 6));
  return [
    ...cord(handle, '#bfe0ff', 14),
    body(path('M0 0L42 -62L196 -170L250 -60L120 70L62 22Z'), glass),
    area(path('M14 -4L70 -6L226 -96L243 -62L120 62L66 16Z'), content),
    stroke(path('M0 0L42 -62L196 -170L250 -60L120 70L62 22Z')),
    shine(polyline(at(92, -74), at(176, -132)), 9, 0.8),
  ];
};

/** A stream that falls from one height to another. */
export const stream = (x: number, from: number, to: number, colour: string): Drawing => [
  body(
    path(
      `M${x - 12} ${from}C${x - 12} ${from + 40} ${x - 10} ${to - 30} ${x - 12} ${to}L${x + 12} ${to}C${x + 10} ${to - 30} ${x + 14} ${from + 30} ${x + 14} ${from - 12}Z`,
    ),
    colour,
    5,
  ),
];

export const pan = (): Drawing => [
  body(box(196, -26, 210, 34, 16), ink),
  body(path('M-210 -46L210 -46L176 14L-176 14Z'), glossy(grey)),
  body(ellipse(0, -46, 212, 34), mixed(grey, ink, 0.45)),
];

/** Steam or warmth that rises. */
export const steam = (x: number, y: number): Drawing =>
  [-60, 0, 60].map((shift) => ({ ...stroke(wave(at(x + shift, y), at(x + shift, y - 104), 2, 9), white, 10), solid: true }));

/** A ring of fire below. */
export const flames = (y: number): Drawing =>
  [-90, -30, 30, 90].flatMap((x) => [
    body(
      path(`M${x - 22} ${y}C${x - 34} ${y - 34} ${x - 4} ${y - 38} ${x} ${y - 66}C${x + 12} ${y - 40} ${x + 34} ${y - 32} ${x + 22} ${y}Z`),
      glossy(orange),
      5,
    ),
    area(
      path(
        `M${x - 9} ${y - 3}C${x - 12} ${y - 18} ${x} ${y - 20} ${x} ${y - 32}C${x + 6} ${y - 20} ${x + 14} ${y - 18} ${x + 9} ${y - 3}Z`,
      ),
      '#ffe07a',
    ),
  ]);
