/** Paper and card that are cut, rolled, glued and wrapped; what is only folded stands in ../fold. */
import { curvedArrow, dimension, straightArrow, turnArrow } from '../drawing/arrows.ts';
import { beforeAfter } from '../drawing/before-after.ts';
import { glossy, guide, ink, mixed, orange, paper, red, white, wood } from '../drawing/colours.ts';
import { at } from '../drawing/geometry.ts';
import { area, body, cord, dashed, placed, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { box, ellipse, path, polygon, polyline } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { begins, does, type SceneWords } from '../recognise.ts';
import { shapesSnipped, snippedWedge, snowflake, tipsCut } from '../fold/models/paper-snowflake.ts';
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

const gift = '#ff6f91';
const gift2 = '#ffd84d';
const wrap: Drawing = [
  body(polygon(at(-290, -150), at(250, -150), at(290, 190), at(-250, 190)), glossy(gift)),
  ...[-180, -60, 60, 180].map((x) => stroke(polyline(at(x - 12, -144), at(x + 28, 184)), mixed(gift, white, 0.35), 8)),
];
const boxOn = (y = -70): Drawing => [
  body(polygon(at(-110, y), at(110, y), at(126, y + 130), at(-94, y + 130)), glossy('#e9c79a')),
  body(polygon(at(-94, y + 130), at(126, y + 130), at(126, y + 190), at(-94, y + 190)), '#c99f6c'),
];
const giftMeasured: Drawing = [...wrap, ...boxOn(), ...turnArrow(at(10, 20), at(190, 150), 160, 400)];
const giftPlaced: Drawing = [...wrap, ...boxOn(-90), ...straightArrow(at(10, -280), at(10, -110))];
const giftBox = '#e9c79a';
/** From the end: the box, and paper that goes around it. */
const end: Drawing = [body(box(-190, -110, 380, 220, 4), glossy(giftBox))];
const giftPulled: Drawing = [
  ...end,
  stroke(path('M-196 -20L-196 116L196 116L196 60'), ink, 24),
  ...cord(path('M40 -118L-198 -118L-198 118L198 118L198 60C200 20 260 10 300 -40'), gift, 12),
  body(box(6, -138, 80, 38, 4), '#eaf6ff', 5),
  ...curvedArrow(at(-290, 40), at(-60, -200), 0.36),
];
const giftClosed: Drawing = [
  ...end,
  ...cord(path('M60 -118L-198 -118L-198 118L198 118L198 -118L-50 -130'), gift, 12),
  ...cord(path('M-50 -130C-74 -134 -74 -112 -40 -116'), gift, 12),
  body(box(-104, -156, 96, 34, 4), '#eaf6ff', 5),
  ...curvedArrow(at(290, 40), at(60, -210), -0.36),
];
/** The open end of the wrapped box, as one looks into it. */
const opening: Drawing = [
  body(polygon(at(-190, -130), at(190, -130), at(290, -230), at(-290, -230)), mixed(gift, white, 0.2)),
  body(polygon(at(-190, 130), at(190, 130), at(290, 230), at(-290, 230)), mixed(gift, white, 0.1)),
  body(box(-190, -130, 380, 260, 2), glossy(giftBox)),
];
const sidesIn: Drawing = [
  ...opening,
  body(polygon(at(-190, -130), at(-60, 0), at(-190, 130)), glossy(gift)),
  body(polygon(at(190, -130), at(60, 0), at(190, 130)), glossy(gift)),
  ...straightArrow(at(-320, 0), at(-120, 0)),
  ...straightArrow(at(320, 0), at(120, 0)),
];
const flapsIn: Drawing = [
  body(polygon(at(-190, 130), at(190, 130), at(290, 230), at(-290, 230)), mixed(gift, white, 0.1)),
  body(box(-190, -130, 380, 260, 2), glossy(giftBox)),
  body(polygon(at(-190, -130), at(-60, 0), at(-190, 130)), glossy(gift)),
  body(polygon(at(190, -130), at(60, 0), at(190, 130)), glossy(gift)),
  body(polygon(at(-190, -130), at(190, -130), at(70, 6), at(-70, 6)), mixed(gift, white, 0.2)),
  ...curvedArrow(at(0, -240), at(0, -60), -0.2),
  ...curvedArrow(at(40, 270), at(40, 60), -0.2),
];
const ribboned: Drawing = [
  body(box(-220, -110, 440, 310, 14), glossy(gift)),
  body(box(-32, -110, 64, 310, 2), glossy(gift2)),
  body(box(-220, 20, 440, 58, 2), glossy(gift2)),
  body(path('M0 -110C-60 -250 -210 -250 -190 -160C-180 -110 -80 -100 0 -110Z'), glossy(gift2)),
  body(path('M0 -110C60 -250 210 -250 190 -160C180 -110 80 -100 0 -110Z'), glossy(gift2)),
  body(path('M-16 -110C-60 -60 -90 -30 -140 -20L-104 26C-60 0 -20 -50 0 -100Z'), glossy(gift2)),
  body(path('M16 -110C60 -60 90 -30 140 -20L104 26C60 0 20 -50 0 -100Z'), glossy(gift2)),
  body(box(-34, -138, 68, 56, 18), glossy(gift2)),
  ...curvedArrow(at(-90, -280), at(-260, -190), -0.3),
  ...curvedArrow(at(90, -280), at(260, -190), 0.3),
];

const strip = (x: number, turn: number): Drawing =>
  placed(
    [
      body(
        path('M-34 -180L-20 -186L0 -178L20 -186L34 -180L28 -90L36 0L28 90L34 180L10 174L-12 182L-34 176L-28 80L-36 -10L-28 -100Z'),
        { from: white, to: '#e4e2da' },
        6,
      ),
      ...[-120, -80, -40, 0, 40, 80, 120].map((y) => stroke(polyline(at(-16, y), at(16, y)), '#a9a7ae', 6)),
    ],
    { x, turn },
  );
const torn: Drawing = [
  ...strip(-200, -6),
  ...strip(-100, 2),
  ...strip(30, 0),
  ...strip(150, 9),
  ...curvedArrow(at(90, -220), at(230, -180), 0.3),
];
const upturned = (colour: string): Drawing => [
  body(path('M-230 120C-220 -70 -120 -150 -60 -150L60 -150C120 -150 220 -70 230 120Z'), glossy(colour)),
  body(box(-250, 104, 500, 36, 16), glossy(mixed(colour, ink, 0.1))),
];
const filmed: Drawing = [
  ...upturned('#8fb7ff'),
  {
    ...body(
      path(
        'M-270 150C-262 -96 -140 -180 -60 -184L60 -184C140 -180 262 -96 270 150L240 176L200 150L150 172L90 152L30 174L-40 152L-100 172L-160 150L-220 174Z',
      ),
      '#eefaff',
      5,
    ),
    opacity: 0.72,
  },
  shine(path('M-190 -10C-170 -80 -130 -124 -80 -138'), 12),
  ...curvedArrow(at(-300, -160), at(-330, 90), -0.2),
  ...curvedArrow(at(300, -160), at(330, 90), 0.2),
];
const patch = (x: number, y: number, turn: number): Drawing =>
  placed(
    [
      body(box(-78, -26, 156, 52, 5), { from: white, to: '#e9e4d6' }, 5),
      ...[-44, -14, 16, 46].map((line) => stroke(polyline(at(line, -10), at(line + 16, -10)), '#aaa7b0', 5)),
      ...[-44, -14, 16, 46].map((line) => stroke(polyline(at(line, 8), at(line + 16, 8)), '#aaa7b0', 5)),
    ],
    { x, y, turn },
  );
const coat = (directions: readonly number[]): Drawing =>
  directions.flatMap((turn, index) =>
    [
      [-130, 62],
      [0, 66],
      [130, 60],
      [-84, -24],
      [60, -22],
      [-16, -104],
    ].flatMap(([x = 0, y = 0]) => patch(x + index * 8, y - index * 6, turn + (x > 0 ? 14 : -14))),
  );
const firstLayer: Drawing = [
  ...upturned('#8fb7ff'),
  ...coat([10]).slice(0, 50),
  ...patch(150, -220, 30),
  ...curvedArrow(at(210, -180), at(120, -70), -0.25),
];
const moreLayers: Drawing = [
  ...upturned('#8fb7ff'),
  ...coat([0]),
  ...coat([80]),
  ...curvedArrow(at(-290, 60), at(-120, -190), 0.25),
  ...curvedArrow(at(290, 60), at(120, -190), -0.25),
];

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

const lanternTopic = /lantern/;
const giftTopic = /\b(gift|present)\b/;
const bowlTopic = /papier|paper m[aâ]ch/;
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
    ({ topic, action }) => /snowflake/.test(topic) && /cut/.test(action) && /tips?|top/.test(action),
    'the two tips cut off',
    () => cutWedge,
  ),
  when(
    ({ topic, action }) => /snowflake/.test(topic) && /snip|cut/.test(action) && /shapes|sides|notch/.test(action),
    'shapes snipped into both sides',
    () => shapesSnipped,
  ),
  when(
    ({ topic, action }) => /snowflake/.test(topic) && /unfold|open/.test(action),
    'unfolded: every cut appears six times',
    () => unfolded,
  ),
  when(
    ({ topic, action }) => /\bbook|booklet/.test(topic) && /fold/.test(action) && /half/.test(action) && /sheets|pages/.test(action),
    'sheets folded in half and laid into each other',
    () => nested,
  ),
  when(
    ({ topic, action }) => giftTopic.test(topic) && /measure/.test(action) && /paper/.test(action),
    'the paper once around the box',
    () => giftMeasured,
  ),
  when(
    ({ topic, action }) => giftTopic.test(topic) && /place|put|lay/.test(action) && /face down|upside/.test(action),
    'the box face down in the middle',
    () => giftPlaced,
  ),
  when(
    ({ topic, action }) => giftTopic.test(topic) && /one side/.test(action) && /tape/.test(action),
    'one side pulled over and taped',
    () => giftPulled,
  ),
  when(
    ({ topic, action }) => giftTopic.test(topic) && /edge/.test(action) && /fold/.test(action),
    'the other side with a folded edge',
    () => giftClosed,
  ),
  when(
    ({ topic, action }) => giftTopic.test(topic) && /push/.test(action) && /sides/.test(action),
    'both sides of one end pushed in',
    () => sidesIn,
  ),
  when(
    ({ topic, action }) => giftTopic.test(topic) && /flaps?/.test(action),
    'the upper flap down, the lower one up',
    () => flapsIn,
  ),
  when(
    ({ topic, action }) => giftTopic.test(topic) && /ribbon|bow/.test(action),
    'a ribbon and a bow',
    () => ribboned,
  ),
  when(
    (scene) => begins(scene, 'tear', 'rip') && /strips/.test(scene.action) && /paper/.test(scene.action),
    'paper torn into strips',
    () => torn,
  ),
  when(
    ({ topic, action }) => bowlTopic.test(topic) && /film|wrap/.test(action) && /cover/.test(action),
    'film over the upturned bowl',
    () => filmed,
  ),
  when(
    ({ topic, action }) => bowlTopic.test(topic) && /first layer|strips/.test(action) && /lay|dip/.test(action),
    'strips that overlap',
    () => firstLayer,
  ),
  when(
    ({ topic, action }) => bowlTopic.test(topic) && /more layers/.test(action),
    'each layer in another direction',
    () => moreLayers,
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
