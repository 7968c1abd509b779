/** Walls: filled, sanded, taped and painted. */
import { curvedArrow, straightArrow, turnArrow } from '../drawing/arrows.ts';
import { beforeAfter } from '../drawing/before-after.ts';
import { glossy, metalDark, mixed, wall, white, wood, woodDark } from '../drawing/colours.ts';
import { at } from '../drawing/geometry.ts';
import { area, body, placed, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, path, polygon, polyline } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { begins, does } from '../recognise.ts';
import { brush, puttyKnife, roller } from '../things/tools.ts';

const paint = '#49b6c9';

const surface = (width = 560, height = 460, colour = wall): Drawing => [
  body(box(-width / 2, -height / 2, width, height, 10), { from: mixed(colour, white, 0.4), to: colour }),
];

const rolledW: Drawing = [
  ...surface(),
  stroke(polyline(at(-210, -160), at(-120, 150), at(0, -130), at(110, 150), at(196, -110)), paint, 84),
  ...placed(roller(paint), { x: 200, y: -120 }),
  ...straightArrow(at(-150, -40), at(-118, 80)),
  ...straightArrow(at(-66, 30), at(-28, -74)),
  ...straightArrow(at(42, -20), at(80, 84)),
];

const rolledCoat: Drawing = [
  ...surface(),
  area(box(-274, -224, 330, 448, 8), paint, 0.9),
  area(box(30, -224, 110, 300, 8), paint, 0.9),
  ...placed(roller(paint), { x: 86, y: 60 }),
  ...straightArrow(at(-100, -160), at(-100, 160), { both: true }),
];

const brushedEdge: Drawing = [
  body(box(-290, -290, 580, 96, 8), white),
  ...surface(580, 400),
  area(box(-287, -196, 400, 104, 4), paint, 0.95),
  ...placed(brush(paint), { x: 128, y: -140, turn: 58 }),
  ...straightArrow(at(-200, -144), at(20, -144)),
];

const tapeColour = '#5aa9ff';
const skirting: Drawing = [body(box(-290, 130, 580, 110, 8), { from: white, to: '#dfe4f0' })];

const taped: Drawing = [
  ...surface(580, 420),
  ...skirting,
  body(polygon(at(-290, 84), at(190, 84), at(190, 132), at(-290, 132)), tapeColour, 5),
  body(circle(206, 84, 66), glossy(tapeColour)),
  body(circle(206, 84, 34), wood),
  ...straightArrow(at(-190, 20), at(70, 20)),
];

const peeled: Drawing = [
  ...surface(580, 420, paint),
  ...skirting,
  body(polygon(at(-10, 90), at(290, 90), at(290, 134), at(-10, 134)), tapeColour, 5),
  body(polygon(at(-10, 134), at(22, 90), at(238, -52), at(258, -10)), mixed(tapeColour, white, 0.35), 5),
  stroke(polyline(at(-286, 131), at(-14, 131)), paint, 7),
  ...curvedArrow(at(60, -30), at(226, -128), 0.08),
];

const hole: Drawing = [
  body(path('M-60 -40C-30 -78 44 -70 64 -30C84 10 50 66 0 62C-50 66 -90 6 -60 -40Z'), '#4a4652'),
  stroke(polyline(at(-62, -36), at(-96, -66)), metalDark, 5),
  stroke(polyline(at(62, 30), at(98, 52)), metalDark, 5),
];

const mesh = (size: number): Drawing => [
  body(box(-size, -size, 2 * size, 2 * size, 8), '#f6f8ff', 5),
  ...[-3, -2, -1, 0, 1, 2, 3].flatMap((index) => {
    const shift = (index * size) / 4;
    return [
      stroke(polyline(at(shift, -size + 8), at(shift, size - 8)), '#9fb0d8', 4),
      stroke(polyline(at(-size + 8, shift), at(size - 8, shift)), '#9fb0d8', 4),
    ];
  }),
];

