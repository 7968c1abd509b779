/** Drilled, screwed, hammered, turned, hung and measured. */
import { curvedArrow, dimension, rays, straightArrow, turnArrow } from '../drawing/arrows.ts';
import {
  accent,
  glossy,
  ink,
  metal,
  metalDark,
  mixed,
  red,
  soil,
  wall,
  white,
  wood,
  woodDark,
  blue,
  grey,
  green,
} from '../drawing/colours.ts';
import { at, polar } from '../drawing/geometry.ts';
import { badge, lettering } from '../drawing/lettering.ts';
import { area, body, cord, freeStroke, placed, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, ellipse, path, polygon, polyline, rounded } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { begins, does } from '../recognise.ts';
import { drill, drillBit, hammer, pencil, screwdriver, spanner } from '../things/tools.ts';

const block = (width: number, height: number): Drawing => [
  body(box(-width, -height / 2, width, height, 12), glossy(wood)),
  stroke(
    path(`M${-width + 20} ${-height / 4}C${-width / 2} ${-height / 4 - 20} ${-width / 3} ${-height / 4 + 20} -16 ${-height / 4}`),
    woodDark,
    5,
    0.5,
  ),
  stroke(
    path(`M${-width + 20} ${height / 4}C${-width / 2} ${height / 4 + 20} ${-width / 3} ${height / 4 - 20} -16 ${height / 4}`),
    woodDark,
    5,
    0.5,
  ),
];
const bore = (y: number, depth: number, width: number): Drawing => [
  body(box(-depth, y - width / 2, depth, width, width / 2.2), mixed(woodDark, ink, 0.4), 5),
];

const drilled: Drawing = [
  ...block(260, 440),
  ...bore(-160, 190, 18),
  ...bore(-96, 190, 30),
  ...bore(90, 190, 42),
  ...bore(166, 190, 24),
  ...bore(0, 120, 34),
  ...placed(drill(170), { x: -116, y: 0 }),
  ...straightArrow(at(170, -120), at(60, -120)),
];

const depthMarked: Drawing = [
  ...block(300, 300),
  ...bore(0, 220, 30),
  ...placed(drillBit(330), { x: -216, y: 0 }),
  body(polygon(at(0, -13), at(26, -13), at(26, 13), at(58, 34), at(40, 52), at(0, 20)), red, 5),
  body(box(112, -24, 60, 48, 8), glossy(grey)),
  ...dimension(at(-298, 196), at(-220, 196)),
];

const hotelFace: Drawing = [
  body(box(-150, -120, 300, 300, 10), glossy(wood)),
  ...[-90, -30, 30, 90].flatMap((x, column) =>
    [-40, 30, 100].map((y, row) => body(circle(x, y + (column % 2) * 14, 10 + ((row + column) % 3) * 5), mixed(woodDark, ink, 0.5), 4)),
  ),
];
const roofScrewed: Drawing = [
  ...hotelFace,
  body(polygon(at(-212, -118), at(-180, -168), at(180, -168), at(212, -118)), glossy('#c4574f')),
  body(circle(-90, -144, 8), metal, 4),
  ...placed(screwdriver, { x: 90, y: -152, turn: -90 }),
  ...turnArrow(at(90, -330), at(80, 26), -215, 30),
];

const screwed: Drawing = [
  body(box(-280, 70, 560, 90, 8), glossy(woodDark)),
  body(box(-230, -10, 460, 80, 8), glossy(wood)),
  body(polygon(at(-22, -12), at(22, -12), at(7, 14), at(6, 96), at(0, 116), at(-6, 96), at(-7, 14)), glossy(metal), 5),
  ...placed(screwdriver, { x: 0, y: -16, turn: -90 }),
  ...turnArrow(at(0, -200), at(96, 30), -215, 30),
];

const wallSide: Drawing = [body(box(-150, -260, 120, 520, 6), { from: mixed(wall, white, 0.5), to: wall })];

