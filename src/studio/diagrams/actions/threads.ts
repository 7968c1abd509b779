/** Laces, needles and threads: where they cross, what lies above is drawn last. */
import { curvedArrow, straightArrow, turnArrow } from '../drawing/arrows.ts';
import { glossy, ink, metal, mixed, orange, paper, red, white } from '../drawing/colours.ts';
import { at, type Point } from '../drawing/geometry.ts';
import { body, cord, dashed, freeStroke, placed, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, ellipse, path, polygon, polyline, through } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { needle, pencil, scissors } from '../things/tools.ts';

/** From above, the toe below: laces come out of the two uppermost eyelets. */
const shoe: Drawing = [
  body(
    path('M-186 60C-210 170 -190 330 0 344C190 330 210 170 186 60C150 20 120 30 112 70L-112 70C-120 30 -150 20 -186 60Z'),
    glossy('#5b7bd6'),
  ),
  body(path('M-112 70L-70 236L70 236L112 70Z'), '#f2f5ff', 5),
  stroke(path('M-166 262C-90 226 90 226 166 262'), white, 9, 0.9),
  ...[130, 180].flatMap((y) => [
    ...cord(polyline(at(-98 + y / 10, y), at(86 - y / 10, y + 34)), white, 12),
    ...cord(polyline(at(98 - y / 10, y), at(-86 + y / 10, y + 34)), white, 12),
  ]),
  ...[-92, 92].map((x) => body(circle(x, 96, 13), metal, 4)),
];
const lace = 22;
const leftLace = '#ff5a5f';
const rightLace = '#ffd84d';
const pulled: Drawing = [
  ...shoe,
  ...cord(path('M-92 92C-140 20 -170 -60 -210 -190'), leftLace, lace),
  ...cord(path('M92 92C140 20 170 -60 210 -190'), rightLace, lace),
  ...straightArrow(at(-270, -60), at(-310, -190), { colour: white }),
  ...straightArrow(at(270, -60), at(310, -190), { colour: white }),
];
const crossed: Drawing = [
  ...shoe,
  ...cord(path('M92 92C40 40 -60 10 -250 -60'), rightLace, lace),
  ...cord(path('M-92 92C-40 40 0 20 60 -6C90 -20 96 30 40 44C-10 56 -20 10 250 -60'), leftLace, lace),
  ...straightArrow(at(-200, -110), at(-320, -150), { colour: white }),
  ...straightArrow(at(200, -110), at(320, -150), { colour: white }),
];
const knotted: Drawing = [...shoe, body(path('M-46 66C-40 30 40 30 46 66C40 96 -40 96 -46 66Z'), glossy(leftLace))];
const ear = (sign: 1 | -1, colour: string): Drawing =>
  cord(
    path(`M${sign * 20} 50C${sign * 60} -60 ${sign * 150} -190 ${sign * 230} -150C${sign * 280} -110 ${sign * 160} 10 ${sign * 30} 60`),
    colour,
    lace,
  );
