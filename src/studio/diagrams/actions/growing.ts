/** Pots, soil, seeds and what grows in them, cut open where that says more. */
import { curvedArrow, dimension, straightArrow, turnArrow } from '../drawing/arrows.ts';
import { glossy, green, ink, leafDark, mixed, red, soil, terracotta, water, white, wood, woodDark } from '../drawing/colours.ts';
import { at } from '../drawing/geometry.ts';
import { area, body, cord, dashed, freeStroke, placed, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, ellipse, path, polyline, through } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { begins, does, type SceneWords } from '../recognise.ts';
import { crumbs, drops, moss, plant, rootBall, sprig, stones, sun, twigs, wateringCan } from '../things/plants.ts';
import { scissors, spoon } from '../things/tools.ts';
import { bottle, cutOpen, flowerpot, jar } from '../things/vessels.ts';

const pot = (level: number): Drawing =>
  cutOpen(
    { bottom: 104, top: 150, height: 230, colour: terracotta, wall: 22 },
    level === 0 ? [] : [{ colour: soil, until: level, loose: true }],
  );

const filling = (to: number, from: number): Drawing => straightArrow(at(0, from), at(0, to));

const soilBelow: Drawing = [...pot(0.34), ...crumbs(12, 86, -60, -14, '#a98468'), ...filling(-110, -330)];
const soilTop: Drawing = [
  ...pot(0.8),
  ...crumbs(22, 96, -170, -14, '#a98468'),
  ...dimension(at(196, -228), at(196, -184)),
  ...filling(-206, -380),
];

const tippedOut: Drawing = [
  ...placed(flowerpot(120, 190), { x: -60, y: 0, turn: -90 }),
  ...placed([...rootBall(92, 120), ...plant(1.05)], { x: -400, y: 4, turn: -90 }),
  ...straightArrow(at(-280, -190), at(-440, -190)),
  ...curvedArrow(at(-150, -200), at(-150, -132), 0),
  ...curvedArrow(at(-150, 206), at(-150, 138), 0),
];

const planted: Drawing = [
  ...placed(plant(0.95), { y: -206 }),
  ...pot(0.8),
  ...placed(rootBall(70, 104), { y: -184 }),
  ...curvedArrow(at(-190, -350), at(-108, -210), -0.2),
  ...curvedArrow(at(190, -350), at(108, -210), 0.2),
];

const wateredPot: Drawing = [
  ...placed(plant(1), { y: -176 }),
  ...flowerpot(130, 200),
  body(path('M-150 -6L150 -6L128 28L-128 28Z'), glossy(mixed(terracotta, white, 0.15))),
  ...placed(wateringCan, { x: 186, y: -362, turn: -12 }),
  ...drops([
    [168, -296],
    [136, -262],
    [164, -236],
  ]),
];

const fingerTest: Drawing = [
  ...pot(0.78),
  ...crumbs(20, 96, -160, -14, '#a98468'),
  body(path('M-26 -330L26 -330L24 -150C24 -122 -24 -122 -24 -150Z'), glossy('#f2b98f')),
  body(path('M-14 -150C-14 -132 14 -132 14 -150L12 -160L-12 -160Z'), '#ffe3d2', 4),
  ...dimension(at(70, -178), at(70, -128)),
];

const quarterTurn: Drawing = [
  ...placed(plant(1), { y: -176 }),
  ...flowerpot(130, 200),
  ...turnArrow(at(0, -60), at(214, 60), 168, 20),
  ...sun(270, -350),
];

const cutAbove: Drawing = [
  freeStroke(path('M0 200C-6 60 4 -80 0 -190'), leafDark, 20),
  ...placed(sprig(), { y: -170, scale: 1.2 }),
  ...[1, -1].flatMap((side) =>
    placed(
      [
        body(path('M0 0C20 -80 120 -110 200 -90C190 -10 100 40 0 0Z'), glossy(green)),
        stroke(path('M12 -6C70 -40 120 -66 176 -82'), leafDark, 6),
      ],
      { y: 40, flip: side < 0 },
    ),
  ),
  dashed(polyline(at(-76, -36), at(86, -36)), red, 9, [18, 15]),
  ...placed(scissors, { x: 130, y: -36, scale: 0.95 }),
];

/** What is in the jar, from below: stones, charcoal, soil. */
const terrarium = (layers: number): Drawing => {
  const heights = [0.16, 0.23, 0.5];
  const colours = ['#c6cddd', '#3a3c4e', soil];
  return jar(
    heights.slice(0, layers).map((until, index) => ({ colour: colours[index] ?? soil, until, loose: index > 0 })),
    { width: 160, height: 330 },
  );
};
const pebbles = [...stones(7, 132, -27, 18), ...stones(6, 118, -50, 16)];