const nailed = (hook: boolean): Drawing => [
  ...wallSide,
  ...placed(
    [body(polygon(at(-94, -5), at(54, -5), at(54, 7), at(-94, 4)), glossy(metal), 5), body(box(52, -18, 14, 37, 5), metalDark, 5)],
    { x: -8, y: -34, turn: hook ? -24 : 0 },
  ),
  ...(hook
    ? [
        freeStroke(path('M-22 -74L-22 62C-22 100 34 100 34 62'), ink, 24),
        stroke(path('M-22 -74L-22 62C-22 100 34 100 34 62'), '#e9b949', 11),
      ]
    : []),
  ...placed(hammer, hook ? { x: 62, y: -64, turn: -24 } : { x: 64, y: -34 }),
  ...rays(hook ? at(58, -64) : at(60, -34), 60, 92, hook ? -130 : -120, hook ? -70 : -70, 3),
  ...curvedArrow(at(280, -230), at(164, -150), -0.16),
];

const peg = (x: number, top: number): Drawing => [body(box(x - 18, top, 36, 130 - top, 8), glossy('#f3d3a4'), 5)];
const dowelled: Drawing = [
  body(box(-280, 60, 560, 120, 10), glossy(wood)),
  ...peg(-180, 10),
  ...peg(180, 10),
  ...peg(0, -50),
  body(box(-76, -168, 152, 112, 20), glossy('#4a4f6b')),
  area(box(-270, 66, 540, 108, 8), wood, 0.72),
  ...placed([body(box(0, -16, 250, 32, 15), glossy(wood))], { x: 74, y: -112, turn: -8 }),
  ...straightArrow(at(0, -330), at(0, -204)),
  ...rays(at(0, -46), 104, 136, 168, 204, 2),
];

const valve = (clockwise: boolean): Drawing => [
  body(box(-290, -36, 580, 72, 20), glossy(metal)),
  body(circle(0, 0, 70), glossy(metalDark)),
  ...[0, 60, 120, 180, 240, 300].map((degrees) =>
    body(circle(polar(at(0, 0), 104, degrees).x, polar(at(0, 0), 104, degrees).y, 42), glossy(red)),
  ),
  body(circle(0, 0, 108), glossy(red)),
  body(circle(0, 0, 24), metal),
  ...(clockwise ? turnArrow(at(0, 0), 206, 200, 330) : turnArrow(at(0, 0), 206, 340, 210)),
];

const hexagon = (radius: number): Drawing => [
  body(
    rounded(
      [0, 60, 120, 180, 240, 300].map((degrees) => polar(at(0, 0), radius, degrees)),
      6,
    ),
    glossy(metalDark),
  ),
];

const spannerTurned = (clockwise: boolean): Drawing => [
  ...placed(spanner, { scale: 1.3, turn: 18 }),
  ...hexagon(38),
  ...(clockwise ? turnArrow(at(0, 0), 330, -46, 4) : turnArrow(at(0, 0), 330, 2, -46)),
];

const tyre: Drawing = [
  body(circle(0, 0, 270), glossy('#3a3f5c')),
  body(circle(0, 0, 196), glossy(metal)),
  body(circle(0, 0, 44), metalDark),
];
const nutAngles = [-90, -18, 54, 126, 198];
const starOrder = [1, 4, 2, 5, 3];
const star: Drawing = [
  ...tyre,
  stroke(polyline(...[0, 2, 4, 1, 3, 0].map((index) => polar(at(0, 0), 120, nutAngles[index] ?? 0))), accent, 10),
  ...nutAngles.flatMap((degrees, index) => {
    const { x, y } = polar(at(0, 0), 120, degrees);
    return [body(circle(x, y, 42), white), ...lettering(String(starOrder[index] ?? ''), at(x, y), 44)];
  }),
];
const nutsOf = (clockwise: boolean): Drawing => [
  ...tyre,
  ...nutAngles.flatMap((degrees) => placed(hexagon(30), polar(at(0, 0), 120, degrees))),
  ...placed(
    [...cord(polyline(at(0, -120), at(300, -60)), metal, 26), body(circle(0, -120, 44), glossy(metal)), body(circle(0, -120, 20), ink)],
    {},
  ),
  ...(clockwise ? turnArrow(at(0, -120), 250, -64, 2) : turnArrow(at(0, -120), 250, 2, -64)),
];

