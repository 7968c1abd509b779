/** Bracelets that are knotted, and kites. */
import { curvedArrow, straightArrow } from '../drawing/arrows.ts';
import { beforeAfter } from '../drawing/before-after.ts';
import { blue, glossy, green, ink, mixed, orange, pink, purple, red, white, wood } from '../drawing/colours.ts';
import { at, between, type Point } from '../drawing/geometry.ts';
import { area, body, cord, dashed, placed, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, ellipse, path, polygon, polyline, through } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { scissors } from '../things/tools.ts';

const strands = [red, orange, green, blue];
const hanging = (from: number, colours: readonly string[]): Drawing =>
  colours.flatMap((colour, index) =>
    cord(through(at((index - 1.5) * 20, from), at((index - 1.5) * 46, from + 110), at((index - 1.5) * 60, 300)), colour, 15),
  );
const topKnot: Drawing = [
  ...strands.flatMap((colour, index) => cord(polyline(at((index - 1.5) * 14, -210), at((index - 1.5) * 40, -300)), colour, 13)),
  body(ellipse(0, -190, 56, 40), glossy(purple)),
];
const tied: Drawing = [...hanging(-180, strands), ...topKnot];
const tapedKnot: Drawing = [
  body(box(-300, -330, 600, 640, 22), glossy(wood)),
  ...hanging(-180, strands),
  ...topKnot,
  area(box(-150, -236, 300, 92, 6), '#fff6cf', 0.92),
  stroke(box(-150, -236, 300, 92, 6), ink, 6),
];
const four: Drawing = [
  ...cord(polyline(at(70, -300), at(70, 300)), orange, 20),
  ...cord(path('M-70 -300C-70 -140 -60 -60 -90 0C-110 60 0 66 200 60'), red, 20),
  ...curvedArrow(at(210, 110), at(-20, 150), 0.5),
];
const fourKnot: Drawing = beforeAfter(
  placed(four, { scale: 0.72 }),
  placed(
    [
      ...cord(polyline(at(70, -300), at(70, 300)), orange, 20),
      ...cord(path('M-70 -300C-70 -240 20 -190 40 -160'), red, 20),
      body(ellipse(70, -160, 44, 34), glossy(red)),
      ...cord(path('M90 -136C150 -90 160 60 170 220'), red, 20),
      ...straightArrow(at(240, 60), at(240, -150)),
    ],
    { scale: 0.72 },
  ),
  false,
);
const rowKnots: Drawing = [
  ...strands.slice(1).flatMap((colour, index) => cord(polyline(at(-120 + index * 120, -300), at(-120 + index * 120, 280)), colour, 20)),
  ...cord(path('M-240 -300C-240 -200 -180 -130 -140 -110'), red, 20),
  ...cord(polyline(at(-100, -96), at(0, -30)), red, 20),
  ...cord(polyline(at(20, -10), at(120, 50)), red, 20),
  ...cord(path('M140 70C200 110 230 180 230 280'), red, 20),
  ...[at(-120, -104), at(0, -24), at(120, 56)].flatMap(({ x, y }) => [
    body(ellipse(x, y, 42, 32), glossy(red)),
    stroke(polyline(at(x - 20, y + 12), at(x + 20, y - 12)), mixed(red, ink, 0.4), 6),
  ]),
  ...straightArrow(at(-60, -230), at(150, -100)),
];

