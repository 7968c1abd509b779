/** Time that has to pass, and warmth. */
import { accent, glossy, ink, metal, mixed, orange, red, white } from '../drawing/colours.ts';
import { at, polar } from '../drawing/geometry.ts';
import { badge } from '../drawing/lettering.ts';
import { area, body, freeStroke, shine, stroke, type Drawing } from '../drawing/marks.ts';
import { arc, box, circle, closed, ellipse, path, polyline } from '../drawing/path.ts';
import { found, type Depiction } from '../depiction.ts';
import { does, numberOf } from '../recognise.ts';

interface Wait {
  readonly label: string;
  /** How much of the clock's round it takes. */
  readonly share: number;
  readonly night: boolean;
}

const amount =
  '((?:\\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|forty|sixty|twenty-four)(?:-\\w+)?)';
const span = new RegExp(`\\b${amount}(?: (?:to|or) ${amount})? (?:whole )?(seconds|minutes?|hours?|days?)\\b`);

const hoursOf: Readonly<Record<string, number>> = { second: 1 / 3600, minute: 1 / 60, hour: 1, day: 24 };
const unitOf: Readonly<Record<string, string>> = { second: 's', minute: 'min', hour: 'h', day: 'h' };

function readWait(text: string): Wait | undefined {
  if (/half an hour/.test(text)) return { label: '30 min', share: 0.5, night: false };
  const day = /\ba day or two\b/.test(text) ? ['', 'one', 'two', 'day'] : span.exec(text);
  const [, least = '', most = '', units = ''] = day ?? [];
  const unit = units.replace(/s$/, '');
  const [from, to] = [numberOf(least), numberOf(most)];
  if (from === undefined) return /overnight/.test(text) ? { label: '', share: 1, night: true } : undefined;
  const each = unit === 'day' ? 24 : 1;
  const label = `${from * each}${to === undefined || most === '' ? '' : `–${to * each}`} ${unitOf[unit] ?? ''}`;
  const hours = (to ?? from) * (hoursOf[unit] ?? 1);
  return { label, share: Math.min(1, unit === 'minute' ? hours : hours / 12), night: false };
}

function clock(share: number): Drawing {
  const end = -90 + share * 360;
  const wedge =
    share >= 0.999
      ? circle(0, 0, 178)
      : closed([...arc(at(0, 0), 178, -90, end), ...polyline(at(0, 0)).map((one) => ({ ...one, operation: 'L' as const }))]);
  const ticks = Array.from({ length: 12 }, (_, index) =>
    stroke(
      polyline(polar(at(0, 0), index % 3 === 0 ? 152 : 164, index * 30), polar(at(0, 0), 180, index * 30)),
      ink,
      index % 3 === 0 ? 11 : 6,
    ),
  );
  return [
    body(circle(0, 0, 224), glossy(red)),
    body(circle(0, 0, 192), white),
    area(wedge, accent, 0.95),
    ...ticks,
    stroke(polyline(at(0, 0), at(0, -136)), ink, 15),
    stroke(polyline(at(0, 0), polar(at(0, 0), 104, share >= 0.999 ? 30 : end)), ink, 15),
    body(circle(0, 0, 15), ink),
    shine(arc(at(0, 0), 208, 196, 244), 10, 0.6),
  ];
}

const night: Drawing = [
  body(circle(0, 0, 220), { from: '#4b4fb8', to: '#23265e' }),
  area(path('M30 -130C-70 -110 -110 20 -40 92C20 150 110 130 140 60C60 92 -20 20 30 -130Z'), accent),
  ...[at(96, -100), at(126, -8), at(-120, -84), at(-132, 60)].map(({ x, y }) => area(circle(x, y, 9), white)),
];

const waits = ['wait', 'let', 'leave', 'rest', 'dry', 'set', 'bag', 'keep', 'chill', 'cool'];
const waitSaid = /\bwait|\bdry\b|\brest\b|\brise\b|\bleave\b|\bharden|timer|\bset\b|\bcool\b|overnight/;

const waiting: Depiction = (scene) => {
  if (!scene.step || !does(scene, ...waits) || !waitSaid.test(scene.action)) return undefined;
  const first = scene.verbs[0] ?? '';
  // What is done besides waiting is the more important thing to see.
  if (!waits.includes(first) && !/overnight|minutes|hours/.test(scene.action)) return undefined;
  if (/\bup\b|level|roof|jar to|straight|wardrobe|phone|subject|card\b|pour\b/.test(scene.action)) return undefined;
  const wait = readWait(scene.action) ?? readWait(scene.told);
  if (wait === undefined) return undefined;
  const face = wait.night ? night : clock(wait.share);
  return found(
    `waiting${wait.label === '' ? ' overnight' : ` ${wait.label}`}`,
    wait.label === '' ? face : [...face, ...badge(wait.label, at(0, 236), 56)],
  );
};

const degrees =
  /((?:\d+|one|two|three|hundred|and|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|five|[a-z]+ty)(?:[ -](?:\d+|one|two|three|hundred|and|[a-z]+ty|five))*) (?:degrees|°)/;

function readDegrees(text: string): string {
  const [, words = ''] = degrees.exec(text) ?? [];
  const value = numberOf(words);
  if (value === undefined) return '';
  return /fahrenheit/.test(text) ? `${value} °F` : `${value} °C`;
}

const oven = (inside: Drawing, glow: string): Drawing => [
  body(box(-240, -330, 480, 440, 26), glossy(metal)),
  body(box(-240, -330, 480, 92, 26), glossy('#5b6484')),
  ...[-150, -60, 60, 150].map((x) => body(circle(x, -284, 24), glossy(white), 5)),
  ...[-150, -60, 60, 150].map((x, index) => stroke(polyline(at(x, -284), polar(at(x, -284), 18, -90 + index * 40)), ink, 6)),
  freeStroke(polyline(at(-170, -206), at(170, -206)), ink, 16),
  body(box(-196, -176, 392, 250, 18), { from: mixed(glow, ink, 0.45), to: glow }),
  ...inside,
  shine(polyline(at(-166, -140), at(-120, -140)), 10, 0.5),
];

const pizza: Drawing = [
  body(ellipse(0, 26, 150, 26), glossy('#e9a850'), 5),
  area(ellipse(0, 20, 122, 17), '#ff6b4a'),
  area(ellipse(-40, 18, 26, 7), '#fff0c2'),
  area(ellipse(36, 23, 28, 7), '#fff0c2'),
];
const tray: Drawing = [stroke(polyline(at(-176, 46), at(176, 46)), ink, 9)];

const baking: Depiction = (scene) => {
  if (!scene.step || !/oven/.test(scene.seen) || !does(scene, 'bake', 'heat', 'preheat', 'roast')) return undefined;
  const bakes = does(scene, 'bake', 'roast');
  const label = bakes ? (readWait(scene.action)?.label ?? readDegrees(scene.told)) : readDegrees(scene.told);
  const inside = [...tray, ...(/pizza/.test(scene.seen) && bakes ? pizza : [])];
  return found(bakes ? 'baking in the oven' : 'heating the oven', [
    ...oven(inside, orange),
    ...(label === '' ? [] : badge(label, at(0, 140), 54)),
  ]);
};

export const waitingActions: readonly Depiction[] = [baking, waiting];
