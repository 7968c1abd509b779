/** Cars, bicycles, batteries and drains. */
import { curvedArrow, dimension, straightArrow, turnArrow } from '../drawing/arrows.ts';
import {
  accent,
  blue,
  glossy,
  green,
  grey,
  ink,
  metal,
  metalDark,
  mixed,
  orange,
  red,
  terracotta,
  water,
  white,
} from '../drawing/colours.ts';
import { at, polar } from '../drawing/geometry.ts';
import { badge } from '../drawing/lettering.ts';
import { area, body, cord, placed, stroke, type Drawing } from '../drawing/marks.ts';
import { arc, box, circle, ellipse, path, polyline, rounded, through } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';

const plus = (x: number, y: number): Drawing => [
  stroke(polyline(at(x - 20, y), at(x + 20, y)), white, 11),
  stroke(polyline(at(x, y - 20), at(x, y + 20)), white, 11),
];
const minus = (x: number, y: number): Drawing => [stroke(polyline(at(x - 20, y), at(x + 20, y)), white, 11)];
const battery = (colour: string): Drawing => [
  body(box(-86, -136, 44, 50, 8), glossy(red)),
  body(box(42, -136, 44, 50, 8), glossy(ink)),
  body(box(-130, -94, 260, 190, 16), glossy(colour)),
  body(box(-130, -94, 260, 46, 14), mixed(colour, ink, 0.25), 5),
  ...plus(-64, 24),
  ...minus(64, 24),
];
const clamp = (x: number, y: number, colour: string): Drawing => [
  body(
    rounded([at(x - 22, y - 68), at(x + 22, y - 68), at(x + 30, y - 8), at(x + 10, y + 8), at(x - 10, y + 8), at(x - 30, y - 8)], 8),
    glossy(colour),
  ),
  stroke(polyline(at(x, y - 50), at(x, y - 6)), white, 5, 0.6),
];
const deadX = -200;
const goodX = 200;
const terminal = { deadPlus: at(deadX - 64, -140), goodPlus: at(goodX - 64, -140), goodMinus: at(goodX + 64, -140), metal: at(-46, 216) };
const engine: Drawing = [
  body(box(-350, 210, 400, 76, 16), glossy(metalDark)),
  ...[-290, -210, -130].flatMap((x) => [stroke(polyline(at(x, 226), at(x, 272)), ink, 6)]),
  body(circle(terminal.metal.x, 224, 18), metal),
];

/** The left battery is empty, the right one is good. As many clamps as steps were done. */
function cables(step: 1 | 2 | 3 | 4): Drawing {
  const redEnd = step === 1 ? at(20, -330) : terminal.goodPlus;
  const blackEnd = step === 3 ? at(250, 250) : terminal.metal;
  const focus = [terminal.deadPlus, terminal.goodPlus, terminal.goodMinus, terminal.metal][step - 1] ?? terminal.deadPlus;
  return [
    ...placed(battery('#8d96b3'), { x: deadX }),
    ...placed(battery('#3fbf78'), { x: goodX }),
    ...engine,
    ...cord(
      through(
        at(terminal.deadPlus.x, -196),
        at(terminal.deadPlus.x + 30, -330),
        at((terminal.deadPlus.x + redEnd.x) / 2, -372),
        at(redEnd.x - 14, -330),
        at(redEnd.x, step === 1 ? -330 : -196),
      ),
      red,
      15,
    ),
    ...clamp(terminal.deadPlus.x, terminal.deadPlus.y, red),
    ...(step === 1 ? [] : clamp(terminal.goodPlus.x, terminal.goodPlus.y, red)),
    ...(step < 3
      ? []
      : [
          ...cord(
            through(
              at(terminal.goodMinus.x, -196),
              at(350, -250),
              at(380, 40),
              at(230, 170),
              at(blackEnd.x + 60, blackEnd.y - 40),
              at(blackEnd.x, blackEnd.y - 60),
            ),
            '#3a3f5c',
            15,
          ),
          ...clamp(terminal.goodMinus.x, terminal.goodMinus.y, '#3a3f5c'),
          ...(step === 4 ? clamp(terminal.metal.x, terminal.metal.y, '#3a3f5c') : []),
        ]),
    ...badge(
      String(step),
      at(focus.x + (step === 4 ? -110 : step === 3 ? 0 : -74), step === 4 ? 160 : step === 3 ? -290 : -226),
      40,
      accent,
    ),
  ];
}