function layered({ action }: SceneWords): Drawing {
  if (/stones?|pebbles|gravel/.test(action)) return [...terrarium(0), ...pebbles, ...filling(-80, -420)];
  if (/charcoal/.test(action)) return [...terrarium(2), ...pebbles, ...crumbs(10, 140, -74, -58, '#71748c'), ...filling(-100, -420)];
  if (/soil/.test(action)) return [...terrarium(3), ...pebbles, ...crumbs(16, 140, -160, -84, '#a98468'), ...filling(-190, -450)];
  return [...terrarium(3), ...pebbles];
}
const jarPlanted: Drawing = [
  ...placed(plant(0.72), { x: -30, y: -160 }),
  ...moss(76, -166, 40),
  ...placed(spoon, { x: 96, y: -200, turn: 18, scale: 1.1 }),
];
const terrariumPlanted: Drawing = [...terrarium(3), ...pebbles, ...jarPlanted];
const terrariumClosed: Drawing = [
  ...jar(
    [
      { colour: '#c6cddd', until: 0.16 },
      { colour: '#3a3c4e', until: 0.23, loose: true },
      { colour: soil, until: 0.5, loose: true },
    ],
    { width: 160, height: 330, lid: true },
  ),
  ...pebbles,
  ...placed(plant(0.62), { x: -24, y: -160 }),
  ...moss(80, -166, 40),
  ...drops([
    [110, -270],
    [-116, -230],
    [60, -236],
  ]),
];

const heapBase: Drawing = [body(box(-300, 0, 600, 40, 12), glossy(soil))];
const heapLayer = (y: number, height: number, colour: string, narrow: number): Drawing => [
  body(path(`M${-250 + narrow} ${y}C${-240 + narrow} ${y - height} ${240 - narrow} ${y - height} ${250 - narrow} ${y}Z`), glossy(colour)),
];
const slab = (y: number, height: number, colour: string, narrow: number): Drawing => [
  body(box(-240 + narrow, y - height, 480 - 2 * narrow, height, 26), glossy(colour)),
];
const brown = '#c08a52';
const greenStuff = '#83c95f';

function heaped({ action }: SceneWords): Drawing {
  const layers = [...heapBase, ...twigs(-12)];
  const first = [...layers, ...slab(-44, 96, brown, 0)];
  if (/twigs|branches/.test(action)) return [...layers, ...filling(-66, -220)];
  if (/cover/.test(action)) return [...first, ...slab(-140, 52, greenStuff, 14), ...slab(-192, 96, brown, 26), ...filling(-296, -420)];
  if (/green/.test(action))
    return [
      ...first,
      ...slab(-140, 52, greenStuff, 14),
      ...dimension(at(290, -138), at(290, -46)),
      ...dimension(at(290, -194), at(290, -146)),
      ...filling(-200, -350),
    ];
  return [...first, ...filling(-148, -300)];
}
const heapTurned: Drawing = [
  ...heapBase,
  ...heapLayer(0, 300, brown, 0),
  ...crumbs(26, 150, -180, -20, greenStuff),
  ...curvedArrow(at(-190, -30), at(-40, -250), 0.4),
  ...curvedArrow(at(40, -250), at(200, -30), 0.4),
];

/** A bottle cut in two, its upper half turned over and hung into the lower one. */
const lower = 'M-96 -190L-96 -26C-96 -8 -84 0 -66 0L66 0C84 0 96 -8 96 -26L96 -190';
const upperHalf: Drawing = [
  body(path('M-34 -200L-34 -140C-34 -100 -96 -90 -96 -30L-96 0L96 0L96 -30C96 -90 34 -100 34 -140L34 -200Z'), '#e8f5ff'),
  body(box(-42, -226, 84, 44, 8), glossy('#4b8dff')),
];
const lowerHalf = (level: number): Drawing => [
  { ...area(path(`${lower}Z`), '#e8f5ff'), solid: true },
  ...(level > 0 ? [area(path(`M-92 ${-level}L-92 -26C-92 -10 -82 -4 -66 -4L66 -4C82 -4 92 -10 92 -26L92 ${-level}Z`), water, 0.85)] : []),
  stroke(path(lower)),
];
const cutBottle: Drawing = [
  ...placed(upperHalf, { y: -240, x: 0 }),
  ...lowerHalf(0),
  dashed(polyline(at(-140, -216), at(140, -216)), red, 9, [20, 16]),
  ...placed(scissors, { x: 176, y: -216, scale: 0.95 }),
];
const wick: Drawing = cord(through(at(0, -150), at(8, -90), at(-8, -50), at(4, -20)), white, 8);
/** From the table up: the tank, the cap, the wick and the funnel of soil. */
const planter = (filled: 'empty' | 'soil' | 'plant', level: number): Drawing => [
  ...lowerHalf(level),
  ...wick,
  ...placed(upperHalf, { turn: 180, y: -300 }),
  ...(filled === 'empty'
    ? []
    : [
        area(path('M-92 -300L-92 -266C-92 -212 -34 -200 -34 -164L34 -164C34 -200 92 -212 92 -266L92 -300Z'), soil),
        ...crumbs(12, 76, -290, -230, '#a98468'),
      ]),
  ...(filled === 'empty' ? [] : cord(through(at(0, -100), at(0, -160), at(6, -220), at(-4, -260)), white, 8)),
  ...(filled === 'plant' ? placed(plant(0.9), { y: -300 }) : []),
];

