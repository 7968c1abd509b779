/** Paper and card that are cut, rolled, glued and wrapped; what is only folded stands in ../fold. */
import { curvedArrow, dimension, straightArrow } from '../drawing/arrows.ts';
import { beforeAfter } from '../drawing/before-after.ts';
import { glossy, guide, ink, mixed, orange, paper, red, white, wood } from '../drawing/colours.ts';
import { at } from '../drawing/geometry.ts';
import { area, body, cord, dashed, placed, stroke, type Drawing } from '../drawing/marks.ts';
import { box, ellipse, path, polygon, polyline } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { begins, does, type SceneWords } from '../recognise.ts';
import { paperSnowflake, shapesSnipped, snippedWedge, snowflake, tipsCut } from '../fold/models/paper-snowflake.ts';
import { pencil, ruler, scissors } from '../things/tools.ts';

const sheetColour = '#ff9f6e';
const slitFrom = -110;
const slitTo = 78;
/** A sheet folded in half: the fold below, the open edges above. */
const foldedSheet: Drawing = [
  body(box(-280, -120, 560, 236, 4), mixed(sheetColour, ink, 0.14)),
  body(box(-280, -108, 560, 236, 4), glossy(sheetColour)),
  stroke(polyline(at(-278, 124), at(278, 124)), mixed(sheetColour, ink, 0.4), 9),
];
const lineDrawn: Drawing = [
  ...foldedSheet,
  stroke(polyline(at(-276, -62), at(120, -62)), ink, 6),
  ...placed(pencil, { x: 124, y: -62, turn: 40 }),
];
const slits = (count: number): Drawing =>
  Array.from({ length: count }, (_, index) => stroke(polyline(at(-224 + index * 64, 126), at(-224 + index * 64, -56)), ink, 7));
const slitsCut: Drawing = [
  ...foldedSheet,
  dashed(polyline(at(-276, -62), at(276, -62)), guide, 7, [18, 14]),
  ...slits(4),
  ...placed(scissors, { x: 32, y: 60, turn: 90 }),
  ...straightArrow(at(160, 110), at(160, -40)),
];
const tube = (seam: boolean): Drawing => [
  body(path('M-130 -170L-130 170C-130 206 130 206 130 170L130 -170Z'), glossy(sheetColour)),
  body(ellipse(0, -170, 130, 36), mixed(sheetColour, ink, 0.3)),
  ...[-96, -58, -20, 20, 58, 96].map((x) =>
    stroke(path(`M${x} ${slitFrom + (1 - Math.abs(x) / 130) * 8}L${x} ${slitTo + 60 + (1 - Math.abs(x) / 130) * 14}`), ink, 6),
  ),
  ...(seam
    ? [area(path('M34 -134L72 -137L72 194L34 200Z'), mixed(sheetColour, white, 0.35)), stroke(polyline(at(72, -138), at(72, 192)), ink, 6)]
    : []),
];
const rolledUp: Drawing = beforeAfter(
  [
    body(box(-150, -190, 300, 380, 4), glossy(sheetColour)),
    ...[-104, -62, -20, 22, 64, 106].map((x) => stroke(polyline(at(x, -130), at(x, 130)), ink, 6)),
    ...curvedArrow(at(-140, -230), at(100, -230), 0.25),
  ],
  tube(false),
  false,
);
const glued: Drawing = [
  ...tube(true),
  ...straightArrow(at(250, 20), at(96, 20)),
  ...straightArrow(at(-250, 20), at(-146, 20)),
  ...straightArrow(at(250, 110), at(96, 110)),
  ...straightArrow(at(-250, 110), at(-146, 110)),
];
const rib = (x: number): Drawing => [stroke(path(`M${x * 0.6} -118C${x * 1.9} -60 ${x * 1.9} 70 ${x * 0.6} 130`), ink, 7)];
const lantern: Drawing = [
  ...cord(path('M-86 -170C-80 -330 80 -330 86 -170'), orange, 18),
  body(path('M-110 -120C-250 -40 -250 50 -110 132L110 132C250 50 250 -40 110 -120Z'), glossy(sheetColour)),
  area(ellipse(0, 6, 110, 96), '#ffe9a0', 0.75),
  ...[-104, -66, -24, 24, 66, 104].flatMap(rib),
  body(path('M-116 -172L116 -172L116 -116C116 -96 -116 -96 -116 -116Z'), glossy(sheetColour)),
  body(path('M-116 128C-116 148 116 148 116 128L116 182C116 204 -116 204 -116 182Z'), glossy(sheetColour)),
];
const lanternPushed: Drawing = [
  ...lantern,
  ...straightArrow(at(-190, -270), at(-150, -180)),
  ...straightArrow(at(190, -270), at(150, -180)),
];

