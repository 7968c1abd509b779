/** What hands do in many crafts: known by a verb and a thing, whatever the film is about. */
import { curvedArrow, dimension, rays, straightArrow, wave } from '../drawing/arrows.ts';
import { glossy, grey, ink, metal, metalDark, mixed, red, soil, wall, water, white, wood, woodDark } from '../drawing/colours.ts';
import { at, polar } from '../drawing/geometry.ts';
import { area, body, cord, dashed, freeStroke, placed, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, ellipse, path, polyline } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { begins, does, type SceneWords } from '../recognise.ts';
import { crumbs } from '../things/plants.ts';
import { brush, knife, needle, pencil, ruler, saw } from '../things/tools.ts';
import { jar } from '../things/vessels.ts';

const board = (y: number, high = 110): Drawing => [
  body(box(-290, y, 580, high, 10), glossy(wood)),
  stroke(path(`M-270 ${y + 34}C-120 ${y + 20} 40 ${y + 50} 270 ${y + 30}`), woodDark, 5, 0.5),
  stroke(path(`M-270 ${y + high - 26}C-90 ${y + high - 40} 90 ${y + high - 10} 270 ${y + high - 30}`), woodDark, 5, 0.5),
];
const sawn: Drawing = [
  ...board(0),
  dashed(polyline(at(-20, 4), at(-20, 108)), red, 8, [16, 13]),
  ...placed(saw, { x: -190, y: 30, turn: -12 }),
  ...straightArrow(at(40, -170), at(250, -216), { both: true }),
];
const boardMeasured: Drawing = [
  ...board(-80),
  ...placed(ruler(580, 20), { x: -290, y: 66 }),
  ...placed(pencil, { x: 110, y: 20, turn: 26 }),
  stroke(polyline(at(106, -76), at(106, 26)), ink, 7),
  ...dimension(at(-288, -120), at(104, -120)),
];
const glued: Drawing = [
  ...placed(board(0, 80), { y: 60 }),
  area(path('M-200 58C-160 40 -120 74 -80 56C-40 40 0 74 40 56C80 40 120 70 180 54L180 70L-200 72Z'), white),
  ...placed(board(0, 80), { y: -110 }),
  ...straightArrow(at(-150, -240), at(-150, -126)),
  ...straightArrow(at(150, -240), at(150, -126)),
];
const varnished: Drawing = [
  ...board(-60, 220),
  area(path('M-280 -50L60 -50C90 0 40 60 76 150L-280 150Z'), '#8f4f24', 0.55),
  ...placed(brush('#a9622c'), { x: 84, y: 50, turn: 52 }),
  ...straightArrow(at(-210, 50), at(10, 50)),
];

function colourOfFood(seen: string): string {
  if (/carrot|pumpkin|sweet potato|cheese/.test(seen)) return '#ffa24a';
  if (/cucumber|pepper|celery|leek|avocado|courgette|zucchini/.test(seen)) return '#7fcf72';
  if (/tomato|strawberr|beet|meat|beef/.test(seen)) return '#ff6b5e';
  return '#f4f1e6';
}

const cubesOf = (colour: string): Drawing => [
  body(box(-300, 60, 600, 60, 22), glossy(wood)),
  ...[-210, -130, -50].flatMap((x) => [body(box(x, -12, 72, 72, 8), glossy(colour))]),
  body(box(40, -52, 200, 112, 8), glossy(colour)),
  dashed(polyline(at(112, -50), at(112, 58)), red, 7, [14, 12]),
  dashed(polyline(at(178, -50), at(178, 58)), red, 7, [14, 12]),
  ...placed(knife, { x: 26, y: 20, turn: -38, scale: 0.9 }),
  ...straightArrow(at(-90, -210), at(-90, -60)),
];