const looped: Drawing = [
  ...shoe,
  ...cord(path('M92 92C60 70 50 60 30 60'), leftLace, lace),
  ...cord(path('M24 50C110 20 190 -40 250 -120'), rightLace, lace),
  ...ear(-1, leftLace),
  ...cord(path('M-30 60C-50 110 -130 130 -190 170'), leftLace, lace),
  ...knotted.slice(-1),
  ...curvedArrow(at(-60, -60), at(-210, -210), -0.2),
];
const wrapped: Drawing = [
  ...shoe,
  ...ear(-1, leftLace),
  ...cord(path('M-30 60C-50 110 -130 130 -190 170'), leftLace, lace),
  ...cord(path('M40 56C20 -50 -90 -80 -120 -40C-140 0 -60 50 60 40C120 30 200 -30 250 -110'), rightLace, lace),
  ...knotted.slice(-1),
  ...turnArrow(at(-60, -20), at(150, 110), -40, -160),
];
const pushed: Drawing = [
  ...shoe,
  ...cord(path('M10 40C80 -60 150 -160 210 -130C260 -90 150 0 30 60'), rightLace, lace),
  ...ear(-1, leftLace),
  ...cord(path('M-30 60C-50 110 -130 130 -190 170'), leftLace, lace),
  ...cord(path('M40 80C60 110 130 130 200 170'), rightLace, lace),
  ...cord(path('M44 64C50 10 -20 -20 -50 10C-60 40 -20 70 30 80'), rightLace, lace),
  ...curvedArrow(at(10, -30), at(120, -200), 0.25),
];
const bow: Drawing = [
  ...shoe,
  ...ear(-1, leftLace),
  ...ear(1, rightLace),
  ...cord(path('M-24 70C-50 110 -130 130 -190 170'), leftLace, lace),
  ...cord(path('M24 70C50 110 130 130 190 170'), rightLace, lace),
  body(box(-44, 24, 88, 70, 26), glossy(orange)),
  ...straightArrow(at(-240, -200), at(-350, -250)),
  ...straightArrow(at(240, -200), at(350, -250)),
];

const cloth = (colour = '#cfe0ff'): Drawing => [body(box(-290, -230, 580, 460, 24), { from: mixed(colour, white, 0.3), to: colour })];
const button = (y = 0): Drawing => [
  body(circle(0, y, 150), glossy('#ff8b5e')),
  body(circle(0, y, 112), mixed('#ff8b5e', white, 0.18), 4),
  ...[-34, 34].flatMap((x) => [body(circle(x, y, 16), ink, 3)]),
];
const thread = '#e5484d';
const buttonPick: Drawing = [
  ...cloth(),
  ...button(),
  body(polygon(at(-12, -220), at(0, -246), at(12, -220), at(12, 220), at(0, 246), at(-12, 220)), glossy('#f1cf9a'), 5),
  ...straightArrow(at(220, -130), at(40, -130)),
];
const buttonSewn: Drawing = [
  ...cloth(),
  ...button(),
  body(polygon(at(-10, -210), at(0, -236), at(10, -210), at(10, 210), at(0, 236), at(-10, 210)), glossy('#f1cf9a'), 5),
  ...[-11, 0, 11].flatMap((y) => cord(polyline(at(-34, y), at(34, y)), thread, 5)),
  ...cord(path('M34 0C120 -40 150 -120 196 -160'), thread, 6),
  ...placed(needle, { x: 250, y: -250, turn: 122 }),
  ...curvedArrow(at(-60, -110), at(60, -110), 0.4),
];
/** Cloth, thread and button from the side. */
const shank: Drawing = [
  body(box(-290, 90, 580, 50, 22), '#a9c4f5'),
  body(box(-160, -70, 320, 50, 24), glossy('#ff8b5e')),
  ...[-34, 0, 34].flatMap((x) => cord(polyline(at(x, -24), at(x * 0.5, 92)), thread, 8)),
  ...[0, 1, 2, 3, 4].flatMap((index) =>
    cord(path(`M-34 ${-4 + index * 20}C-20 ${10 + index * 20} 20 ${10 + index * 20} 34 ${-4 + index * 20}`), thread, 8),
  ),
  ...cord(path('M34 76C110 90 150 40 220 10'), thread, 8),
  ...turnArrow(at(0, 40), at(140, 34), 150, 20),
  ...straightArrow(at(-220, 20), at(-220, -130)),
];
const needleThreaded: Drawing = [
  ...placed(needle, { x: -260, y: -60, turn: -8, scale: 1.6 }),
  ...cord(path('M-16 -94C80 -120 170 -60 190 20C200 70 170 110 130 120'), thread, 9),
  ...cord(path('M-16 -94C60 -40 100 40 120 110'), thread, 9),
  body(circle(126, 128, 26), glossy(thread)),
  ...cord(polyline(at(132, 146), at(160, 200)), thread, 9),
  ...cord(polyline(at(118, 150), at(104, 206)), thread, 9),
];
const tinyCross: Drawing = [
  ...cloth(),
  ...cord(polyline(at(-34, -34), at(34, 34)), thread, 10),
  ...cord(polyline(at(34, -34), at(-34, 34)), thread, 10),
  dashed(circle(0, 0, 128), mixed('#cfe0ff', ink, 0.4), 6, [16, 14]),
  ...placed(needle, { x: 70, y: -70, turn: -36, scale: 1.1 }),
];