const cutWedge = beforeAfter(tipsCut, [body(polygon(at(0, 0), at(-137, -238), at(137, -238)), { from: white, to: '#cfe0fb' }, 6)], false);
const unfolded: Drawing = beforeAfter(snippedWedge, placed(snowflake, { scale: 0.72 }), false);

const nested: Drawing = beforeAfter(
  [
    body(box(-150, -190, 300, 380, 4), { from: white, to: paper }),
    dashed(polyline(at(0, -200), at(0, 200)), guide, 8, [18, 14]),
    ...curvedArrow(at(140, 90), at(-130, 90), -0.3),
  ],
  [
    body(polygon(at(-10, -190), at(180, -230), at(180, 170), at(-10, 210)), glossy('#7d8fe0')),
    ...[0, 1, 2].map((index) =>
      body(
        polygon(
          at(2 + index * 8, -182 + index * 3),
          at(172 - index * 6, -218 + index * 6),
          at(172 - index * 6, 158 - index * 2),
          at(2 + index * 8, 196 - index * 4),
        ),
        { from: white, to: '#ece6d8' },
        5,
      ),
    ),
  ],
  false,
);

const card = '#d8a86a';
const stripMarked: Drawing = [
  body(box(-300, -70, 600, 140, 4), glossy(card)),
  ...placed(ruler(600, 20), { x: -300, y: 104 }),
  stroke(polyline(at(-100, -66), at(-100, 66)), ink, 7),
  stroke(polyline(at(60, -66), at(60, 66)), ink, 7),
  ...dimension(at(-296, -110), at(-104, -110)),
  ...dimension(at(-96, -110), at(56, -110)),
  ...placed(pencil, { x: 62, y: 0, turn: 30 }),
];
const ribs: Drawing = [
  body(box(-280, -150, 560, 300, 4), glossy(card)),
  ...[-120, -80, -40, 0, 40, 80, 120].map((y) => stroke(polyline(at(-276, y), at(276, y)), mixed(card, ink, 0.25), 6)),
  ...straightArrow(at(-230, 0), at(230, 0), { both: true }),
];
const bentSide = (points: readonly (readonly [number, number])[]): Drawing => cord(polyline(...points.map(([x, y]) => at(x, y))), card, 20);
const scored: Drawing = beforeAfter(
  [
    body(box(-150, -200, 300, 400, 4), glossy(card)),
    dashed(polyline(at(-160, -50), at(160, -50)), guide, 8, [18, 14]),
    dashed(polyline(at(-160, 80), at(160, 80)), guide, 8, [18, 14]),
    ...curvedArrow(at(110, -170), at(110, 10), 0.3),
  ],
  bentSide([
    [-20, -190],
    [-90, 40],
    [90, 80],
    [150, -40],
  ]),
  false,
);
const notched: Drawing = [
  body(box(-280, -120, 560, 240, 4), glossy(card)),
  dashed(polyline(at(-60, -116), at(-60, 116)), guide, 7, [18, 14]),
  dashed(polyline(at(120, -116), at(120, 116)), guide, 7, [18, 14]),
  body(box(16, -124, 30, 150, 2), ink, 4),
  ...placed(scissors, { x: 30, y: -110, turn: -90, scale: 0.9 }),
];
const triangleStand: Drawing = [
  ...bentSide([
    [-40, -220],
    [-140, 130],
    [150, 130],
    [-30, -200],
  ]),
  ...placed([body(box(-60, -22, 120, 44, 5), '#eaf6ff', 5)], { x: -6, y: -196, turn: 58 }),
  ...curvedArrow(at(250, 90), at(90, -160), -0.25),
];
const fox =
  'M-140 120C-180 20 -120 -60 -40 -60L-20 -150L30 -86L92 -86L130 -146L140 -60C180 -20 170 30 230 50L168 76C150 110 90 116 60 116L70 170L20 170L10 130L-70 130L-74 176L-120 176Z';