const capHole: Drawing = [
  body(circle(0, 0, 150), glossy('#4b8dff')),
  ...Array.from({ length: 24 }, (_, index) =>
    stroke(
      polyline(
        at(Math.cos((index * Math.PI) / 12) * 138, Math.sin((index * Math.PI) / 12) * 138),
        at(Math.cos((index * Math.PI) / 12) * 148, Math.sin((index * Math.PI) / 12) * 148),
      ),
      ink,
      5,
    ),
  ),
  body(circle(0, 0, 104), '#7fb0ff', 5),
  body(circle(0, 0, 22), ink),
  ...straightArrow(at(170, -190), at(32, -36)),
];
const capString: Drawing = [
  ...cord(path('M0 -250C30 -200 -24 -150 0 -90'), white, 14),
  body(path('M-130 -80L130 -80L130 60C130 84 -130 84 -130 60Z'), glossy('#4b8dff')),
  ...[-90, -54, -18, 18, 54, 90].map((x) => stroke(polyline(at(x, -60), at(x, 60)), ink, 5, 0.5)),
  ...cord(path('M0 80C-24 130 30 180 0 240'), white, 14),
  ...straightArrow(at(86, -120), at(86, -270)),
];

const feederBottle: Drawing = bottle([{ colour: '#e8c27a', until: 0.85, loose: true }], { cap: '#e5484d' });
const through1 = (y: number): Drawing => [...placed(spoon, { x: -176, y, turn: 88, scale: 1.15 })];
const hungFeeder: Drawing = [
  ...cord(path('M-30 -392C-40 -470 40 -470 30 -392'), '#c98746', 7),
  ...cord(polyline(at(0, -450), at(0, -540)), '#c98746', 7),
  body(box(-220, -570, 440, 36, 16), glossy(woodDark)),
  ...feederBottle,
  ...through1(-70),
  ...placed(through1(-140), { flip: true }),
];
const holesIn = (extra: Drawing): Drawing => [
  ...bottle([]),
  body(circle(-84, -70, 13), ink, 4),
  body(circle(84, -88, 13), ink, 4),
  ...extra,
];

const feeder = /bird ?feeder/;
const self = /self[- ]watering/;

