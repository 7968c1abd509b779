/** Bottles that bubble, balloons that fly, lamps that light. */
import { curvedArrow, dimension, rays, speedLines, straightArrow } from '../drawing/arrows.ts';
import { beforeAfter } from '../drawing/before-after.ts';
import { accent, blue, glossy, ink, metal, metalDark, mixed, orange, red, water, white, wood, woodDark } from '../drawing/colours.ts';
import { at, type Point } from '../drawing/geometry.ts';
import { lettering } from '../drawing/lettering.ts';
import { area, body, cord, freeStroke, placed, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { box, circle, ellipse, path, polygon, polyline, through } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { bottle, jug, stream } from '../things/vessels.ts';
import { spoon } from '../things/tools.ts';

const oil = '#f6c945';
const blob = (x: number, y: number, radius: number, colour: string): Drawing => [body(circle(x, y, radius), glossy(colour), 4)];
const filled = (oilTo: number, waterTo: number): Drawing =>
  bottle([...(waterTo > 0 ? [{ colour: water, until: waterTo }] : []), { colour: oil, until: oilTo }]);
const oilIn: Drawing = [...filled(0.92, 0), ...dimension(at(140, -4), at(140, -228)), ...straightArrow(at(0, -540), at(0, -432))];
const waterIn: Drawing = [
  ...filled(0.98, 0.24),
  ...blob(-30, -160, 17, water),
  ...blob(24, -116, 21, water),
  ...blob(-14, -84, 15, water),
  ...placed(jug('#a5dcff'), { x: 20, y: -480, scale: 0.8 }),
  ...stream(4, -478, -410, '#a5dcff'),
];
const drops = (bursts: boolean): Drawing => [
  ...filled(0.98, 0.24),
  ...[at(0, -300), at(-20, -220), at(26, -160), at(-8, -104)].flatMap(({ x, y }) => blob(x, y, 15, red)),
  ...(bursts ? [area(ellipse(10, -30, 54, 20), red, 0.55)] : []),
  ...[0, 70].flatMap((lift) => [
    body(
      path(
        `M0 ${-500 - lift}C10 ${-482 - lift} 22 ${-470 - lift} 18 ${-456 - lift}C12 ${-440 - lift} -12 ${-440 - lift} -18 ${-456 - lift}C-22 ${-470 - lift} -10 ${-482 - lift} 0 ${-500 - lift}Z`,
      ),
      glossy(red),
      5,
    ),
  ]),
];
const fizzing: Drawing = [
  ...filled(0.98, 0.24).map((mark) => (mark.fill === water ? { ...mark, fill: '#ff7d92' } : mark)),
  ...[
    [-44, -190, 24],
    [34, -226, 18],
    [10, -150, 28],
    [-30, -108, 18],
    [50, -100, 20],
    [-10, -256, 14],
  ].flatMap(([x = 0, y = 0, r = 10]) => blob(x, y, r, '#ff5a77')),
  body(box(-26, -26, 52, 22, 6), white, 4),
  ...straightArrow(at(150, -30), at(150, -230)),
  ...straightArrow(at(-150, -30), at(-150, -230)),
];
const tabletHalves = (pieces: 1 | 4): Drawing =>
  pieces === 1
    ? [
        body(circle(0, 0, 120), { from: white, to: '#dfe6f2' }),
        stroke(polyline(at(0, -116), at(0, 116)), '#b8c3d8', 7),
        stroke(polyline(at(-116, 0), at(116, 0)), '#b8c3d8', 7),
      ]
    : [0, 90, 180, 270].flatMap((turn) =>
        placed([body(path('M18 18L128 18C128 78 78 128 18 128Z'), { from: white, to: '#dfe6f2' })], { turn }),
      );
const broken: Drawing = beforeAfter(tabletHalves(1), tabletHalves(4), false);

const tray: Drawing = [body(path('M-320 -10L320 -10L296 40L-296 40Z'), glossy(blue))];
const small: Drawing = [
  body(path('M-26 -270L-26 -200C-26 -170 -84 -160 -84 -110L-84 -12L84 -12L84 -110C84 -160 26 -170 26 -200L26 -270Z'), '#e8f5ff'),
];
const inBottle = (colour: string): Drawing => [area(path('M-80 -112L-80 -16L80 -16L80 -112C60 -122 -60 -122 -80 -112Z'), colour, 0.9)];
const mountain: Drawing = [
  body(path('M-40 -262C-90 -180 -170 -80 -280 -12L-84 -12L-84 -110C-84 -160 -26 -170 -26 -200L-26 -262Z'), glossy('#c08a5c')),
  body(path('M40 -262C90 -180 170 -80 280 -12L84 -12L84 -110C84 -160 26 -170 26 -200L26 -262Z'), glossy('#c08a5c')),
];
const volcanoAt = (step: 1 | 2 | 3 | 4 | 5): Drawing => [
  ...tray,
  ...small,
  ...inBottle(step < 3 ? water : '#ff8a80'),
  ...(step === 1 ? [] : mountain),
  ...(step === 1 ? [...straightArrow(at(-250, -120), at(-110, -60)), ...straightArrow(at(250, -120), at(110, -60))] : []),
  ...(step === 2 ? [...curvedArrow(at(-330, -230), at(-190, -150), 0.15), ...curvedArrow(at(330, -230), at(190, -150), -0.15)] : []),
  ...(step === 3
    ? [
        ...[0, 64].flatMap((lift) => [
          body(
            path(
              `M0 ${-330 - lift}C10 ${-312 - lift} 22 ${-300 - lift} 18 ${-286 - lift}C12 ${-270 - lift} -12 ${-270 - lift} -18 ${-286 - lift}C-22 ${-300 - lift} -10 ${-312 - lift} 0 ${-330 - lift}Z`,
            ),
            glossy(red),
            5,
          ),
        ]),
        ...placed([body(path('M-16 -50L16 -50L7 0L-7 0Z'), white, 5), body(box(-44, -170, 88, 124, 18), glossy(red))], {
          x: 6,
          y: -410,
          turn: 14,
        }),
      ]
    : []),
  ...(step === 4
    ? [
        body(path('M-90 -380L90 -380L16 -276L16 -230L-16 -230L-16 -276Z'), { from: white, to: '#e8e2d2' }),
        ...placed(spoon, { x: 30, y: -430, turn: 66, scale: 0.9 }),
        area(ellipse(20, -446, 24, 12), white),
      ]
    : []),
  ...(step === 5
    ? [
        body(
          path(
            'M-60 -262C-110 -330 -70 -372 -30 -350C-20 -400 40 -400 44 -352C90 -370 110 -320 64 -262C80 -200 120 -120 100 -70C70 -100 60 -180 40 -230L-30 -230C-60 -170 -80 -120 -120 -100C-130 -150 -80 -210 -60 -262Z',
          ),
          glossy('#ff6b5e'),
        ),
        area(circle(-30, -310, 12), '#ffc9c2'),
        area(circle(20, -336, 15), '#ffc9c2'),
        ...rays(at(0, -330), 110, 160, -150, -30, 5, white),
      ]
    : []),
];

const chair = (x: number, facing: 1 | -1): Drawing =>
  placed(
    [
      body(box(-16, -150, 32, 330, 8), glossy(woodDark)),
      body(box(-6, 20, 150, 32, 10), glossy(wood)),
      body(box(112, 40, 26, 140, 8), glossy(woodDark)),
      body(box(-22, -168, 44, 90, 12), glossy(wood)),
    ],
    { x, flip: facing < 0 },
  );
const lineAt = -110;
const rope = (sag: number, to = 300): Drawing =>
  cord(through(at(-300, lineAt), at((to - 300) / 2, lineAt + sag), at(to, lineAt + sag * (to < 300 ? 1.6 : 0))), white, 7);
const straw = (x: number): Drawing => [
  body(box(x - 80, lineAt - 17, 160, 34, 14), glossy(orange)),
  ...[-40, 0, 40].map((shift) => stroke(polyline(at(x + shift - 8, lineAt - 14), at(x + shift + 8, lineAt + 14)), white, 6, 0.8)),
];
const balloon = (x: number): Drawing => [
  body(
    path(
      `M${x - 150} ${lineAt + 110}C${x - 130} ${lineAt + 10} ${x + 130} ${lineAt + 10} ${x + 170} ${lineAt + 100}C${x + 150} ${lineAt + 190} ${x - 110} ${lineAt + 200} ${x - 150} ${lineAt + 126}L${x - 190} ${lineAt + 146}L${x - 184} ${lineAt + 92}Z`,
    ),
    glossy(red),
  ),
  shine(path(`M${x - 60} ${lineAt + 62}C${x - 10} ${lineAt + 44} ${x + 50} ${lineAt + 46} ${x + 90} ${lineAt + 62}`), 11),
];
const tapes = (x: number): Drawing => [-44, 44].flatMap((shift) => [body(box(x + shift - 14, lineAt - 26, 28, 88, 4), '#eaf6ff', 5)]);
const knot = (x: number): Drawing => [body(ellipse(x, lineAt, 18, 26), glossy(accent), 5)];
const rocket = (step: 1 | 2 | 3 | 4 | 5 | 6): Drawing => {
  const chairs = [...chair(-300, -1), ...(step >= 3 ? chair(300, 1) : [])];
  if (step === 4) return [...placed(balloon(0), { y: 0, scale: 1.5 }), ...straightArrow(at(-480, 22), at(-330, 8))];
  return [
    ...chairs,
    ...(step < 3 ? rope(60, 160) : rope(0)),
    ...knot(-300),
    ...(step >= 3 ? knot(300) : []),
    ...(step === 2 ? placed(straw(0), { x: 6, y: 44, turn: 13 }) : []),
    ...(step >= 3 ? straw(step === 6 ? 90 : -60) : []),
    ...(step >= 5 ? [...balloon(step === 6 ? 90 : -60), ...tapes(step === 6 ? 90 : -60)] : []),
    ...(step === 2 ? straightArrow(at(180, -110), at(60, -140)) : []),
    ...(step === 3 ? straightArrow(at(120, -200), at(280, -200)) : []),
    ...(step === 6
      ? [
          ...straightArrow(at(20, -220), at(220, -220)),
          ...speedLines([
            [at(-200, -40), at(-120, -40)],
            [at(-220, 0), at(-130, 0)],
            [at(-200, 40), at(-120, 40)],
          ]),
        ]
      : []),
  ];
};

const ledBody = (lit: boolean): Drawing => [
  ...(lit ? rays(at(0, -120), 130, 180, -160, -20, 7, accent) : []),
  freeStroke(polyline(at(-32, 30), at(-32, 260)), ink, 22),
  freeStroke(polyline(at(32, 30), at(32, 190)), ink, 22),
  stroke(polyline(at(-32, 30), at(-32, 260)), metal, 10),
  stroke(polyline(at(32, 30), at(32, 190)), metal, 10),
  body(path('M-80 20L-80 -110C-80 -220 80 -220 80 -110L80 20Z'), lit ? { from: '#ffd0d4', to: red } : glossy(red)),
  body(box(-98, 4, 180, 40, 8), glossy(mixed(red, ink, 0.15))),
  shine(path('M-50 -30L-50 -110C-48 -140 -36 -156 -20 -164'), 11),
];
const sign = (x: number, y: number, positive: boolean): Drawing => [
  body(circle(x, y, 40), positive ? red : ink),
  ...lettering(positive ? '+' : '−', at(x, y - (positive ? 2 : 2)), 56, white, 11),
];
const longLeg: Drawing = [...ledBody(false), ...sign(-120, 220, true), ...sign(120, 160, false)];
const coin = (x: number, y: number, radius = 120): Drawing => [
  body(circle(x, y, radius), glossy(metal)),
  body(circle(x, y, radius * 0.8), mixed(metal, white, 0.3), 4),
];
const plusSide: Drawing = beforeAfter(
  [...coin(0, 0, 140), ...lettering('+', at(0, 0), 130, red, 24)],
  [...coin(0, 0, 140), body(circle(0, 0, 84), metalDark, 4), ...lettering('−', at(0, -2), 110, white, 20)],
  false,
);
const slid: Drawing = [
  ...ledBody(true),
  body(box(-19, 120, 38, 190, 10), glossy(metal)),
  ...sign(-120, 200, true),
  ...sign(120, 200, false),
  ...straightArrow(at(0, 440), at(0, 330)),
];
const wires = (from: Point, to: Point, colour: string): Drawing =>
  cord(through(from, at((from.x + to.x) / 2 + (from.x < 0 ? -60 : 60), (from.y + to.y) / 2), to), colour, 12);
const wired: Drawing = [
  ...wires(at(-32, 230), at(-200, 380), red),
  ...wires(at(32, 170), at(200, 380), '#3a3f5c'),
  ...ledBody(false),
  ...[at(-32, 222), at(32, 160)].flatMap(({ x, y }) => [body(box(x - 26, y - 30, 52, 60, 5), '#eaf6ff', 5)]),
];
const lit: Drawing = [
  ...cord(through(at(-32, 250), at(-150, 320), at(-120, 430), at(-24, 430)), red, 12),
  ...cord(through(at(32, 180), at(170, 280), at(140, 430), at(24, 430)), '#3a3f5c', 12),
  ...ledBody(true),
  body(box(-19, 340, 38, 180, 10), glossy(metal)),
  ...sign(-190, 480, true),
  ...sign(190, 480, false),
];

const torch: Drawing = [
  body(box(-120, -26, 130, 52, 12), glossy('#3a3f5c')),
  body(polygon(at(4, -26), at(50, -52), at(50, 52), at(4, 26)), glossy(metal)),
  body(box(-80, -36, 40, 14, 5), red, 4),
];
const screen: Drawing = [body(box(250, -250, 36, 500, 8), { from: white, to: '#e2e6f3' })];
const beam = (top: number): Drawing => [
  { ...area(polygon(at(-250, -40), at(250, -top), at(250, top), at(-250, 40)), '#fff1a8', 0.9), solid: true },
];
const puppet = (x: number, size: number): Drawing => [
  freeStroke(polyline(at(x, 0), at(x, 190)), woodDark, 12),
  body(path(`M${x - 12} ${-size}L${x + 12} ${-size}L${x + 12} ${size}L${x - 12} ${size}Z`), ink),
];
const shadow = (height: number): Drawing => [area(box(252, -height, 32, 2 * height, 2), '#4a4f6b')];
const lightSet: Drawing = [...beam(200), ...placed(torch, { x: -300 }), ...screen, ...dimension(at(-240, 250), at(240, 250))];
const nearWall: Drawing = [
  ...beam(200),
  ...placed(torch, { x: -300 }),
  ...screen,
  ...shadow(74),
  ...puppet(150, 60),
  ...straightArrow(at(-20, 130), at(120, 130)),
];

const lava = /lava lamp/;
const volcano = /volcano/;
const balloonTopic = /balloon rocket/;
const led = /\bled\b/;
const puppets = /shadow puppet/;

export const experiments: readonly Depiction[] = [
  when(
    ({ topic, action }) => lava.test(topic) && /\boil\b/.test(action) && /fill|pour/.test(action),
    'three quarters of oil',
    () => oilIn,
  ),
  when(
    ({ topic, action }) => lava.test(topic) && /water/.test(action) && /pour|add/.test(action),
    'water sinks through the oil',
    () => waterIn,
  ),
  when(
    ({ topic, action }) => lava.test(topic) && /drops|colou?r/.test(action),
    'drops of colour fall through the oil',
    () => drops(true),
  ),
  when(
    ({ topic, action }) => lava.test(topic) && /break|snap/.test(action) && /tablet/.test(action),
    'the tablet in four pieces',
    () => broken,
  ),
  when(
    ({ topic, action }) => lava.test(topic) && /drop/.test(action) && /piece|tablet/.test(action),
    'blobs rise',
    () => fizzing,
  ),
  when(
    ({ topic, action }) => volcano.test(topic) && /stand|place|put/.test(action) && /bottle/.test(action),
    'the bottle in the middle of the tray',
    () => volcanoAt(1),
  ),
  when(
    ({ topic, action }) => volcano.test(topic) && /mountain|around/.test(action) && /build|shape/.test(action),
    'a mountain around the bottle',
    () => volcanoAt(2),
  ),
  when(
    ({ topic, action }) => volcano.test(topic) && /soap|colou?r/.test(action),
    'soap and colour into the bottle',
    () => volcanoAt(3),
  ),
  when(
    ({ topic, action }) => volcano.test(topic) && /baking soda/.test(action),
    'baking soda through a funnel',
    () => volcanoAt(4),
  ),
  when(
    ({ topic, action }) => volcano.test(topic) && /vinegar/.test(action),
    'it foams over',
    () => volcanoAt(5),
  ),
  when(
    ({ topic, action }) => balloonTopic.test(topic) && /tie/.test(action) && /one end/.test(action),
    'one end of the string tied to a chair',
    () => rocket(1),
  ),
  when(
    ({ topic, action }) => balloonTopic.test(topic) && /straw/.test(action) && /thread|onto/.test(action),
    'the straw on the string',
    () => rocket(2),
  ),
  when(
    ({ topic, action }) => balloonTopic.test(topic) && /tight/.test(action),
    'the string tight between two chairs',
    () => rocket(3),
  ),
  when(
    ({ topic, action }) => balloonTopic.test(topic) && /blow|inflate/.test(action),
    'the balloon blown up',
    () => rocket(4),
  ),
  when(
    ({ topic, action }) => balloonTopic.test(topic) && /tape/.test(action) && /straw/.test(action),
    'the balloon taped below the straw',
    () => rocket(5),
  ),
  when(
    ({ topic, action }) => balloonTopic.test(topic) && /let go|release/.test(action),
    'off it goes',
    () => rocket(6),
  ),
  when(
    ({ topic, action }) => led.test(topic) && /long/.test(action) && /leg/.test(action),
    'the long leg is plus',
    () => longLeg,
  ),
  when(
    ({ topic, action }) => led.test(topic) && /plus/.test(action) && /battery/.test(action),
    'plus and minus of the battery',
    () => plusSide,
  ),
  when(
    ({ topic, action }) => led.test(topic) && /battery/.test(action) && /between|slide/.test(action),
    'the battery between the legs',
    () => slid,
  ),
  when(
    ({ topic, action }) => led.test(topic) && /wire/.test(action) && /each leg|legs/.test(action),
    'a wire on each leg',
    () => wired,
  ),
  when(
    ({ topic, action }) => led.test(topic) && /touch/.test(action) && /battery/.test(action),
    'both ends on the battery',
    () => lit,
  ),
  when(
    ({ topic, action }) => puppets.test(topic) && /light|torch|lamp/.test(action),
    'the light two big steps from the wall',
    () => lightSet,
  ),
  when(
    ({ topic, action }) => puppets.test(topic) && /near the wall/.test(action),
    'near the wall: small and sharp',
    () => nearWall,
  ),
];