const shapeCut: Drawing = [
  body(box(-300, -210, 600, 440, 6), glossy('#5a6180')),
  dashed(path(fox), white, 8, [18, 14]),
  ...placed(scissors, { x: -146, y: 60, turn: 178, scale: 0.85 }),
];
const puppetTaped: Drawing = [
  body(path(fox), glossy('#3a3f5c')),
  body(box(6, -30, 28, 330, 10), glossy(wood)),
  body(box(-44, 16, 128, 44, 5), '#eaf6ff', 5),
  ...straightArrow(at(160, 290), at(60, 200)),
];

/** Cut along a line that was drawn: card, cloth, paper. */
const lineCut = ({ seen }: SceneWords): Drawing => {
  const colour = /cloth|fabric|felt/.test(seen) ? '#8fb7ff' : /card/.test(seen) ? card : paper;
  return [
    body(box(-290, -190, 580, 380, 6), glossy(colour)),
    dashed(polyline(at(-280, 0), at(30, 0)), red, 9, [20, 16]),
    stroke(polyline(at(60, 0), at(284, 0)), ink, 7),
    ...placed(scissors, { x: 20, y: 0 }),
  ];
};

const isSnowflake = (topic: string): boolean => paperSnowflake.topic.test(topic) && paperSnowflake.never?.test(topic) !== true;
const lanternTopic = /lantern/;
const stand = /phone (stand|holder)/;
const puppets = /shadow puppet/;

export const papercraft: readonly Depiction[] = [
  when(
    ({ topic, action }) => lanternTopic.test(topic) && /draw/.test(action) && /line/.test(action),
    'a line along the open edge',
    () => lineDrawn,
  ),
  when(
    ({ topic, action }) => lanternTopic.test(topic) && /cut/.test(action) && /slits|fold/.test(action),
    'slits from the fold to the line',
    () => slitsCut,
  ),
  when(
    ({ topic, action }) => lanternTopic.test(topic) && /roll|tube/.test(action),
    'rolled into a tube',
    () => rolledUp,
  ),
  when(
    ({ topic, action }) => lanternTopic.test(topic) && /glue|tape/.test(action) && /overlap|edges/.test(action),
    'the edges overlap',
    () => glued,
  ),
  when(
    ({ topic, action }) => lanternTopic.test(topic) && /handle/.test(action),
    'pushed down until the ribs bow out',
    () => lanternPushed,
  ),
  when(
    ({ topic, action }) => isSnowflake(topic) && /cut/.test(action) && /tips?|top/.test(action),
    'the two tips cut off',
    () => cutWedge,
  ),
  when(
    ({ topic, action }) => isSnowflake(topic) && /snip|cut/.test(action) && /shapes|sides|notch/.test(action),
    'shapes snipped into both sides',
    () => shapesSnipped,
  ),
  when(
    ({ topic, action }) => isSnowflake(topic) && /unfold|open/.test(action),
    'unfolded: every cut appears six times',
    () => unfolded,
  ),
  when(
    ({ topic, action }) => /\bbook|booklet/.test(topic) && /fold/.test(action) && /half/.test(action) && /sheets|pages/.test(action),
    'sheets folded in half and laid into each other',
    () => nested,
  ),
  when(
    ({ topic, action }) => stand.test(topic) && /mark/.test(action) && /strip|parts/.test(action),
    'two lines across the strip',
    () => stripMarked,
  ),
  when(
    ({ topic, action }) => stand.test(topic) && /ribs/.test(action),
    'the ribs run along the strip',
    () => ribs,
  ),
  when(
    ({ topic, action }) => stand.test(topic) && /score/.test(action),
    'scored and bent',
    () => scored,
  ),
  when(
    ({ topic, action }) => stand.test(topic) && /slot|notch/.test(action),
    'a notch across the seat',
    () => notched,
  ),
  when(
    ({ topic, action }) => stand.test(topic) && /triangle/.test(action),
    'folded up and taped',
    () => triangleStand,
  ),
  when(
    ({ topic, action }) => puppets.test(topic) && /cut/.test(action) && /line|out/.test(action),
    'cut out along the line',
    () => shapeCut,
  ),
  when(
    ({ topic, action }) => puppets.test(topic) && /stick/.test(action) && /tape|glue/.test(action),
    'a stick taped to the back',
    () => puppetTaped,
  ),
  when(
    (scene) =>
      begins(scene, 'cut') &&
      /along (the|a|your) (drawn |pencil )?line/.test(scene.action) &&
      does(scene, 'cut') &&
      /paper|card|cloth|fabric|felt/.test(scene.seen),
    'cut along the line',
    lineCut,
  ),
];