const patched: Drawing = beforeAfter([...surface(300, 330), ...hole], [...surface(300, 330), ...mesh(104)], false);

const spreadOn: Drawing = [
  ...surface(580, 440),
  ...placed(mesh(84), { x: 60, y: 0 }),
  area(path('M-210 -110C-150 -150 10 -130 40 -120L40 110C-30 130 -170 130 -214 96C-240 20 -236 -60 -210 -110Z'), white),
  stroke(path('M-190 -70C-120 -84 -60 -76 20 -80'), '#d9dcea', 6),
  stroke(path('M-200 10C-130 0 -60 6 20 0'), '#d9dcea', 6),
  stroke(path('M-190 74C-120 66 -60 70 20 66'), '#d9dcea', 6),
  ...placed(puttyKnife, { x: 44, y: -4, turn: 90 }),
  ...straightArrow(at(-190, 170), at(70, 170)),
];

const sanded = (onWood: boolean): Drawing => [
  ...(onWood ? surface(580, 400, wood) : surface(580, 400)),
  ...(onWood
    ? [
        stroke(path('M-270 -110C-120 -90 60 -130 270 -100'), woodDark, 5, 0.6),
        stroke(path('M-270 120C-100 100 80 140 270 116'), woodDark, 5, 0.6),
      ]
    : [area(circle(0, 0, 170), white, 0.9)]),
  ...placed(
    [
      body(box(-96, -58, 192, 116, 12), glossy('#c98746')),
      body(box(-96, 38, 192, 26, 8), '#8b5a34', 5),
      ...Array.from({ length: 12 }, (_, index) => area(circle(-70 + (index % 6) * 28, -24 + Math.floor(index / 6) * 34, 3), '#8b5a34')),
    ],
    {},
  ),
  ...turnArrow(at(0, 0), 176, -70, 20),
  ...turnArrow(at(0, 0), 176, 110, 200),
];

const wallish = /\bwall|ceiling|room|edge|patch|skirting|plaster/;

export const painting: readonly Depiction[] = [
  when(
    (scene) => /\broll/.test(scene.seen) && (begins(scene, 'roll') || does(scene, 'paint')) && /\b(big )?w\b/.test(scene.action),
    'a roller drawing a W',
    () => rolledW,
  ),
  when(
    (scene) => does(scene, 'paint') && /edges?|corners?|ceiling/.test(scene.action) && /brush/.test(scene.seen),
    'a brush along the edge',
    () => brushedEdge,
  ),
  when(
    (scene) => does(scene, 'paint', 'roll') && /roller|second coat|coat of/.test(scene.seen) && wallish.test(scene.seen),
    'a roller, up and down',
    () => rolledCoat,
  ),
  when(
    (scene) => begins(scene, 'tape', 'mask') && /edges?|skirting|frames?|trim/.test(scene.action),
    'tape along the edge',
    () => taped,
  ),
  when(
    (scene) => begins(scene, 'pull', 'peel', 'remove') && /\btape\b/.test(scene.action),
    'the tape pulled back over itself',
    () => peeled,
  ),
  when(
    (scene) => begins(scene, 'stick', 'press', 'put', 'place', 'apply') && /mesh|patch/.test(scene.action) && /hole/.test(scene.action),
    'a patch larger than the hole',
    () => patched,
  ),
  when(
    (scene) =>
      begins(scene, 'spread', 'fill', 'smooth', 'apply') &&
      /compound|filler|putty|spackle|plaster/.test(scene.seen) &&
      /wall|mesh|hole/.test(scene.seen),
    'a wide knife draws it flat',
    () => spreadOn,
  ),
  when(
    (scene) => begins(scene, 'sand') && !/hole|entrance/.test(scene.action),
    'sanding in circles',
    ({ seen }) => sanded(!/wall|patch|compound|plaster/.test(seen)),
  ),
];
