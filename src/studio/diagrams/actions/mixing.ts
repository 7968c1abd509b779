/** Bowls, jars, pots and dough. */
import { straightArrow, turnArrow } from '../drawing/arrows.ts';
import { dough, glossy, ink, mixed, white, wood, green, red } from '../drawing/colours.ts';
import { at, polar } from '../drawing/geometry.ts';
import { area, body, placed, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, closed, ellipse, path, through } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { begins, does, type SceneWords } from '../recognise.ts';
import { spoon, whisk } from '../things/tools.ts';
import { beforeAfter } from '../drawing/before-after.ts';
import { bowl, bowlFront, jar, jug, pot, stream } from '../things/vessels.ts';

/** The colour of what is in the bowl, where the words say what that is. */
function contentOf({ seen, topic }: SceneWords): string {
  if (/green (slime|glue|food)|green/.test(seen)) return '#8fe08a';
  if (/coffee|cold brew/.test(seen)) return '#8a5a3c';
  if (/soap|colour|scent/.test(seen) && topic.includes('soap')) return '#ffb3d1';
  if (/wax|fragrance/.test(seen)) return '#fff0c2';
  if (/glue|paste/.test(seen)) return '#f7f7fb';
  if (/flour|dough|batter|starter|yeast|egg|butter/.test(seen)) return dough;
  return '#bfe3ff';
}

const mixes = ['mix', 'stir', 'whisk', 'beat', 'blend', 'combine'];

function stirred(scene: SceneWords): Drawing {
  const content = contentOf(scene);
  const tool = /whisk/.test(scene.seen) ? whisk : spoon;
  if (/\bjar\b/.test(scene.seen)) {
    const within = placed(tool, { x: 34, y: -70, turn: 12, scale: 1.4 });
    return [...jar([{ colour: content, until: 0.55 }], { within }), ...turnArrow(at(10, -366), at(128, 34), 195, -15)];
  }
  if (/\bwax\b|\bpot\b/.test(scene.seen)) {
    return [...placed(tool, { x: 60, y: -150, turn: 20, scale: 1.15 }), ...pot(), ...turnArrow(at(0, -262), at(140, 34), 195, -15)];
  }
  return [
    ...bowl(content),
    ...placed(tool, { x: 46, y: -128, turn: 20, scale: 1.1 }),
    ...bowlFront(),
    ...turnArrow(at(-10, -148), at(128, 30), 60, 340),
  ];
}

const pours = ['pour', 'fill', 'add', 'put'];

function poured(scene: SceneWords): Drawing {
  const content = /water/.test(scene.action) ? '#a5dcff' : contentOf(scene);
  const spout = placed(jug(content), { x: 16, y: -330, scale: 0.95 });
  if (/\bmould/.test(scene.seen)) {
    const cavity = (x: number, fill: string | null): Drawing => [
      body(path(`M${x - 70} -86L${x + 70} -86L${x + 62} -14L${x - 62} -14Z`), fill ?? mixed('#9a8cff', ink, 0.35), 5),
    ];
    return [
      ...spout,
      body(box(-262, -90, 524, 100, 18), glossy('#9a8cff')),
      ...cavity(-164, content),
      ...stream(2, -330, -56, content),
      ...cavity(0, content).map((mark) => ({ ...mark, path: path('M-66 -56L66 -56L62 -14L-62 -14Z') })),
      ...cavity(164, null),
    ];
  }
  if (/\bjar\b/.test(scene.seen)) {
    return [...jar([{ colour: contentOf(scene), until: 0.45 }], { height: 250, width: 130 }), ...stream(2, -328, -112, content), ...spout];
  }
  return [...spout, ...bowl(content), ...stream(2, -330, -134, content), ...bowlFront()];
}

const ball = (colour: string): Drawing => [
  body(path('M-190 0C-214 -118 -104 -178 0 -176C112 -176 208 -116 190 0C120 18 -120 18 -190 0Z'), glossy(colour)),
  shine(path('M-140 -70C-124 -112 -86 -134 -48 -140'), 12, 0.7),
];

/** How far something rose: it fills twice as much afterwards. */
function risen(scene: SceneWords): Drawing {
  if (/\bjar\b|starter/.test(scene.seen)) {
    const band = (y: number): Drawing => [body(box(-118, y, 236, 20, 8), glossy(red), 5)];
    const level = (until: number): Drawing => [
      ...jar([{ colour: dough, until, loose: until > 0.5 }], { width: 112, height: 270 }),
      ...band(-104),
    ];
    return beforeAfter(level(0.36), level(0.74), false);
  }
  const lump = (high: number): Drawing => [body(path(`M-168 -150C-168 ${-150 - high} 168 ${-150 - high} 168 -150Z`), glossy(dough))];
  const small = (high: number): Drawing => placed([...bowl(null), ...lump(high), ...bowlFront()], { scale: 0.78 });
  return beforeAfter(small(40), small(190), true);
}

const table: Drawing = [body(box(-300, 0, 600, 44, 12), glossy(wood))];

