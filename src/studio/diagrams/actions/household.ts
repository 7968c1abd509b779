/** Candles, knives, eggs, kettles, backdrops and wreaths. */
import { curvedArrow, dimension, straightArrow, turnArrow } from '../drawing/arrows.ts';
import { badge } from '../drawing/lettering.ts';
import { accent, blue, glossy, green, grey, ink, metal, metalDark, mixed, red, water, white, wood, woodDark } from '../drawing/colours.ts';
import { at, polar } from '../drawing/geometry.ts';
import { area, body, cord, dashed, freeStroke, placed, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { arc, box, circle, ellipse, path, polyline, through } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { sprig } from '../things/plants.ts';
import { knife, spoon } from '../things/tools.ts';
import { flames, jar, jug, steam } from '../things/vessels.ts';

const wax = '#fff0c2';
const wick = (top: number): Drawing => [body(box(-34, -16, 68, 14, 4), metalDark, 4), ...cord(polyline(at(0, -18), at(0, top)), white, 8)];
const wickFixed: Drawing = [...jar([], { width: 120, height: 260, within: wick(-330) }), ...straightArrow(at(70, -380), at(70, -70))];
const pencils: Drawing = [
  ...jar([{ colour: wax, until: 0.72 }], { width: 120, height: 260, within: wick(-350) }),
  body(box(-210, -290, 420, 26, 8), glossy(accent)),
  body(box(-190, -262, 420, 26, 8), glossy(mixed(accent, red, 0.3))),
  ...cord(polyline(at(6, -240), at(6, -350)), white, 8),
];
const doubleBoiler: Drawing = [
  ...flames(150),
  body(path('M-230 -60L230 -60L210 84L-210 84Z'), '#c9d4ea'),
  area(path('M-222 -20L222 -20L208 78L-208 78Z'), water, 0.9),
  body(path('M-140 -150L140 -150L124 40L-124 40Z'), glossy(metalDark)),
  area(path('M-134 -60L134 -60L120 34L-120 34Z'), wax),
  ...placed(spoon, { x: 40, y: -40, turn: 18 }),
  stroke(path('M-230 -60L-210 84L210 84L230 -60'), ink),
  stroke(path('M-140 -150L-124 40L124 40L140 -150'), ink),
];

const stone: Drawing = [body(box(-260, 40, 520, 70, 10), glossy('#9db3d8')), body(box(-300, 108, 600, 44, 14), glossy('#6fa2e8'))];
const angled: Drawing = [
  ...stone,
  ...placed([body(path('M0 0L330 -14L336 -30L0 -2Z'), glossy(metal), 5), body(box(326, -48, 60, 50, 12), ink)], {
    x: -150,
    y: 40,
    turn: -15,
  }),
  dashed(polyline(at(-150, 38), at(230, 38)), white, 6, [14, 12]),
  stroke(arc(at(-150, 40), 230, -15, 0), accent, 12),
  ...badge('15°', at(180, -190), 52),
];
const flatStone: Drawing = [
  body(box(-270, -110, 540, 220, 18), glossy('#9db3d8')),
  ...[-60, 0, 60].map((y) => stroke(polyline(at(-240, y), at(240, y)), mixed('#9db3d8', white, 0.4), 4)),
];
const swept: Drawing = [
  ...flatStone,
  ...placed(knife, { x: -190, y: -30, turn: 28, scale: 1 }),
  ...curvedArrow(at(-120, 190), at(190, 150), -0.12),
];
const turnedKnife: Drawing = [
  ...flatStone,
  ...placed(knife, { x: 190, y: -30, turn: -28, flip: true }),
  ...turnArrow(at(-230, 130), at(60, 80), 210, 20),
];
const paperTest: Drawing = [
  body(path('M-190 -270L120 -270L120 40L-190 40Z'), { from: white, to: '#e9e6dd' }),
  freeStroke(polyline(at(-30, -40), at(-30, 44)), ink, 4),
  body(path('M-190 40L-34 40L-34 -60L-30 -60L-30 130L-190 150Z'), { from: '#efece3', to: white }, 5),
  ...placed(knife, { x: -50, y: 30, turn: -14 }),
  ...straightArrow(at(200, -140), at(200, -30)),
];

const egg = (x: number, y: number, turn = 0): Drawing =>
  placed(
    [
      body(path('M0 -60C40 -60 62 0 56 34C48 72 -48 72 -56 34C-62 0 -40 -60 0 -60Z'), { from: white, to: '#f2d8bc' }),
      shine(path('M-26 -10C-24 -26 -16 -38 -6 -42'), 8),
    ],
    { x, y, turn },
  );
const openPot = (level: number): Drawing => [
  { ...area(path('M-210 -220L210 -220L196 60L-196 60Z'), '#eef5ff'), solid: true },
  area(path(`M-206 ${-220 + level}L206 ${-220 + level}L194 54L-194 54Z`), water, 0.85),
];
const potShell: Drawing = [
  stroke(path('M-210 -220L-196 60L196 60L210 -220'), ink, 16),
  body(box(-286, -190, 80, 30, 14), ink),
  body(box(206, -190, 80, 30, 14), ink),
];
const lowered: Drawing = [
  ...openPot(70),
  ...egg(-100, -22, 10),
  ...egg(90, -20, -14),
  ...potShell,
  ...egg(0, -214),
  ...placed(
    [
      body(box(-8, -330, 16, 300, 8), metalDark),
      body(path('M-76 -30C-70 40 70 40 76 -30Z'), glossy(metal)),
      ...[-36, 0, 36].map((x) => body(circle(x, -4, 6), ink, 2)),
    ],
    { x: 60, y: -170, turn: 24 },
  ).slice(0, 1),
  body(path('M-80 -180C-70 -120 70 -120 80 -180Z'), glossy(metal)),
  ...straightArrow(at(-150, -360), at(-150, -180)),
];
const boiled: Drawing = [
  ...openPot(60),
  ...potShell,
  ...[-100, -30, 50, 120].flatMap((x, index) => [body(circle(x, -60 - (index % 2) * 50, 15), '#d9f1ff', 4)]),
  ...flames(150),
  ...steam(0, -250),
];
const iced: Drawing = [
  body(path('M-240 -130L240 -130C232 20 150 90 80 90L-80 90C-150 90 -232 20 -240 -130Z'), '#dff1ff'),
  area(path('M-230 -100L230 -100C218 10 146 82 78 82L-78 82C-146 82 -218 10 -230 -100Z'), water, 0.8),
  ...egg(-90, 0, 14),
  ...egg(80, 14, -20),
  ...[
    [-160, -110, 12],
    [-20, -96, -10],
    [130, -106, 20],
  ].flatMap(([x = 0, y = 0, turn = 0]) =>
    placed([body(box(-40, -40, 80, 80, 16), '#eefaff', 5), shine(polyline(at(-18, -18), at(8, -18)), 7)], { x, y, turn }),
  ),
  stroke(path('M-240 -130C-232 20 -150 90 -80 90L80 90C150 90 232 20 240 -130')),
  ...curvedArrow(at(-210, -310), at(-90, -180), 0.2),
];

const kettle = (level: number): Drawing => [
  ...cord(path('M60 -250C240 -270 290 -120 190 -30'), ink, 22),
  { ...area(path('M-120 -230L120 -230L170 60L-170 60Z'), '#eef5ff'), solid: true },
  ...(level > 0
    ? [
        area(
          path(`M${-120 - 50 * (1 - level)} ${60 - 290 * level}L${120 + 50 * (1 - level)} ${60 - 290 * level}L168 56L-168 56Z`),
          water,
          0.85,
        ),
      ]
    : []),
  body(path('M-128 -180L-230 -230L-200 -170L-146 -90Z'), glossy(metal)),
  stroke(path('M-120 -230L120 -230L170 60L-170 60Z')),
  body(box(-190, 56, 380, 40, 14), glossy(grey)),
];
const halfFilled: Drawing = [
  ...kettle(0.5),
  ...dimension(at(-250, 52), at(-250, -82)),
  ...placed(jug('#a5dcff'), { x: 24, y: -330, scale: 0.7 }),
  body(path('M-8 -330L16 -336L14 -86L-8 -86Z'), '#a5dcff', 4),
];
const acidAdded: Drawing = [
  ...kettle(0.5),
  ...placed(spoon, { x: -10, y: -290, turn: 70, scale: 1 }),
  area(ellipse(-10, -300, 34, 14), white),
  ...[at(-40, -210), at(-10, -180), at(-30, -140)].map(({ x, y }) => area(circle(x, y, 7), white)),
  ...straightArrow(at(-90, -400), at(-90, -260)),
];
const warmed: Drawing = [...kettle(0.5), ...steam(-20, -260)];

const backdrop = (paperEnd: boolean): Drawing => [
  body(box(-290, -300, 34, 560, 4), { from: white, to: '#e7e0cf' }),
  body(box(-240, 120, 500, 34, 8), glossy(wood)),
  body(box(-210, 152, 30, 130, 6), glossy(woodDark)),
  body(box(200, 152, 30, 130, 6), glossy(woodDark)),
  ...(paperEnd
    ? cord(path('M-244 -270L-244 0C-244 80 -200 108 -120 108L240 108'), '#9fd0ff', 13)
    : cord(path('M-244 -270L-244 60C-240 90 -236 110 -230 118'), '#9fd0ff', 13)),
  body(box(-262, -290, 44, 40, 4), '#ffe9a0', 5),
];
const vase: Drawing = [
  body(path('M-30 -100C-30 -70 -54 -60 -54 -20C-54 10 -30 16 0 16C30 16 54 10 54 -20C54 -60 30 -70 30 -100Z'), glossy('#e5835a')),
];
const taped: Drawing = [...backdrop(false), ...dimension(at(-170, -270), at(-170, 110))];
const curved: Drawing = [...backdrop(true), body(box(206, 86, 54, 36, 4), '#ffe9a0', 5), ...curvedArrow(at(-180, -150), at(60, 40), -0.28)];
const subject: Drawing = [...backdrop(true), ...placed(vase, { x: 60, y: 84 }), ...dimension(at(-232, -60), at(0, -60))];
/** From above: the window on the left, the card on the right. */
const reflected: Drawing = [
  body(box(-310, -190, 34, 380, 4), glossy('#9fd8ff')),
  body(box(-160, -200, 340, 400, 10), glossy(wood)),
  body(circle(0, 20, 54), glossy('#e5835a')),
  body(circle(0, 20, 30), mixed('#e5835a', ink, 0.35), 4),
  body(box(200, -150, 30, 340, 4), white),
  ...[-90, 20, 130].flatMap((y) => straightArrow(at(-260, y), at(-90, y), { size: 11 })),
  ...straightArrow(at(190, -60), at(70, 0), { size: 11, colour: white }),
  ...straightArrow(at(190, 110), at(70, 50), { size: 11, colour: white }),
];
const shot: Drawing = [
  ...backdrop(true),
  ...placed(vase, { x: 0, y: 84 }),
  body(box(310, -70, 40, 150, 10), glossy(ink)),
  body(circle(308, -40, 12), blue, 4),
  ...straightArrow(at(290, 20), at(90, 20)),
  freeStroke(polyline(at(330, 90), at(330, 260)), ink, 12),
];

const ringAt = 200;
const ring: Drawing = [...cord(arc(at(0, 0), ringAt, 0, 360), '#b98a5a', 14)];
const bundle = (degrees: number): Drawing => placed(sprig(), { ...polar(at(0, 0), ringAt, degrees), turn: degrees + 180, scale: 1.1 });
const winds = (degrees: number): Drawing =>
  [0, 7, 14].flatMap((shift) =>
    cord(polyline(polar(at(0, 0), ringAt - 24, degrees + shift), polar(at(0, 0), ringAt + 24, degrees + shift + 4)), metal, 6),
  );
const wireTied: Drawing = [
  ...ring,
  ...winds(-90),
  ...cord(through(polar(at(0, 0), ringAt + 20, -74), at(180, -270), at(290, -200)), metal, 6),
  body(box(260, -220, 90, 110, 12), glossy(green)),
];
const bundleWrapped: Drawing = [...ring, ...bundle(-90), ...winds(-106), ...turnArrow(polar(at(0, 0), ringAt, -104), at(56, 84), 150, 400)];
const overlapped: Drawing = [
  ...ring,
  ...[-20, -48, -76, -104, -132, -160].flatMap(bundle),
  ...winds(-172),
  ...turnArrow(at(0, 0), 118, 0, -150),
];
const closedRing: Drawing = [
  ...ring,
  ...Array.from({ length: 11 }, (_, index) => bundle(-60 - index * 30)).flat(),
  ...curvedArrow(at(60, -330), at(100, -230), 0.2),
];

const candle = /candle/;
const sharpen = /sharpen/;
const eggs = /\beggs?\b/;
const scale = /descale|limescale/;
const photo = /backdrop/;
const wreath = /wreath/;

export const household: readonly Depiction[] = [
  when(
    ({ topic, action }) => candle.test(topic) && /wick/.test(action) && /\b(fix|glue|stick)\b/.test(action),
    'the wick in the middle of the jar',
    () => wickFixed,
  ),
  when(
    ({ topic, action }) => candle.test(topic) && /melt/.test(action) && /water|wax/.test(action),
    'a pot of wax in a pan of water',
    () => doubleBoiler,
  ),
  when(
    ({ topic, action }) => candle.test(topic) && /pencils?|sticks?/.test(action) && /wick/.test(action),
    'two pencils hold the wick',
    () => pencils,
  ),
  when(
    ({ topic, action }) => sharpen.test(topic) && /angle/.test(action),
    'the angle of the blade',
    () => angled,
  ),
  when(
    ({ topic, action }) => sharpen.test(topic) && /push|sweep|draw/.test(action) && /edge|blade/.test(action),
    'from heel to tip along the stone',
    () => swept,
  ),
  when(
    ({ topic, action }) => sharpen.test(topic) && /turn/.test(action) && /over/.test(action),
    'the same on the other side',
    () => turnedKnife,
  ),
  when(
    ({ topic, action }) => sharpen.test(topic) && /paper/.test(action),
    'it glides through paper',
    () => paperTest,
  ),
  when(
    ({ topic, action }) => eggs.test(topic) && /boil/.test(action) && /water/.test(action) && /bring/.test(action),
    'water that boils',
    () => boiled,
  ),
  when(
    ({ topic, action }) => eggs.test(topic) && /lower/.test(action),
    'eggs lowered in with a spoon',
    () => lowered,
  ),
  when(
    ({ topic, action }) => eggs.test(topic) && /ice/.test(action),
    'eggs in ice water',
    () => iced,
  ),
  when(
    ({ topic, action }) => scale.test(topic) && /fill/.test(action) && /half/.test(action),
    'the kettle half full',
    () => halfFilled,
  ),
  when(
    ({ topic, action }) => scale.test(topic) && /add/.test(action) && /acid|vinegar/.test(action),
    'the acid added',
    () => acidAdded,
  ),
  when(
    ({ topic, action }) => scale.test(topic) && /warm|heat/.test(action),
    'warm, but not boiling',
    () => warmed,
  ),
  when(
    ({ topic, action }) => photo.test(topic) && /tape/.test(action) && /wall/.test(action),
    'the paper taped high on the wall',
    () => taped,
  ),
  when(
    ({ topic, action }) => photo.test(topic) && /curve|sweep/.test(action),
    'one soft curve onto the table',
    () => curved,
  ),
  when(
    ({ topic, action }) => photo.test(topic) && /subject/.test(action) && /away|place/.test(action),
    'away from the wall',
    () => subject,
  ),
  when(
    ({ topic, action }) => photo.test(topic) && /card|reflector/.test(action),
    'the card throws light back',
    () => reflected,
  ),
  when(
    ({ topic, action }) => photo.test(topic) && /height/.test(action) && /shoot|camera/.test(action),
    'the camera as high as the subject',
    () => shot,
  ),
  when(
    ({ topic, action }) => wreath.test(topic) && /tie/.test(action) && /wire/.test(action),
    'wire around the ring',
    () => wireTied,
  ),
  when(
    ({ topic, action }) => wreath.test(topic) && /bundle/.test(action) && /wrap/.test(action),
    'a bundle wired to the ring',
    () => bundleWrapped,
  ),
  when(
    ({ topic, action }) => wreath.test(topic) && /overlap|next/.test(action),
    'each bundle covers the stems of the last',
    () => overlapped,
  ),
  when(
    ({ topic, action }) => wreath.test(topic) && /last stems|tuck/.test(action),
    'the last stems tucked under the first leaves',
    () => closedRing,
  ),
];
