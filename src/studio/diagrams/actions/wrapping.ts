/** Gifts that are wrapped, and bowls that are covered with paper. */
import { curvedArrow, straightArrow, turnArrow } from '../drawing/arrows.ts';
import { glossy, ink, mixed, white } from '../drawing/colours.ts';
import { at } from '../drawing/geometry.ts';
import { body, cord, placed, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { box, path, polygon, polyline } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';
import { begins } from '../recognise.ts';

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
  ...coat([10]),
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

const giftTopic = /\bwrap(ping)?\b.*\b(gift|present|box)|\b(gift|present)\b.*\bwrap/;
const bowlTopic = /papier|paper m[aâ]ch/;

export const wrapping: readonly Depiction[] = [
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
    (scene) => begins(scene, 'tear', 'rip') && /strips/.test(scene.action) && /paper/.test(scene.action),
    'paper torn into strips',
    () => torn,
  ),
];