/** A booklet that lies open; its fold runs from the top to the bottom, with three holes. */
const top = at(0, -200);
const middle = at(0, 0);
const foot = at(0, 200);
const booklet: Drawing = [
  body(polygon(at(-270, -270), at(0, -240), at(270, -270), at(270, 270), at(0, 300), at(-270, 270)), glossy('#7d8fe0')),
  body(polygon(at(-250, -254), at(0, -224), at(0, 280), at(-250, 250)), { from: white, to: paper }, 5),
  body(polygon(at(250, -254), at(0, -224), at(0, 280), at(250, 250)), { from: '#f3efe6', to: white }, 5),
];
const holes = (...spots: readonly Point[]): Drawing => spots.map(({ x, y }) => body(circle(x, y, 9), ink, 3));
const marks: Drawing = [top, middle, foot].map(({ y }) => stroke(polyline(at(-22, y), at(22, y)), red, 9));
const clip = (x: number, y: number): Drawing => [
  body(box(x - 34, y - 30, 68, 60, 8), glossy(ink)),
  freeStroke(path(`M${x - 20} ${y - 30}C${x - 30} ${y - 90} ${x + 30} ${y - 90} ${x + 20} ${y - 30}`), metal, 8),
];
const marked: Drawing = [...booklet, ...clip(-150, -262), ...clip(150, -262), ...marks, ...placed(pencil, { x: 26, y: 0, turn: 58 })];
const pin: Drawing = [
  body(polygon(at(0, 0), at(-7, -70), at(7, -70)), metal, 5),
  body(box(-16, -150, 32, 86, 12), glossy(red)),
  body(ellipse(0, -150, 34, 18), glossy(red)),
];
const pierced: Drawing = [
  ...booklet,
  ...holes(top, foot),
  ...placed(pin, { x: 2, y: 2, turn: 24, scale: 1.3 }),
  ...straightArrow(at(150, -90), at(60, -10)),
];

/** The spine from outside, upright: thread that runs inside is dashed. */
const spine: Drawing = [
  body(box(-120, -280, 240, 560, 14), glossy('#7d8fe0')),
  stroke(polyline(at(0, -274), at(0, 274)), mixed('#7d8fe0', ink, 0.4), 7),
];
const outside = (from: Point, to: Point, shift = 0): Drawing => cord(through(from, at(shift, (from.y + to.y) / 2), to), orange, 11);
const inside = (from: Point, to: Point): Drawing => [dashed(polyline(from, to), mixed(orange, white, 0.35), 8, [14, 14])];
const tail: Drawing = cord(path('M0 0C-60 30 -130 10 -200 60'), orange, 11);
const sewnIn: Drawing = [
  ...spine,
  ...holes(top, foot),
  ...tail,
  ...holes(middle),
  ...placed(needle, { x: 14, y: -4, turn: -14, scale: 1.2 }),
  ...straightArrow(at(260, -130), at(110, -94)),
];
const sewnLong: Drawing = [
  ...spine,
  ...inside(middle, top),
  ...tail,
  ...outside(top, foot, 34),
  ...holes(top, middle, foot),
  ...curvedArrow(at(120, -170), at(120, 170), 0.22),
];
const sewnBack: Drawing = [
  ...spine,
  ...inside(middle, top),
  ...inside(foot, middle),
  ...tail,
  ...outside(top, foot, 0),
  ...cord(path('M18 0C80 -30 130 -10 200 -60'), orange, 11),
  ...holes(top, foot),
  ...straightArrow(at(230, -80), at(330, -120)),
  ...straightArrow(at(-230, 70), at(-330, 110)),
];
const sewnKnot: Drawing = [
  ...spine,
  ...outside(top, foot, 0),
  body(ellipse(0, 0, 34, 26), glossy(orange)),
  ...cord(path('M20 14C50 30 60 50 90 56'), orange, 10),
  ...cord(path('M-20 14C-50 30 -60 50 -90 56'), orange, 10),
  ...holes(top, foot),
  ...placed(scissors, { x: 190, y: 70, turn: 10, scale: 0.8 }),
];