const car: Drawing = [
  body(
    path('M-330 0C-340 -70 -300 -92 -220 -100C-170 -170 -120 -190 -20 -190C70 -190 130 -170 180 -104C270 -96 320 -80 322 0Z'),
    glossy(blue),
  ),
  body(path('M-186 -104C-150 -156 -110 -166 -40 -166L-40 -104Z'), '#d5ecff', 5),
  body(path('M-14 -166C60 -166 100 -150 136 -104L-14 -104Z'), '#d5ecff', 5),
  ...[-200, 200].flatMap((x) => [body(circle(x, 6, 66), glossy('#3a3f5c')), body(circle(x, 6, 32), metal)]),
];
const jacked: Drawing = [
  freeStroke(polyline(at(-350, 74), at(340, 74)), soil, 14),
  ...placed(car, { turn: 7, y: -34 }),
  body(polygon(at(-96, -42), at(-44, 6), at(-96, 54), at(-148, 6)), '#e9edf7', 7),
  body(box(-148, 48, 104, 24, 6), glossy(red)),
  body(box(-122, -58, 52, 24, 6), glossy(red)),
  freeStroke(polyline(at(-148, 6), at(-44, 6)), ink, 7),
  ...straightArrow(at(-350, 40), at(-350, -110)),
];

const frame: Drawing = [
  body(box(-230, -150, 460, 320, 10), glossy('#c98746')),
  body(box(-190, -110, 380, 240, 6), '#cfeaff'),
  area(path('M-186 126L-80 0L0 80L80 -30L186 126Z'), green),
  area(circle(110, -60, 28), accent),
];
const spirit = (x: number): Drawing => [
  body(box(-190, -232, 380, 82, 14), glossy('#ffd23f')),
  body(box(-70, -214, 140, 46, 22), '#c9f5b0', 5),
  body(ellipse(x, -191, 24, 15), white, 4),
  stroke(polyline(at(-32, -210), at(-32, -172)), ink, 5),
  stroke(polyline(at(32, -210), at(32, -172)), ink, 5),
];
const levelled: Drawing = [
  ...frame,
  ...spirit(0),
  ...curvedArrow(at(-290, 70), at(-290, -70), 0.22),
  ...curvedArrow(at(290, -70), at(290, 70), 0.22),
];

const eyeHeight: Drawing = [
  body(box(-250, -330, 500, 560, 8), { from: mixed(wall, white, 0.5), to: wall }),
  body(box(-290, 226, 580, 46, 8), glossy(wood)),
  ...dimension(at(-120, -110), at(-120, 218)),
  ...badge('150 cm', at(44, 66), 52),
  stroke(polyline(at(-150, -110), at(-90, -110)), red, 9),
  ...placed(pencil, { x: -80, y: -114, turn: 52, scale: 0.9 }),
];

const frameBack: Drawing = [body(box(-250, -150, 500, 340, 10), glossy('#b9783f')), body(box(-206, -106, 412, 252, 6), '#ead8bd')];
const wireMeasured: Drawing = [
  ...frameBack,
  ...cord(polyline(at(-226, 10), at(0, -62), at(226, 10)), metal, 5),
  body(circle(-226, 10, 11), metalDark, 4),
  body(circle(226, 10, 11), metalDark, 4),
  ...dimension(at(0, -146), at(0, -66)),
  ...straightArrow(at(0, 60), at(0, -30)),
];
const padded: Drawing = [
  ...frameBack,
  ...[-224, 224].flatMap((x) => [
    body(circle(x, 164, 24), glossy('#5d6b8f')),
    ...curvedArrow(at(x * 0.72, 300), at(x * 0.95, 204), x < 0 ? 0.2 : -0.2),
  ]),
];