const stick = (from: Point, to: Point): Drawing => cord(polyline(from, to), wood, 16);
const tips = { top: at(0, -290), right: at(220, -130), bottom: at(0, 330), left: at(-220, -130) };
const cross: Drawing = [...stick(tips.top, tips.bottom), ...stick(tips.left, tips.right)];
const lashing: Drawing = [...cord(polyline(at(-24, -154), at(24, -106)), red, 8), ...cord(polyline(at(24, -154), at(-24, -106)), red, 8)];
const rim: Drawing = cord([...polyline(tips.top, tips.right, tips.bottom, tips.left, tips.top)], red, 7);
const sail: Drawing = [body(polygon(at(0, -318), at(254, -130), at(0, 366), at(-254, -130)), glossy('#ff8fb7'))];
const sailFinished: Drawing = [
  body(polygon(tips.top, tips.right, tips.bottom, tips.left), glossy(pink)),
  body(polygon(tips.top, tips.right, at(0, -130)), glossy(blue), 5),
  body(polygon(tips.left, at(0, -130), tips.bottom), glossy(orange), 5),
];
const edgeTaped: Drawing = [
  ...sail,
  ...cross,
  ...rim,
  ...[
    [tips.top, tips.right],
    [tips.right, tips.bottom],
  ].flatMap((edge) => {
    const [from = tips.top, to = tips.right] = edge;
    return curvedArrow(times15(between(from, to)), between(from, to, 0.5), -0.3);
  }),
  body(polygon(at(-16, -300), at(-60, -262), at(-196, -168), at(-232, -140), at(-190, -130), at(-30, -250)), '#ffd1e3', 5),
  ...placed([body(box(-36, -24, 72, 48, 5), '#eaf3ff', 5)], { x: -126, y: -204, turn: -36 }),
];
function times15({ x, y }: Point): Point {
  return at(x * 1.5 + 20, (y + 130) * 1.35 - 140);
}
const bridle: Drawing = [
  ...sailFinished,
  ...cord(path('M0 -286C120 -260 240 -220 290 -170C240 60 110 250 0 326'), white, 8),
  ...cord(circle(304, -164, 18), white, 8),
  body(circle(0, -286, 10), ink, 3),
  body(circle(0, 326, 10), ink, 3),
];
const tailed: Drawing = placed(
  [
    ...sailFinished,
    ...cord(path('M0 330C60 380 -60 430 10 490C70 540 -40 590 20 640'), red, 12),
    ...[400, 480, 570].flatMap((y, index) =>
      placed(
        [
          body(polygon(at(0, 0), at(-40, -24), at(-40, 24)), accentOf(index), 5),
          body(polygon(at(0, 0), at(40, -24), at(40, 24)), accentOf(index), 5),
        ],
        { x: index % 2 === 0 ? -14 : 16, y },
      ),
    ),
    ...cord(path('M150 -150C250 0 330 220 350 480'), white, 7),
    ...cord(path('M0 -286L150 -150L0 326'), white, 6),
  ],
  { scale: 0.72 },
);
function accentOf(index: number): string {
  return [blue, orange, green][index % 3] ?? blue;
}

const bracelet = /bracelet/;
const kite = /\bkite\b/;

export const strings: readonly Depiction[] = [
  when(
    ({ topic, action }) => bracelet.test(topic) && /tie/.test(action) && /together/.test(action),
    'four threads in one knot',
    () => tied,
  ),
  when(
    ({ topic, action }) => bracelet.test(topic) && /tape/.test(action),
    'the knot taped down',
    () => tapedKnot,
  ),
  when(
    ({ topic, action }) => bracelet.test(topic) && /\bfour\b/.test(action) && /thread/.test(action) && /make|form/.test(action),
    'a four with two threads',
    () => four,
  ),
  when(
    ({ topic, action }) => bracelet.test(topic) && /pull/.test(action) && /again/.test(action),
    'pulled up to a knot',
    () => fourKnot,
  ),
  when(
    ({ topic, action }) => bracelet.test(topic) && /across/.test(action),
    'a row of knots',
    () => rowKnots,
  ),
  when(
    ({ topic, action }) => kite.test(topic) && /cross/.test(action) && /sticks?|spars?/.test(action),
    'the sticks crossed at a quarter and tied',
    () => [...cross, ...lashing],
  ),
  when(
    ({ topic, action }) => kite.test(topic) && /string/.test(action) && /around|tips/.test(action),
    'string around the four tips',
    () => [...cross, ...lashing, ...rim],
  ),
  when(
    ({ topic, action }) => kite.test(topic) && /cut/.test(action) && /sail/.test(action),
    'the sail cut larger than the frame',
    () => [
      ...sail,
      ...cross,
      ...rim,
      dashed(polygon(at(0, -318), at(254, -130), at(0, 366), at(-254, -130)), red, 8, [20, 16]),
      ...placed(scissors, { x: 160, y: 70, turn: -62, scale: 0.8 }),
    ],
  ),
  when(
    ({ topic, action }) => kite.test(topic) && /fold/.test(action) && /tape|glue/.test(action),
    'the edge folded over the string and taped',
    () => edgeTaped,
  ),
  when(
    ({ topic, action }) => kite.test(topic) && /bridle/.test(action),
    'a bridle from top to bottom, with a loop',
    () => bridle,
  ),
  when(
    ({ topic, action }) => kite.test(topic) && /tail/.test(action),
    'a tail below and the line at the loop',
    () => tailed,
  ),
];
