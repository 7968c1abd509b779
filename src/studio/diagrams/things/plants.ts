/** What grows, and what it grows in. A plant's foot is the origin. */
import { glossy, green, leafDark, mixed, soil, water, white, metal, blue, wood } from '../drawing/colours.ts';
import { at, polar } from '../drawing/geometry.ts';
import { area, body, freeStroke, placed, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, ellipse, path, polyline, through } from '../drawing/path.ts';

const leaf: Drawing = [
  body(path('M0 0C10 -54 70 -76 122 -62C114 -10 60 22 0 0Z'), glossy(green)),
  stroke(path('M8 -4C40 -26 74 -44 106 -56'), leafDark, 5),
];

export const plant = (scale = 1): Drawing =>
  placed(
    [
      freeStroke(path('M0 6C-6 -60 4 -110 0 -170'), leafDark, 16),
      ...placed(leaf, { y: -40, x: 2 }),
      ...placed(leaf, { y: -52, x: -2, flip: true }),
      ...placed(leaf, { y: -110, x: 2, turn: -18, scale: 0.86 }),
      ...placed(leaf, { y: -118, x: -2, turn: 18, scale: 0.86, flip: true }),
      ...placed(leaf, { y: -160, x: 0, turn: -52, scale: 0.66 }),
    ],
    { scale },
  );

/** A ball of soil and roots as wide as the opening of a pot, hanging from the origin. */
export const rootBall = (width = 96, height = 130): Drawing => [
  body(path(`M${-width} 0L${width} 0L${width * 0.7} ${height}L${-width * 0.7} ${height}Z`), glossy(soil)),
  ...[-0.5, -0.15, 0.25, 0.55].map((share, index) =>
    stroke(
      through(
        at(share * width, 8),
        at(share * width + (index % 2 === 0 ? 14 : -12), height * 0.4),
        at(share * width * 0.8 - 6, height * 0.72),
        at(share * width * 0.9, height - 8),
      ),
      '#f3dcbd',
      5,
    ),
  ),
];

/** Its spout, the origin, points to the left; water falls from there. */
export const wateringCan: Drawing = [
  freeStroke(path('M250 -70C330 -70 330 90 236 84'), '#1d2142', 26),
  stroke(path('M250 -70C330 -70 330 90 236 84'), '#6fb0ff', 12),
  body(path('M6 -18L-14 26L110 66L120 20Z'), glossy(blue)),
  body(path('M-2 -46L-34 38L-4 46L26 -34Z'), glossy(metal)),
  body(box(106, -76, 160, 186, 22), glossy(blue)),
  shine(polyline(at(134, -44), at(134, 60)), 10, 0.6),
];

export const drops = (spots: readonly (readonly [number, number])[]): Drawing =>
  spots.flatMap(([x, y]) => [
    body(
      path(
        `M${x} ${y - 26}C${x + 8} ${y - 12} ${x + 18} ${y} ${x + 15} ${y + 11}C${x + 10} ${y + 24} ${x - 10} ${y + 24} ${x - 15} ${y + 11}C${x - 18} ${y} ${x - 8} ${y - 12} ${x} ${y - 26}Z`,
      ),
      glossy(water),
      5,
    ),
  ]);

export const stones = (count: number, across: number, y: number, size = 24): Drawing =>
  Array.from({ length: count }, (_, index) =>
    body(
      ellipse(-across + (2 * across * (index + 0.5)) / count, y + (index % 2) * size * 0.4, size, size * 0.78),
      glossy(index % 3 === 0 ? '#aeb7cc' : '#c6cddd'),
      4,
    ),
  );

/** Specks that are scattered evenly and always in the same way. */
export const crumbs = (count: number, across: number, top: number, bottom: number, colour: string): Drawing =>
  Array.from({ length: count }, (_, index) =>
    area(
      circle(
        -across + ((index * 0.618) % 1) * 2 * across,
        top + ((index * 0.382 + 0.5 * (index % 2) + 0.07 * index) % 1) * (bottom - top),
        4,
      ),
      colour,
      0.8,
    ),
  );

export const sprig = (): Drawing => [
  freeStroke(path('M0 60C6 20 6 -30 0 -90'), leafDark, 10),
  ...[-60, -20, 20].flatMap((y, index) => [
    ...placed(leaf, { y, scale: 0.42, turn: index * 4 }),
    ...placed(leaf, { y: y + 8, scale: 0.42, flip: true }),
  ]),
];

export const twigs = (y: number): Drawing =>
  [-8, 14, -18, 10, -12].flatMap((turn, index) =>
    placed([body(box(-150, -9, 300, 18, 9), glossy(index % 2 === 0 ? '#8b5a34' : wood), 5)], {
      x: (index - 2) * 40,
      y: y - index * 7,
      turn,
    }),
  );

export const moss = (x: number, y: number, width: number): Drawing => [
  body(ellipse(x, y, width, width * 0.5), glossy('#6fce6a'), 5),
  area(circle(x - width * 0.3, y - width * 0.14, 5), mixed(green, white, 0.5)),
];

export const sun = (x: number, y: number): Drawing => [
  ...Array.from({ length: 8 }, (_, index) =>
    freeStroke(polyline(polar(at(x, y), 66, index * 45), polar(at(x, y), 92, index * 45)), '#ffb52e', 12),
  ),
  body(circle(x, y, 48), glossy('#ffd23f')),
];