const squared: Drawing = [
  body(polygon(at(-190, -260), at(190, -260), at(190, 260), at(-190, 260)), glossy(wood)),
  body(polygon(at(-152, -222), at(152, -222), at(152, 222), at(-152, 222)), mixed(wood, white, 0.75)),
  ...dimension(at(-150, -220), at(150, 220)),
  ...dimension(at(150, -220), at(-150, 220)),
  ...badge('', at(0, 0), 46),
  stroke(polyline(at(-22, -11), at(22, -11)), ink, 11),
  stroke(polyline(at(-22, 12), at(22, 12)), ink, 11),
];

const wheely = /wheel|tyre|tire|\bcar\b/;

export const fixing: readonly Depiction[] = [
  when(
    (scene) => begins(scene, 'drill') && /wood|block|board|hole/.test(scene.seen),
    'holes drilled side by side',
    () => drilled,
  ),
  when(
    (scene) => /drill bit/.test(scene.seen) && /depth|stop/.test(scene.seen),
    'tape on the drill bit marks the depth',
    () => depthMarked,
  ),
  when(
    (scene) => begins(scene, 'screw') && /roof/.test(scene.action),
    'a roof screwed on',
    () => roofScrewed,
  ),
  when(
    (scene) =>
      begins(scene, 'screw', 'drive') &&
      /\b(screws?|boards?|planks?|panels?)\b/.test(scene.action) &&
      /wood|board|plank|panel/.test(scene.seen),
    'a screw turned in, clockwise',
    () => screwed,
  ),
  when(
    (scene) => does(scene, 'tap', 'hammer', 'drive', 'hold') && /\bnail/.test(scene.action),
    'a nail tapped in',
    ({ seen }) => nailed(/hook/.test(seen)),
  ),
  when(
    (scene) => /dowels?/.test(scene.action) && does(scene, 'push', 'tap', 'hammer', 'insert'),
    'dowels tapped in',
    () => dowelled,
  ),
  when(
    (scene) =>
      begins(scene, 'turn', 'close', 'shut') && /\boff\b/.test(scene.action) && /valve/.test(scene.seen) && /water/.test(scene.action),
    'the valve turned clockwise',
    () => valve(true),
  ),
  when(
    (scene) => begins(scene, 'loosen', 'undo', 'unscrew') && /nuts?|bolts?/.test(scene.action) && wheely.test(scene.seen),
    'nuts loosened anticlockwise',
    () => nutsOf(false),
  ),
  when(
    (scene) => begins(scene, 'unscrew', 'loosen', 'undo') && /spanner|wrench/.test(scene.seen),
    'unscrewed anticlockwise',
    () => spannerTurned(false),
  ),
  when(
    (scene) => begins(scene, 'tighten') && /spanner|wrench/.test(scene.seen) && !/\bstar\b/.test(scene.action),
    'tightened clockwise',
    () => spannerTurned(true),
  ),
  when(
    (scene) => does(scene, 'tighten') && /\bstar\b/.test(scene.action),
    'nuts tightened in a star',
    () => star,
  ),
  when(
    (scene) => begins(scene, 'jack', 'raise', 'lift') && /\bcar\b/.test(scene.seen) && /jack/.test(scene.seen),
    'the car jacked up',
    () => jacked,
  ),
  when(
    (scene) => /\blevel\b/.test(scene.action) && /frame|picture|shelf/.test(scene.seen) && does(scene, 'hang', 'lay', 'level', 'check'),
    'a spirit level with its bubble in the middle',
    () => levelled,
  ),
  when(
    (scene) => /eye (height|level)/.test(scene.action) && /wall/.test(scene.seen) && does(scene, 'find', 'mark', 'measure'),
    'eye height, a metre and a half above the floor',
    () => eyeHeight,
  ),
  when(
    (scene) => /\bwire\b/.test(scene.action) && does(scene, 'measure') && /frame/.test(scene.seen),
    'the wire pulled up and measured',
    () => wireMeasured,
  ),
  when(
    (scene) => /\bpads?\b/.test(scene.action) && /corners?/.test(scene.action) && /frame/.test(scene.seen),
    'pads on the lower corners',
    () => padded,
  ),
  when(
    (scene) => begins(scene, 'square') && /frame|shelf/.test(scene.seen),
    'both diagonals are equal',
    () => squared,
  ),
];