function kneaded({ seen }: SceneWords): Drawing {
  const colour = /slime/.test(seen) ? '#7fdc8a' : dough;
  return [
    ...table,
    ...ball(colour),
    stroke(path('M-60 -150C-20 -110 40 -112 78 -146'), mixed(colour, ink, 0.35), 7),
    ...straightArrow(at(-26, -290), at(-26, -196)),
    ...straightArrow(at(150, -250), at(268, -168)),
    ...turnArrow(at(0, -96), 262, 196, 246),
  ];
}

const stretched: Drawing = [
  body(circle(0, 0, 200), glossy(dough)),
  body(circle(0, 0, 156), mixed(dough, white, 0.35), 4),
  ...[0, 60, 120, 180, 240, 300].flatMap((degrees) => straightArrow(polar(at(0, 0), 96, degrees), polar(at(0, 0), 262, degrees))),
];

const drop = (x: number, y: number, colour: string): Drawing => [
  body(
    path(
      `M${x} ${y - 34}C${x + 10} ${y - 14} ${x + 24} ${y} ${x + 20} ${y + 14}C${x + 14} ${y + 32} ${x - 14} ${y + 32} ${x - 20} ${y + 14}C${x - 24} ${y} ${x - 10} ${y - 14} ${x} ${y - 34}Z`,
    ),
    glossy(colour),
    5,
  ),
];

const dripper = (colour: string): Drawing => [
  body(path('M-18 -60L18 -60L8 0L-8 0Z'), glossy(white), 5),
  body(box(-46, -190, 92, 134, 18), glossy(colour)),
];

const dripped = (scene: SceneWords): Drawing => {
  const colour = /red/.test(scene.seen) ? red : /green/.test(scene.seen) ? green : '#7a6bff';
  return [
    ...bowl(contentOf(scene).replace('#8fe08a', '#f7f7fb')),
    area(closed(through(at(-50, -140), at(-10, -152), at(60, -146), at(90, -132), at(30, -124), at(-40, -128))), colour, 0.75),
    ...bowlFront(),
    ...placed(dripper(colour), { x: 0, y: -330, turn: 18 }),
    ...drop(6, -286, colour),
    ...drop(10, -212, colour),
  ];
};

const flipped: Drawing = [
  ...placed(
    [
      body(box(196, -26, 210, 34, 16), ink),
      body(path('M-210 -46L210 -46L176 14L-176 14Z'), glossy('#6b7391')),
      body(ellipse(0, -46, 212, 34), '#4a5070'),
    ],
    {},
  ),
  ...placed([body(ellipse(0, 0, 140, 34), glossy('#f0b95e')), area(ellipse(0, -8, 112, 20), '#ffd98a')], { x: 0, y: -190, turn: -16 }),
  ...turnArrow(at(0, -180), at(210, 150), 160, 330),
];

const rolledFlat: Drawing = [
  ...table,
  body(path('M-270 0C-270 -40 270 -40 270 0Z'), glossy(dough)),
  body(box(-190, -122, 380, 84, 36), glossy('#d99a5b')),
  body(box(-262, -100, 76, 40, 18), glossy('#b9783f')),
  body(box(186, -100, 76, 40, 18), glossy('#b9783f')),
  ...straightArrow(at(-10, -190), at(-200, -190)),
  ...straightArrow(at(10, -190), at(200, -190)),
];

const food = /\b(bowl|jar|jug|glue|wax|batter|dough|flour|soap|paste|slime|milk|eggs?|dye|paint|baking soda|coffee|plaster|cement)\b/;

export const mixing: readonly Depiction[] = [
  when((scene) => /\b(rise|doubles?)\b/.test(scene.action) && /dough|starter/.test(scene.seen), 'it rises to twice its size', risen),
  when((scene) => begins(scene, 'knead'), 'dough pushed, folded and turned', kneaded),
  when(
    (scene) => begins(scene, 'stretch') && /dough/.test(scene.seen),
    'dough stretched from the middle outwards',
    () => stretched,
  ),
  when(
    (scene) => begins(scene, 'roll') && /dough|pastry/.test(scene.action),
    'dough rolled out',
    () => rolledFlat,
  ),
  when(
    (scene) => begins(scene, 'flip', 'turn') && /pancake|omelette|\bpan\b/.test(scene.seen),
    'turned over in the pan',
    () => flipped,
  ),
  when(
    (scene) =>
      /\bdrops?\b/.test(scene.seen) && does(scene, 'mix', 'stir', 'drip', 'add') && /bowl/.test(scene.seen) && /colou?r/.test(scene.action),
    'drops of colour falling into a bowl',
    dripped,
  ),
  when(
    (scene) =>
      (begins(scene, ...mixes) || (does(scene, 'stir') && /stirred|spoon/.test(scene.seen))) &&
      food.test(scene.seen) &&
      !/bottles?\b|\bpan of/.test(scene.seen),
    'stirring in circles',
    stirred,
  ),
  when(
    (scene) =>
      does(scene, ...pours) &&
      /\bpour/.test(scene.seen) &&
      /\b(bowl|jar|mould)\b/.test(scene.seen) &&
      !/bottle|drum|kettle|pan\b/.test(scene.seen),
    'pouring slowly from close above',
    poured,
  ),
];