const sprayer: Drawing = [
  body(path('M60 -120L170 -120L188 -40L200 190C200 214 30 214 30 190L42 -40Z'), glossy('#7ec8ff')),
  body(box(70, -172, 90, 56, 10), white),
  body(path('M-14 -216L150 -224C176 -220 176 -176 150 -170L30 -170L-14 -186Z'), glossy(red)),
  body(path('M44 -168L64 -168C54 -130 50 -110 20 -96L8 -112C34 -124 38 -140 44 -168Z'), red, 5),
  shine(polyline(at(64, -60), at(58, 140)), 10),
];
const mist: Drawing = [-34, -17, 0, 17, 34].flatMap((degrees, index) =>
  [1, 2, 3].flatMap((step) => [
    body(
      circle(
        polar(at(-26, -202), 50 + step * 48, 180 + degrees).x,
        polar(at(-26, -202), 50 + step * 48, 180 + degrees).y + (index % 2) * 8,
        8 - step,
      ),
      water,
      3,
    ),
  ]),
);
const sprayed: Drawing = [...sprayer, ...mist];

const wiped: Drawing = [
  body(box(-290, -180, 580, 360, 18), { from: '#f2f6ff', to: '#cfdcf2' }),
  ...crumbs(26, 130, -150, 150, '#8492b4').map((mark) => ({
    ...mark,
    path: mark.path.map((part) => ({ ...part, points: part.points.map(({ x, y }) => at(x + 150, y)) })),
  })),
  ...rays(at(-190, -90), 14, 40, 0, 315, 8, white),
  body(path('M-90 -70C-30 -100 50 -96 90 -60C110 0 100 70 60 90C0 110 -70 96 -96 60C-110 10 -110 -40 -90 -70Z'), {
    from: '#ffe48a',
    to: '#f0b93a',
  }),
  stroke(path('M-60 -30C-20 -50 30 -46 56 -24'), '#c98d1e', 6),
  stroke(path('M-66 30C-30 14 30 20 60 40'), '#c98d1e', 6),
  ...curvedArrow(at(-230, 120), at(220, 130), -0.1),
];

const tapAbove: Drawing = [
  body(path('M-40 -300L60 -300C150 -300 160 -230 160 -170L84 -170C84 -210 80 -226 40 -226L-40 -226Z'), glossy(metal)),
  body(box(-70, -330, 60, 130, 12), glossy(metalDark)),
  body(box(76, -180, 92, 30, 8), metalDark, 5),
];
const rinsed: Drawing = [
  ...tapAbove,
  body(path('M96 -150L148 -150C150 -60 146 20 152 60L92 60C98 20 94 -60 96 -150Z'), '#9ed6ff', 5),
  body(path('M-60 60C40 20 210 20 300 60C330 130 280 200 120 206C-40 200 -90 130 -60 60Z'), glossy('#ffe48a')),
  ...[at(10, 30), at(230, 30), at(60, 0), at(190, -4)].flatMap(({ x, y }) => [body(circle(x, y, 11), water, 4)]),
  freeStroke(wave(at(-60, 260), at(300, 260), 3, 9), water, 12),
];

const plugOut: Drawing = [
  body(box(-300, -150, 220, 300, 24), { from: wall, to: white }),
  body(circle(-190, 0, 84), '#e7ecf7', 5),
  ...[-30, 30].map((y) => body(circle(-190, y, 13), ink, 3)),
  ...cord(path('M170 0C250 0 250 120 330 120'), '#3a3f5c', 18),
  ...[-30, 30].map((y) => body(box(-10, y - 9, 60, 18, 5), metal, 5)),
  body(box(44, -62, 130, 124, 26), glossy('#4a4f6b')),
];
const unplugged: Drawing = [...plugOut, ...straightArrow(at(20, -130), at(210, -130))];
const pluggedIn: Drawing = [...plugOut, ...straightArrow(at(210, -130), at(0, -130))];