export const growing: readonly Depiction[] = [
  when(
    ({ topic, action, seen }) => self.test(topic) && /bottle/.test(seen) && /cut/.test(action) && /half|bottle/.test(action),
    'the bottle cut in two',
    () => cutBottle,
  ),
  when(
    ({ topic, action, seen }) => self.test(topic) && /bottle/.test(seen) && /hole/.test(action) && /cap/.test(action),
    'a hole in the middle of the cap',
    () => capHole,
  ),
  when(
    ({ topic, action, seen }) => self.test(topic) && /bottle/.test(seen) && /string|wick/.test(action) && /through/.test(action),
    'the string pulled through the cap',
    () => capString,
  ),
  when(
    ({ topic, action, seen }) => self.test(topic) && /bottle/.test(seen) && /upside/.test(action),
    'the upper half stands upside down in the base',
    () => [...planter('empty', 0), ...straightArrow(at(170, -420), at(170, -250))],
  ),
  when(
    ({ topic, action, seen }) => self.test(topic) && /bottle/.test(seen) && /soil/.test(action),
    'soil around the string',
    () => [...planter('soil', 0), ...straightArrow(at(0, -440), at(0, -318))],
  ),
  when(
    ({ topic, action, seen }) => self.test(topic) && /bottle/.test(seen) && /water/.test(action) && /tank|base|pour/.test(action),
    'water in the tank',
    () => [...planter('plant', 64), ...dimension(at(140, -4), at(140, -62))],
  ),
  when(
    ({ topic, action, seen }) => feeder.test(topic) && /bottle/.test(seen) && /hole/.test(action) && /bottom/.test(action),
    'two holes near the bottom',
    () => holesIn([...straightArrow(at(-230, -70), at(-112, -70)), ...straightArrow(at(230, -88), at(112, -88))]),
  ),
  when(
    ({ topic, action, seen }) => feeder.test(topic) && /bottle/.test(seen) && /spoon/.test(action) && /through/.test(action),
    'a spoon through both holes',
    () => [...bottle([]), ...through1(-72), ...straightArrow(at(-60, 60), at(120, 60))],
  ),
  when(
    ({ topic, action, seen }) => feeder.test(topic) && /bottle/.test(seen) && /second spoon/.test(action),
    'a second spoon, higher and crosswise',
    () => [
      ...bottle([]),
      ...through1(-64),
      body(ellipse(0, -138, 40, 27), glossy(wood)),
      body(ellipse(0, -138, 21, 12), woodDark, 4),
      ...dimension(at(136, -72), at(136, -136)),
    ],
  ),
  when(
    ({ topic, action, seen }) => feeder.test(topic) && /bottle/.test(seen) && /hang/.test(action),
    'the feeder hung up high',
    () => hungFeeder,
  ),
  when(
    (scene) =>
      /soil|mix|compost/.test(scene.action) &&
      /bottom/.test(scene.action) &&
      /\bpot\b/.test(scene.seen) &&
      begins(scene, 'put', 'fill', 'add', 'place'),
    'soil in the bottom of the pot',
    () => soilBelow,
  ),
  when(
    (scene) => begins(scene, 'fill') && /\bpots?\b/.test(scene.action) && /soil|mix|compost/.test(scene.action),
    'soil up to two fingers below the rim',
    () => soilTop,
  ),
  when(
    (scene) =>
      begins(scene, 'tip', 'slide', 'ease', 'lift') &&
      /plant/.test(scene.action) &&
      /\bout\b/.test(scene.action) &&
      /\bpot\b/.test(scene.seen),
    'the plant slides out on its side',
    () => tippedOut,
  ),
  when(
    (scene) =>
      begins(scene, 'set', 'place', 'put') &&
      /fill around|middle/.test(scene.action) &&
      /plant/.test(scene.seen) &&
      /\bpot\b/.test(scene.seen),
    'soil all around the roots',
    () => planted,
  ),
  when(
    (scene) => begins(scene, 'water') && /dry/.test(scene.action) && /finger/.test(scene.seen),
    'a finger in the soil',
    () => fingerTest,
  ),
  when(
    (scene) => begins(scene, 'water') && /\b(plant|houseplant|pot|seedling|herbs?)\b/.test(scene.seen),
    'the plant watered from above',
    () => wateredPot,
  ),
  when(
    (scene) => begins(scene, 'turn', 'rotate') && /\bpots?\b/.test(scene.action),
    'a quarter turn towards the sun',
    () => quarterTurn,
  ),
  when(
    (scene) => does(scene, 'pick', 'prune', 'cut', 'snip', 'harvest') && /above a pair of leaves/.test(scene.seen),
    'cut just above a pair of leaves',
    () => cutAbove,
  ),
  when(
    ({ topic, action }) =>
      /terrarium/.test(topic) && /stones?|pebbles|gravel|charcoal|\bsoil\b/.test(action) && /lay|add|sprinkle|put|spread/.test(action),
    'one layer over the other',
    layered,
  ),
  when(
    (scene) => /terrarium/.test(scene.topic) && begins(scene, 'plant'),
    'planted with a long spoon',
    () => terrariumPlanted,
  ),
  when(
    (scene) => /terrarium/.test(scene.topic) && does(scene, 'close') && /lid/.test(scene.action),
    'closed and damp',
    () => terrariumClosed,
  ),
  when(
    (scene) =>
      /compost/.test(scene.topic) &&
      (/twigs|branches/.test(scene.action) || /\b(brown|green)\b/.test(scene.action)) &&
      does(scene, 'lay', 'add', 'cover'),
    'one layer over the other',
    heaped,
  ),
  when(
    (scene) => /compost/.test(scene.topic) && begins(scene, 'turn') && /fork|heap|month/.test(scene.seen),
    'what is outside comes inside',
    () => heapTurned,
  ),
];