const laces = /shoe ?laces?/;
const bookish = /\bbook|booklet|pamphlet|notebook/;

export const threads: readonly Depiction[] = [
  when(
    ({ topic, action }) => laces.test(topic) && /\beven\b|tight/.test(action) && /laces/.test(action),
    'both laces pulled even',
    () => pulled,
  ),
  when(
    ({ topic, action }) => laces.test(topic) && /cross/.test(action),
    'one lace crossed over the other and tucked under',
    () => crossed,
  ),
  when(
    ({ topic, action }) => laces.test(topic) && /\bloop\b|bunny/.test(action) && /make|form/.test(action),
    'one loop',
    () => looped,
  ),
  when(
    ({ topic, action }) => laces.test(topic) && /wrap|around/.test(action),
    'the other lace around the loop',
    () => wrapped,
  ),
  when(
    ({ topic, action }) => laces.test(topic) && /push|through|hole/.test(action),
    'a second loop pushed through',
    () => pushed,
  ),
  when(
    ({ topic, action }) => laces.test(topic) && /pull/.test(action) && /ears|loops/.test(action),
    'both loops pulled tight',
    () => bow,
  ),
  when(
    ({ topic, action }) => /button/.test(topic) && /thread/.test(action) && /needle/.test(action) && /knot/.test(action),
    'a doubled thread with a knot',
    () => needleThreaded,
  ),
  when(
    ({ topic, action, seen }) => /button/.test(topic) && /mark/.test(action) && /cross|stitch/.test(seen),
    'a tiny cross of thread',
    () => tinyCross,
  ),
  when(
    ({ topic, action }) => /button/.test(topic) && /toothpick|match/.test(action),
    'a toothpick across the button',
    () => buttonPick,
  ),
  when(
    ({ topic, action }) => /button/.test(topic) && /\bsew/.test(action) && /up|down|holes/.test(action),
    'over the toothpick, up and down',
    () => buttonSewn,
  ),
  when(
    ({ topic, action }) => /button/.test(topic) && /wrap|wind/.test(action) && /thread/.test(action),
    'the thread wound around below the button',
    () => shank,
  ),
  when(
    ({ topic, action }) => bookish.test(topic) && /mark/.test(action) && /three|points/.test(action),
    'three marks in the fold',
    () => marked,
  ),
  when(
    ({ topic, action }) => bookish.test(topic) && /pierce|punch|poke/.test(action),
    'a hole at each mark',
    () => pierced,
  ),
  when(
    ({ topic, action }) => bookish.test(topic) && /\bsew|needle/.test(action) && /middle/.test(action),
    'in through the middle hole',
    () => sewnIn,
  ),
  when(
    ({ topic, action }) => bookish.test(topic) && /\btop\b/.test(action) && /\bout\b/.test(action),
    'out at the top and down the spine',
    () => sewnLong,
  ),
  when(
    ({ topic, action }) => bookish.test(topic) && /middle/.test(action) && /pull|tight/.test(action),
    'out of the middle, beside the long stitch',
    () => sewnBack,
  ),
  when(
    ({ topic, action }) => bookish.test(topic) && /knot/.test(action),
    'a knot over the long stitch',
    () => sewnKnot,
  ),
];