const strained: Drawing = [
  ...jar([{ colour: '#8a5a3c', until: 0.5 }], { width: 130, height: 230 }),
  body(path('M-46 -240C-46 -170 46 -170 46 -240Z'), '#8a5a3c', 4),
  ...[0, 1, 2].flatMap((index) => [
    area(path(`M${-6 + index * 6} -180L${-2 + index * 6} -180L${index * 6 - 1} -120L${-5 + index * 6} -120Z`), '#8a5a3c'),
  ]),
  body(path('M-170 -310C-160 -190 160 -190 170 -310Z'), { from: '#f5f8ff', to: '#c3cee4' }),
  ...[-110, -60, -10, 40, 90].map((x) => stroke(polyline(at(x, -300), at(x * 0.7, -228)), metalDark, 4)),
  body(box(-186, -330, 372, 26, 12), glossy(metal)),
  body(box(180, -328, 150, 22, 10), glossy(ink)),
  ...straightArrow(at(0, -470), at(0, -350)),
];

const ground = (extra: Drawing): Drawing => [
  body(box(-290, 0, 580, 270, 16), { from: mixed(soil, white, 0.12), to: soil }),
  area(box(-286, 4, 572, 30, 10), '#7ecb68'),
  ...crumbs(30, 260, 60, 250, '#a98468'),
  ...extra,
];
const hole = path('M-110 2C-100 90 -70 170 0 172C70 170 100 90 110 2Z');
const dug: Drawing = [
  ...ground([{ ...body(hole, mixed(soil, ink, 0.45)), solid: false }]),
  ...placed(
    [
      body(box(-13, -360, 26, 260, 12), glossy(wood)),
      body(box(-56, -380, 112, 34, 15), glossy(woodDark)),
      body(path('M-70 -110L70 -110L62 20C50 70 20 96 0 110C-20 96 -50 70 -62 20Z'), glossy(metal)),
    ],
    { x: 40, y: 30, turn: 14 },
  ),
  ...curvedArrow(at(-60, -40), at(-210, -60), -0.4),
];
const seeded: Drawing = [
  ...ground([
    area(path('M-40 2L40 2L30 120C20 150 -20 150 -30 120Z'), mixed(soil, ink, 0.35)),
    body(ellipse(0, 112, 24, 17), glossy('#f1d38a'), 5),
  ]),
  ...dimension(at(120, 6), at(120, 112)),
  ...straightArrow(at(0, -170), at(0, 60)),
];

const hungUp: Drawing = [
  body(box(-290, -300, 580, 520, 8), { from: mixed(wall, white, 0.5), to: wall }),
  body(circle(0, -190, 20), metal),
  ...cord(polyline(at(-170, -10), at(0, -186), at(170, -10)), metalDark, 6),
  body(box(-210, -10, 420, 200, 10), glossy('#c98746')),
  body(box(-174, 24, 348, 132, 6), '#cfeaff', 5),
  ...curvedArrow(at(250, 60), at(250, -120), 0.2),
];

const stitched: Drawing = [
  body(box(-290, -170, 580, 170, 12), { from: '#cfe0ff', to: '#a9c4f5' }),
  body(box(-290, -40, 580, 210, 12), { from: '#e6eeff', to: '#bcd1f8' }),
  ...[-240, -170, -100, -30].flatMap((x) => cord(polyline(at(x, 0), at(x + 38, 0)), red, 9)),
  ...cord(path('M46 0C80 -10 96 -30 110 -60'), red, 8),
  ...placed(needle, { x: 246, y: 20, turn: 210, scale: 0.95 }),
  ...straightArrow(at(-100, 90), at(150, 90)),
];

const punched = ({ seen }: SceneWords): Drawing => {
  const colour = /black|dark/.test(seen) ? '#4a5070' : /leather/.test(seen) ? '#b9783f' : white;
  return [
    body(box(-270, -60, 540, 260, 12), glossy(colour)),
    ...[-180, 180].map((x) => body(circle(x, 70, 20), mixed(colour, ink, 0.65), 4)),
    ...placed([body(box(-10, -150, 20, 150, 6), glossy(metal)), body(box(-34, -300, 68, 156, 26), glossy(grey))], { x: 0, y: 70 }),
    ...straightArrow(at(110, -240), at(110, -90)),
  ];
};

