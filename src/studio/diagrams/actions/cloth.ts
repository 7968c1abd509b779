/** Shirts that are ironed, twisted and dyed; sheets that are folded; clothes that are rolled. */
import { curvedArrow, straightArrow, turnArrow } from '../drawing/arrows.ts';
import { beforeAfter } from '../drawing/before-after.ts';
import { accent, blue, glossy, green, guide, ink, metal, mixed, purple, red, white } from '../drawing/colours.ts';
import { at, polar } from '../drawing/geometry.ts';
import { area, body, cord, dashed, placed, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { arc, box, circle, closed, ellipse, path, polyline, through, type Path } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';

const shirtColour = '#eaf3ff';
const highlight = '#ffe58a';
const torso = path('M-110 -210L110 -210L150 -180L140 250L-140 250L-150 -180Z');
const sleeve = path('M-110 -210L-150 -180L-300 120L-210 160L-140 -20Z');
const flip = (outline: Path): Path => outline.map((part) => ({ ...part, points: part.points.map(({ x, y }) => at(-x, y)) }));
const cuff = path('M-300 120L-210 160L-228 206L-322 162Z');
const collar = path('M-76 -224L0 -176L-40 -120L-112 -196Z');
const fronts = path('M-110 -210L-4 -150L-4 250L-140 250L-150 -180Z');

type Part = 'collar' | 'cuffs' | 'sleeves' | 'back' | 'fronts';

function shirt(part: Part): Drawing {
  const paint = (own: Part, plain = shirtColour): string => (part === own ? highlight : plain);
  const front =
    part === 'back'
      ? []
      : [stroke(polyline(at(0, -150), at(0, 248)), ink, 5), ...[-90, -20, 50, 120, 190].map((y) => body(circle(10, y, 7), white, 3))];
  return [
    ...[sleeve, flip(sleeve)].map((one) => body(one, paint('sleeves'))),
    ...[cuff, flip(cuff)].map((one) => body(one, paint('cuffs', mixed(shirtColour, blue, 0.2)))),
    body(torso, part === 'back' ? highlight : shirtColour),
    ...(part === 'fronts' ? [area(fronts, highlight), area(flip(fronts), highlight), stroke(torso)] : []),
    ...(part === 'back'
      ? [
          body(path('M-110 -210C-60 -240 60 -240 110 -210C60 -190 -60 -190 -110 -210Z'), mixed(shirtColour, blue, 0.2)),
          stroke(path('M-148 -130L148 -130'), ink, 4),
        ]
      : [
          body(collar, paint('collar', mixed(shirtColour, blue, 0.12))),
          body(flip(collar), paint('collar', mixed(shirtColour, blue, 0.12))),
        ]),
    ...front,
  ];
}

/** From above, its tip pointing to the left. */
const iron: Drawing = [
  body(path('M-110 0C-70 -60 20 -66 96 -60L96 60C20 66 -70 60 -110 0Z'), glossy('#5b7bd6')),
  body(box(-34, -20, 130, 40, 20), glossy('#31437f')),
  body(circle(-52, 0, 12), accent, 4),
];

const routes: Readonly<Record<Part, Drawing>> = {
  collar: [...straightArrow(at(-190, -260), at(-60, -250)), ...straightArrow(at(190, -260), at(60, -250))],
  cuffs: [
    ...placed(iron, { x: -330, y: 240, turn: -156, scale: 0.55 }),
    ...straightArrow(at(-200, 240), at(-270, 210)),
    ...straightArrow(at(330, 230), at(240, 196)),
  ],
  sleeves: [
    ...straightArrow(at(-170, -80), at(-254, 96)),
    ...placed(iron, { x: 216, y: -20, turn: -116, scale: 0.55 }),
    ...straightArrow(at(300, -80), at(360, 70)),
  ],
  back: [
    ...placed(iron, { x: -70, y: -160, turn: 180, scale: 0.6 }),
    ...straightArrow(at(-110, -60), at(110, -60)),
    ...straightArrow(at(-110, 40), at(110, 40)),
    ...straightArrow(at(-110, 140), at(110, 140)),
  ],
  fronts: [
    ...placed(iron, { x: 76, y: 150, turn: 90, scale: 0.6 }),
    ...straightArrow(at(76, 60), at(76, -110)),
    ...straightArrow(at(-70, 190), at(-70, -110)),
  ],
};

const ironed = (part: Part): Drawing => [...shirt(part), ...routes[part]];

const swirl = (colour: string, slices: readonly string[]): Drawing => [
  body(circle(0, 0, 230), glossy(colour)),
  ...slices.map((slice, index) => {
    const step = 360 / slices.length;
    return area(
      closed([
        ...arc(at(0, 0), 226, index * step, (index + 1) * step),
        ...polyline(at(0, 0)).map((part) => ({ ...part, operation: 'L' as const })),
      ]),
      slice,
      0.92,
    );
  }),
  ...[0, 90, 180, 270].map((start) =>
    stroke(
      through(...Array.from({ length: 9 }, (_, index) => polar(at(0, 0), 24 + index * 25, start + index * 24))),
      mixed(colour, ink, 0.35),
      6,
      0.7,
    ),
  ),
];
const flatShirt: Drawing = placed(
  shirt('back').map((mark) => (mark.fill === highlight ? { ...mark, fill: white } : mark)),
  { scale: 0.56 },
);
const twisted: Drawing = beforeAfter(
  [...flatShirt, ...turnArrow(at(0, 10), 76, 120, 400)],
  placed(swirl('#f2f6ff', []), { scale: 0.7 }),
  false,
);
const bands = [0, 60, 120].flatMap((degrees) => cord(polyline(polar(at(0, 0), 250, degrees), polar(at(0, 0), -250, degrees)), red, 11));
const banded: Drawing = [...swirl('#f2f6ff', []), ...bands];
const dyed: Drawing = [
  ...swirl('#f2f6ff', ['#ff5a8a', '#ffb347', '#ffe066', '#5cd68d', '#4bb4ff', '#a678ff']),
  ...bands,
  ...placed([body(path('M-20 -70L20 -70L8 0L-8 0Z'), white, 5), body(box(-54, -220, 108, 154, 20), glossy(purple))], {
    x: 176,
    y: -120,
    turn: 40,
  }),
];

const linen = '#dfe9ff';
const rectangleSheet = (width: number, height: number): Drawing => [
  body(box(-width / 2, -height / 2, width, height, 14), { from: white, to: linen }),
];
const thirds: Drawing = beforeAfter(
  [
    ...rectangleSheet(330, 330),
    dashed(polyline(at(-172, -55), at(172, -55)), guide, 8, [18, 14]),
    dashed(polyline(at(-172, 55), at(172, 55)), guide, 8, [18, 14]),
    ...curvedArrow(at(-90, -150), at(-90, -4), -0.3),
    ...curvedArrow(at(90, 150), at(90, 4), -0.3),
  ],
  [
    ...rectangleSheet(330, 120),
    dashed(polyline(at(-55, -70), at(-55, 70)), guide, 8, [18, 14]),
    dashed(polyline(at(55, -70), at(55, 70)), guide, 8, [18, 14]),
    ...curvedArrow(at(-150, 90), at(0, 90), -0.3),
    ...curvedArrow(at(150, -90), at(0, -90), -0.3),
  ],
  false,
);
const elasticIn: Drawing = beforeAfter(
  [
    body(path('M-160 -190L160 -190L160 -60C150 -20 40 -10 10 40C0 120 20 180 -20 190L-160 190Z'), { from: white, to: linen }),
    stroke(path('M160 -60C150 -20 40 -10 10 40C0 120 20 180 -20 190'), blue, 9),
    dashed(polyline(at(-20, -180), at(-20, 190)), guide, 8, [18, 14]),
    ...curvedArrow(at(150, -110), at(0, -110), 0.3),
    ...curvedArrow(at(-70, 180), at(-70, 20), -0.3),
  ],
  rectangleSheet(180, 260),
  false,
);
const cornersTucked: Drawing = [
  ...[0, 1].flatMap((index) =>
    placed(
      [
        body(path('M-190 150C-200 0 -150 -150 0 -160C150 -150 200 0 190 150Z'), { from: white, to: index === 0 ? '#b9cdf5' : linen }),
        stroke(path('M-186 146C-120 120 -60 160 0 140C60 120 120 160 186 146'), blue, 9),
      ],
      { x: index === 0 ? -110 : 120, y: index * 26 },
    ),
  ),
  ...curvedArrow(at(180, -190), at(-130, -190), -0.3),
];
const cornerHands: Drawing = [
  body(
    path(
      'M-300 -120C-270 -190 -210 -190 -190 -150L190 -150C210 -190 270 -190 300 -120C290 40 300 130 280 220L-280 220C-300 130 -290 40 -300 -120Z',
    ),
    { from: white, to: linen },
  ),
  stroke(path('M-276 214C-180 180 -90 230 0 204C90 180 180 230 276 214'), blue, 9),
  ...straightArrow(at(-236, 80), at(-236, -110)),
  ...straightArrow(at(236, 80), at(236, -110)),
];
const lShape: Drawing = [
  body(path('M-220 -230L220 -230L220 -40C200 0 60 -10 20 40C-10 120 10 200 -30 230L-220 230Z'), { from: white, to: linen }),
  stroke(path('M220 -40C200 0 60 -10 20 40C-10 120 10 200 -30 230'), blue, 12),
  body(path('M-220 -230L-120 -230L-220 -130Z'), '#b9cdf5'),
];

const roll = (colour: string, x: number): Drawing => [
  body(box(x - 60, -150, 120, 300, 56), glossy(colour)),
  body(ellipse(x, -126, 54, 38), mixed(colour, white, 0.25), 5),
  stroke(path(`M${x + 30} -126C${x + 30} -150 ${x - 34} -152 ${x - 34} -124C${x - 30} -100 ${x + 12} -104 ${x + 8} -126`), ink, 5),
];
const rolledClothes: Drawing = beforeAfter(
  [
    body(box(-130, -190, 260, 380, 14), glossy(blue)),
    shine(polyline(at(-96, -140), at(-96, 80)), 10, 0.5),
    ...turnArrow(at(0, 210), at(90, 50), 60, -180),
  ],
  [...roll(red, -130), ...roll(blue, 0), ...roll(green, 130)],
  false,
);

const caseOpen: Drawing = [
  body(box(-300, -180, 600, 380, 34), glossy('#5b7bd6')),
  body(box(-264, -146, 528, 312, 18), '#dfe9ff', 5),
  ...[-230, 230].flatMap((x) => [body(circle(x, 214, 26), glossy('#3a3f5c')), body(circle(x, 214, 9), metal, 3)]),
];
const shoesBelow: Drawing = [
  ...caseOpen,
  ...[-140, 90].flatMap((x) =>
    placed(
      [body(path('M-100 40L-100 -40C-70 -60 -40 -50 -20 -20C20 0 90 0 100 40Z'), glossy(red)), body(box(-106, 34, 212, 22, 10), white, 5)],
      { x, y: 106 },
    ),
  ),
  ...straightArrow(at(-30, -110), at(-30, 40)),
];
const foldedOnTop: Drawing = [
  ...caseOpen,
  ...[red, green, blue, purple, accent].flatMap((colour, index) => [
    body(circle(-200 + index * 100, 100, 52), glossy(colour)),
    stroke(path(`M${-178 + index * 100} 100C${-180 + index * 100} 76 ${-226 + index * 100} 78 ${-222 + index * 100} 104`), ink, 5),
  ]),
  ...[0, 1].map((index) => body(box(-190, 8 - index * 42, 380, 40, 12), glossy(index === 0 ? '#ffe0ec' : '#fff6d8'))),
  ...straightArrow(at(0, -300), at(0, -54)),
];

const ironing = /\biron(ing)?\b.*\b(shirt|blouse)/;
const dye = /tie[- ]dye/;
const fitted = /fitted sheet/;
const suitcase = /suitcase|luggage|carry-on/;

export const cloth: readonly Depiction[] = [
  when(
    ({ topic, action }) => ironing.test(topic) && /collar/.test(action),
    'the collar from its tips to the middle',
    () => ironed('collar'),
  ),
  when(
    ({ topic, action }) => ironing.test(topic) && /cuffs?/.test(action),
    'the cuffs',
    () => ironed('cuffs'),
  ),
  when(
    ({ topic, action }) => ironing.test(topic) && /sleeves?/.test(action),
    'the sleeves, from the seam to the cuff',
    () => ironed('sleeves'),
  ),
  when(
    ({ topic, action }) => ironing.test(topic) && /\bback\b/.test(action),
    'the shoulders and the back',
    () => ironed('back'),
  ),
  when(
    ({ topic, action }) => ironing.test(topic) && /fronts?\b/.test(action),
    'the two fronts',
    () => ironed('fronts'),
  ),
  when(
    ({ topic, action }) => dye.test(topic) && /twist/.test(action),
    'twisted into a flat disc',
    () => twisted,
  ),
  when(
    ({ topic, action }) => dye.test(topic) && /bands/.test(action) && /cross|over|around/.test(action),
    'bands across the disc',
    () => banded,
  ),
  when(
    ({ topic, action }) => dye.test(topic) && /colou?r/.test(action) && /slice|section/.test(action),
    'one colour on each slice',
    () => dyed,
  ),
  when(
    ({ topic, action }) => fitted.test(topic) && /hands/.test(action) && /two corners/.test(action),
    'a hand in each of two corners',
    () => cornerHands,
  ),
  when(
    ({ topic, action }) => fitted.test(topic) && /tuck/.test(action) && /one corner/.test(action),
    'one corner over the other',
    () => cornersTucked,
  ),
  when(
    ({ topic, action }) => fitted.test(topic) && /shape of an l\b/.test(action),
    'the elastic forms an L',
    () => lShape,
  ),
  when(
    ({ topic, action }) => fitted.test(topic) && /elastic/.test(action) && /fold/.test(action),
    'the elastic edges folded inwards',
    () => elasticIn,
  ),
  when(
    ({ action, seen }) => /\bfold/.test(action) && /thirds/.test(action) && /sheet|towel|shirt|cloth|blanket/.test(seen),
    'thirds, and thirds again',
    () => thirds,
  ),
  when(
    ({ topic, action, seen }) => suitcase.test(topic) && /\broll/.test(action) && /cloth|soft/.test(seen),
    'soft clothes rolled tightly',
    () => rolledClothes,
  ),
  when(
    ({ topic, action }) => suitcase.test(topic) && /shoes|heavy/.test(action) && /wheels/.test(action),
    'heavy things near the wheels',
    () => shoesBelow,
  ),
  when(
    ({ topic, action }) => suitcase.test(topic) && /\bfold/.test(action) && /\btop\b/.test(action),
    'folded shirts on top',
    () => foldedOnTop,
  ),
];
