/** Tools, each with the point that works in the origin. */
import { glossy, ink, metal, metalDark, orange, red, white, wood, woodDark, accent, grey } from '../drawing/colours.ts';
import { at } from '../drawing/geometry.ts';
import { area, body, cord, freeStroke, placed, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, closed, ellipse, path, polygon, polyline, rounded } from '../drawing/path.ts';

/** Its blades open to the left. */
export const scissors: Drawing = [
  ...placed([body(path('M-70 4 C-20 -16 70 -20 120 -10 L120 8 C70 12 0 14 -70 4 Z'), glossy(metal))], { turn: 14 }),
  ...placed([body(path('M-70 -4 C-20 16 70 20 120 10 L120 -8 C70 -12 0 -14 -70 -4 Z'), glossy(metal))], { turn: -14 }),
  body(ellipse(158, 52, 46, 30), glossy(red)),
  body(ellipse(158, -52, 46, 30), glossy(red)),
  body(ellipse(160, 52, 24, 13), white),
  body(ellipse(160, -52, 24, 13), white),
  body(circle(74, 0, 10), metalDark, 5),
];

/** Its point in the origin; the shaft goes up. */
export const pencil: Drawing = [
  body(polygon(at(0, 0), at(-17, -42), at(17, -42)), '#f6d7ae'),
  area(polygon(at(0, 0), at(-7, -17), at(7, -17)), ink),
  body(box(-17, -200, 34, 160, 2), glossy(accent)),
  stroke(polyline(at(-6, -196), at(-6, -44)), woodDark, 4, 0.5),
  body(box(-18, -216, 36, 22, 3), metal),
  body(box(-18, -246, 36, 32, 12), glossy('#ff8fa3')),
];

/** The bowl of a wooden spoon hangs in the origin. */
export const spoon: Drawing = [
  body(box(-9, -250, 18, 230, 9), glossy(wood)),
  body(ellipse(0, 0, 30, 42), glossy(wood)),
  stroke(path('M-12 10 C-14 24 12 26 14 8'), woodDark, 5, 0.8),
];

export const whisk: Drawing = [
  body(box(-11, -250, 22, 120, 11), glossy(red)),
  ...[-40, 0, 40].flatMap((x) => [
    freeStroke(path(`M0 -132 C${x * 1.3} -100 ${x * 1.5} 24 0 26`), ink, 14),
    stroke(path(`M0 -132 C${x * 1.3} -100 ${x * 1.5} 24 0 26`), metal, 6),
  ]),
];

/** The head strikes in the origin from the right; the handle goes down to the right. */
export const hammer: Drawing = placed(
  [
    body(box(-14, -4, 28, 240, 12), glossy(wood)),
    body(rounded([at(-62, -40), at(34, -40), at(72, -18), at(72, 6), at(34, 14), at(-62, 14)], 10), glossy(metalDark)),
    body(box(-82, -46, 26, 66, 8), glossy(metal)),
  ],
  { x: 82, y: 13 },
);

/** The bit points to the left and ends in the origin. */
export const drillBit = (length: number, colour: string = metal): Drawing => [
  body(polygon(at(0, 0), at(18, -11), at(length, -11), at(length, 11), at(18, 11)), glossy(colour), 5),
  ...Array.from({ length: Math.floor((length - 30) / 24) }, (_, index) =>
    stroke(polyline(at(26 + index * 24, 10), at(42 + index * 24, -10)), metalDark, 5),
  ),
];

export const drill = (reach = 120): Drawing => [
  ...drillBit(reach),
  body(box(reach - 6, -22, 44, 44, 8), glossy(grey)),
  body(path(`M${reach + 112} 30 L${reach + 196} 30 L${reach + 222} 168 L${reach + 128} 168 Z`), glossy(ink)),
  body(rounded([at(reach + 34, -48), at(reach + 236, -48), at(reach + 236, 46), at(reach + 34, 46)], 22), glossy(orange)),
  body(box(reach + 112, 160, 130, 44, 12), glossy(orange)),
  body(box(reach + 92, 48, 22, 40, 8), glossy(red), 5),
  shine(polyline(at(reach + 60, -28), at(reach + 150, -28))),
];