const woody = /\b(wood|boards?|planks?|timber|beams?|shelf|shelves|dowels?|sticks?|panels?|plywood)\b/;

export const handwork: readonly Depiction[] = [
  when(
    (scene) => begins(scene, 'saw') || (begins(scene, 'cut') && /\bsaw\b/.test(scene.seen) && woody.test(scene.seen)),
    'sawn along a line',
    () => sawn,
  ),
  when(
    (scene) => begins(scene, 'measure', 'mark') && woody.test(scene.action) && !/hole|wall/.test(scene.action),
    'measured and marked',
    () => boardMeasured,
  ),
  when(
    (scene) => begins(scene, 'glue') && woody.test(scene.action),
    'glued and pressed together',
    () => glued,
  ),
  when(
    (scene) => begins(scene, 'varnish', 'oil', 'stain', 'paint', 'wax') && woody.test(scene.action),
    'a brush along the grain',
    () => varnished,
  ),
  when(
    (scene) =>
      begins(scene, 'cut', 'chop', 'dice', 'slice') &&
      /into (small |little |even )?(cubes|pieces|dice|chunks|slices)/.test(scene.action) &&
      !/paper|card|cloth|fabric/.test(scene.seen),
    'cut into even pieces',
    ({ seen }) => cubesOf(colourOfFood(seen)),
  ),
  when(
    (scene) => begins(scene, 'spray', 'mist') && /spray|mist/.test(scene.seen) && !/paint|lid/.test(scene.seen),
    'a fine mist',
    () => sprayed,
  ),
  when(
    (scene) => begins(scene, 'wipe') && /cloth|sponge|towel|wip/.test(scene.seen) && !/chain|dipstick|seal/.test(scene.seen),
    'wiped in long strokes',
    () => wiped,
  ),
  when(
    (scene) => begins(scene, 'rinse') && /water|tap|rins/.test(scene.seen) && !/shirt|filter|jar|hair|cloth/.test(scene.seen),
    'rinsed under running water',
    () => rinsed,
  ),
  when(
    (scene) => begins(scene, 'unplug') && !/drain|sink|ears/.test(scene.seen),
    'the plug pulled out',
    () => unplugged,
  ),
  when(
    (scene) => begins(scene, 'plug') && /\b(in|socket|outlet)\b/.test(scene.action) && !/drain|sink/.test(scene.seen),
    'the plug pushed in',
    () => pluggedIn,
  ),
  when(
    (scene) => begins(scene, 'strain', 'sieve', 'filter') && /sieve|filter|strain/.test(scene.action),
    'poured through a sieve',
    () => strained,
  ),
  when(
    (scene) => begins(scene, 'dig') && /hole|soil|ground|bed/.test(scene.action),
    'a hole dug',
    () => dug,
  ),
  when(
    (scene) =>
      does(scene, 'plant', 'sow', 'push', 'press') && /\bseeds?\b/.test(scene.action) && /soil|earth|deep|ground|cm/.test(scene.seen),
    'a seed at its depth',
    () => seeded,
  ),
  when(
    (scene) => begins(scene, 'hang') && /\b(picture|frame|mirror|painting|photo)\b/.test(scene.action),
    'hung on its hook',
    () => hungUp,
  ),
  when(
    (scene) =>
      begins(scene, 'sew', 'stitch') && /seam|edge|fabric|cloth|together|straight/.test(scene.action) && !/button|hole/.test(scene.action),
    'stitch after stitch',
    () => stitched,
  ),
  when(
    (scene) => begins(scene, 'punch', 'pierce', 'poke') && /holes?/.test(scene.action) && /card|leather|paper/.test(scene.seen),
    'holes punched',
    punched,
  ),
];