const stickLevel = (shown: number): Drawing => [
  body(box(-40, -34, 380, 68, 34), glossy(metal)),
  body(circle(-290, 0, 62), glossy(accent)),
  body(circle(-290, 0, 30), white),
  body(box(-236, -14, 210, 28, 6), glossy(metal)),
  ...(shown > 0 ? [area(box(300 - shown, -29, shown + 34, 58, 26), '#a9631f', 0.9)] : []),
  stroke(polyline(at(60, -34), at(60, 34)), ink, 8),
  stroke(polyline(at(280, -34), at(280, 34)), ink, 8),
];
const levelRead: Drawing = [...stickLevel(136), ...dimension(at(60, -84), at(280, -84)), ...straightArrow(at(164, 150), at(164, 48))];
const stickWiped: Drawing = [
  ...stickLevel(0),
  body(path('M150 -96C230 -130 330 -110 340 -40C360 40 330 110 230 100C170 96 130 60 150 -96Z'), { from: white, to: '#dbe7ff' }),
  ...straightArrow(at(120, 150), at(330, 150)),
];
const stickAgain: Drawing = [
  body(box(-110, 60, 220, 190, 20), glossy(metalDark)),
  body(box(-34, 28, 68, 44, 10), glossy(grey)),
  ...placed(stickLevel(120), { turn: 90, y: -300, x: 0, scale: 0.82 }),
  body(box(-110, -6, 220, 260, 20), { from: metalDark, to: mixed(metalDark, ink, 0.3) }),
  ...straightArrow(at(-190, -260), at(-190, -60)),
  ...straightArrow(at(190, -60), at(190, -260)),
];
const oilPoured: Drawing = [
  body(box(-240, 120, 480, 130, 20), glossy(metalDark)),
  body(box(-52, 84, 104, 46, 10), ink),
  body(path('M-120 -60L120 -60L34 40L34 120L-34 120L-34 40Z'), glossy(orange)),
  body(path('M20 -132L36 -132C40 -90 26 -70 26 -48L6 -48C4 -80 18 -100 20 -132Z'), '#b9772e', 5),
  ...placed([body(path('M0 0L60 -60L250 -60L250 120L60 120L60 20Z'), glossy(green)), body(box(120, -30, 96, 110, 12), white, 5)], {
    x: 28,
    y: -136,
    turn: -24,
  }),
];

const tyre: Drawing = [body(circle(0, 0, 270), glossy('#3a3f5c')), body(circle(0, 0, 222), metal), body(circle(0, 0, 200), '#eef2fb', 5)];
const spokes: Drawing = Array.from({ length: 12 }, (_, index) =>
  stroke(polyline(polar(at(0, 0), 26, index * 30), polar(at(0, 0), 198, index * 30)), metalDark, 4),
);
const hub: Drawing = [body(circle(0, 0, 30), glossy(metalDark))];
const valve: Drawing = [body(box(-10, 150, 20, 58, 6), glossy(red), 5)];
const lever = (degrees: number): Drawing =>
  placed([body(rounded([at(-14, -300), at(14, -300), at(20, -206), at(8, -186), at(-20, -206)], 8), glossy(orange))], { turn: degrees });