/** The tip in the origin, the handle to the right. */
export const screwdriver: Drawing = [
  body(polygon(at(0, -5), at(18, -9), at(130, -9), at(130, 9), at(18, 9), at(0, 5)), glossy(metal), 5),
  body(box(122, -26, 136, 52, 22), glossy(red)),
  shine(polyline(at(146, -12), at(230, -12)), 7),
];

/** The jaw grips in the origin, the handle goes to the right. */
export const spanner: Drawing = [
  body(
    rounded([at(-34, -56), at(20, -62), at(64, -26), at(300, -24), at(318, 0), at(300, 24), at(64, 26), at(20, 62), at(-34, 56), at(-40, 27), at(14, 27), at(14, -27), at(-40, -27)], 12),
    glossy(metal),
  ),
  shine(polyline(at(90, -8), at(280, -8)), 7),
]; // prettier-ignore

/** The bristles end in the origin, the handle goes up. */
export const brush = (colour: string): Drawing => [
  body(path('M-44 -110 L44 -110 C44 -50 26 -8 0 0 C-26 -8 -44 -50 -44 -110 Z'), glossy(colour)),
  body(box(-50, -150, 100, 48, 6), glossy(metal)),
  body(path('M-44 -148 C-40 -184 -16 -186 -15 -220 L-13 -300 C-12 -322 12 -322 13 -300 L15 -220 C16 -186 40 -184 44 -148 Z'), glossy(wood)),
];

/** The roller's middle in the origin, the handle below. */
export const roller = (colour: string): Drawing => [
  stroke(path('M92 0 L118 0 L118 62 L0 62 L0 120'), ink, 22),
  ...cord(path('M92 0 L118 0 L118 62 L0 62 L0 120'), metal, 9),
  body(box(-96, -34, 192, 68, 18), glossy(colour)),
  body(box(-17, 112, 34, 140, 15), glossy(red)),
];

/** The edge lies along the origin, the handle goes up. */
export const puttyKnife: Drawing = [
  body(path('M-86 0 L86 0 L34 -104 L-34 -104 Z'), glossy(metal)),
  body(box(-24, -230, 48, 134, 20), glossy(wood)),
  shine(polyline(at(-50, -18), at(-22, -80)), 7),
];

/** The eye is at the right end, the point in the origin. */
export const needle: Drawing = [body(path('M0 0 L150 -9 C176 -11 176 11 150 9 Z'), glossy(metal), 5), area(ellipse(150, 0, 12, 3.5), ink)];

/** The point in the origin, the handle to the right; the edge below. */
export const knife: Drawing = [
  body(path('M0 0 C60 -50 150 -62 250 -62 L250 6 L60 8 C36 8 14 6 0 0 Z'), glossy(metal)),
  stroke(path('M40 0 C110 -4 180 -4 246 -4'), white, 5, 0.9),
  body(box(246, -66, 150, 52, 18), glossy('#4a3b52')),
  body(circle(292, -40, 6), metal, 3),
  body(circle(348, -40, 6), metal, 3),
];

/** Lies across the origin from the left. */
export const ruler = (length: number, every: number): Drawing => [
  body(box(0, -26, length, 52, 6), glossy(accent)),
  ...Array.from({ length: Math.floor(length / every) - 1 }, (_, index) =>
    stroke(polyline(at((index + 1) * every, -26), at((index + 1) * every, index % 5 === 4 ? 4 : -9)), ink, 4),
  ),
];

/** Teeth below, in the origin at their left end; the handle to the right. */
export const saw: Drawing = [
  body(
    closed([
      ...polyline(...Array.from({ length: 25 }, (_, index) => at(index * 12, index % 2 === 0 ? 0 : 11))),
      ...path('L288 -84 L0 -34'),
    ]),
    glossy(metal),
    5,
  ),
  body(path('M272 -96 L340 -104 C392 -100 404 30 356 40 L286 26 Z'), glossy(wood)),
  body(path('M306 -66 L336 -70 C356 -60 358 0 340 6 L308 -2 Z'), white),
];