const levered: Drawing = [...tyre, ...spokes, ...hub, ...valve, ...lever(0), ...lever(34), ...turnArrow(at(0, 0), 330, -50, 0)];
const tubeIn: Drawing = [
  ...tyre,
  ...spokes,
  ...hub,
  ...cord(arc(at(0, 0), 212, 90, 330), '#ff8fb7', 26),
  ...cord(through(polar(at(0, 0), 212, 330), at(240, -220), at(300, -60), polar(at(0, 0), 222, 60)), '#ff8fb7', 26),
  ...valve,
  ...curvedArrow(at(350, -210), at(226, -96), -0.2),
];
const pushedBack: Drawing = [
  ...tyre,
  ...spokes,
  ...hub,
  ...valve,
  ...turnArrow(at(0, 0), 246, 104, 252, { colour: accent }),
  ...turnArrow(at(0, 0), 246, 76, -72, { colour: accent }),
];
const pumped: Drawing = [
  ...placed([...tyre, ...spokes, ...hub, ...valve], { scale: 0.86, x: -110 }),
  ...cord(path('M-110 186C-110 330 120 330 216 250'), ink, 10),
  body(box(190, -60, 70, 320, 14), glossy(red)),
  body(box(214, -200, 22, 150, 6), metal),
  body(box(140, -224, 170, 36, 16), glossy(ink)),
  body(box(150, 250, 150, 30, 10), ink),
  ...straightArrow(at(350, -220), at(350, -60), { both: true }),
];

const link = (x: number): Drawing => [
  body(box(x - 62, -30, 124, 60, 30), glossy(metal)),
  body(circle(x - 34, 0, 15), metalDark, 4),
  body(circle(x + 34, 0, 15), metalDark, 4),
];
const chain: Drawing = [-272, -136, 0, 136, 272].flatMap((x, index) => placed(link(0), { x, scale: index % 2 === 0 ? 1.12 : 0.9 }));
const oiled: Drawing = [
  ...chain,
  body(path('M0 -84C12 -60 26 -46 22 -28C16 -8 -16 -8 -22 -28C-26 -46 -12 -60 0 -84Z'), glossy('#d99531'), 5),
  body(path('M-14 -170L14 -170L6 -108L-6 -108Z'), white, 5),
  body(box(-50, -320, 100, 154, 20), glossy(green)),
  ...straightArrow(at(200, 110), at(-200, 110)),
];
const chainWiped: Drawing = [
  ...chain,
  body(path('M-120 -92C-60 -130 60 -130 120 -88C150 -20 146 60 110 96C40 124 -60 120 -112 92C-146 40 -150 -30 -120 -92Z'), {
    from: white,
    to: '#cfe0ff',
  }),
  stroke(path('M-96 -40C-30 -20 40 -30 100 -46'), '#9db6e6', 6),
  stroke(path('M-100 40C-20 20 40 40 104 30'), '#9db6e6', 6),
  ...straightArrow(at(200, 150), at(-200, 150)),
];

const basin: Drawing = [
  body(path('M-290 -110L290 -110C290 40 190 110 60 120L60 210L-60 210L-60 120C-190 110 -290 40 -290 -110Z'), {
    from: white,
    to: '#dfe6f5',
  }),
  area(path('M-262 -50L262 -50C244 40 160 96 40 104L40 206L-40 206L-40 104C-160 96 -244 40 -262 -50Z'), water, 0.85),
];
const plunged: Drawing = [
  ...basin,
  body(box(-14, -340, 28, 320, 12), glossy('#e6b176')),
  body(path('M-110 96C-110 -20 -60 -40 0 -40C60 -40 110 -20 110 96C60 112 -60 112 -110 96Z'), glossy(red)),
  ...straightArrow(at(90, -310), at(90, -130), { both: true }),
];
const trap: Drawing = [
  ...cord(path('M-70 -260L-70 20C-70 140 110 140 110 20L110 -60C110 -100 140 -110 180 -110L290 -110'), '#dfe6f5', 54),
  body(box(-112, -90, 84, 52, 10), glossy(metalDark)),
  body(box(68, -70, 84, 52, 10), glossy(metalDark)),
  body(path('M-190 190L230 190L190 330L-150 330Z'), glossy(blue)),
  ...turnArrow(at(-70, -64), at(96, 30), 150, 20),
  ...turnArrow(at(110, -44), at(96, 30), 150, 20),
];
const overflowBlocked: Drawing = [
  ...basin,
  body(ellipse(0, -84, 42, 24), ink),
  body(path('M-46 -96C-20 -130 40 -128 52 -92C60 -60 10 -50 -20 -56C-50 -62 -60 -76 -46 -96Z'), glossy(terracotta)),
  ...straightArrow(at(0, -290), at(0, -140)),
];

const jump = /jump[- ]?start|jumper cables/;
const oil = /engine oil|\boil level|check the oil|check.*\boil\b/;
const tube = /inner tube|flat (bike|bicycle) tyre|puncture/;
const chainTopic = /\b(bike|bicycle)\b.*\bchain|\bchain\b.*\b(bike|bicycle)/;
const drain = /drain|sink/;

export const machines: readonly Depiction[] = [
  when(
    ({ topic, action }) => jump.test(topic) && /\bred\b/.test(action) && /dead/.test(action),
    'the first red clamp on the empty plus',
    () => cables(1),
  ),
  when(
    ({ topic, action }) => jump.test(topic) && /\bred\b/.test(action) && /good/.test(action),
    'the other red clamp on the good plus',
    () => cables(2),
  ),
  when(
    ({ topic, action }) => jump.test(topic) && /\bblack\b/.test(action) && /minus|negative/.test(action),
    'the first black clamp on the good minus',
    () => cables(3),
  ),
  when(
    ({ topic, action }) => jump.test(topic) && /\bblack\b/.test(action) && /metal|engine/.test(action),
    'the last black clamp on bare metal',
    () => cables(4),
  ),
  when(
    ({ topic, action }) => oil.test(topic) && /pull/.test(action) && /wipe/.test(action),
    'the dipstick wiped clean',
    () => stickWiped,
  ),
  when(
    ({ topic, action }) => oil.test(topic) && /push/.test(action) && /pull/.test(action),
    'in all the way, and out again',
    () => stickAgain,
  ),
  when(
    ({ topic, action }) => oil.test(topic) && /level|marks/.test(action) && /read|check|between/.test(action),
    'oil between both marks',
    () => levelRead,
  ),
  when(
    ({ topic, action }) => oil.test(topic) && /\badd|\bpour/.test(action) && /oil/.test(action),
    'a little oil through a funnel',
    () => oilPoured,
  ),
  when(
    ({ topic, action }) => tube.test(topic) && /\blever/.test(action),
    'levers lift one side over the rim',
    () => levered,
  ),
  when(
    ({ topic, action }) => tube.test(topic) && /new tube|tube in/.test(action),
    'the new tube tucked in',
    () => tubeIn,
  ),
  when(
    ({ topic, action }) => tube.test(topic) && /push/.test(action) && /thumbs|back/.test(action),
    'the tyre pushed back from the valve, both ways around',
    () => pushedBack,
  ),
  when(
    ({ topic, action }) => tube.test(topic) && /pump/.test(action),
    'pumped up',
    () => pumped,
  ),
  when(
    ({ topic, action }) => chainTopic.test(topic) && /drop/.test(action) && /link/.test(action),
    'one drop on each link',
    () => oiled,
  ),
  when(
    ({ topic, action }) => chainTopic.test(topic) && /wipe/.test(action) && /cloth|chain|dry/.test(action) && !/minutes/.test(action),
    'the chain pulled through a cloth',
    () => chainWiped,
  ),
  when(
    ({ topic, action }) => drain.test(topic) && /overflow/.test(action) && /cloth|rag/.test(action),
    'a wet cloth in the overflow',
    () => overflowBlocked,
  ),
  when(
    ({ topic, action }) => drain.test(topic) && /plunger|pump/.test(action) && /plunger/.test(action),
    'up and down under water',
    () => plunged,
  ),
  when(
    ({ topic, action }) => drain.test(topic) && /\btrap\b/.test(action),
    'a bucket below, both rings by hand',
    () => trap,
  ),
];
