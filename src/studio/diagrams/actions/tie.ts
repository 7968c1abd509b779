/** The four-in-hand, as one sees it in a mirror: the wide end begins on the right. */
import { curvedArrow, straightArrow } from '../drawing/arrows.ts';
import { blue, glossy, ink, mixed, white } from '../drawing/colours.ts';
import { at, minus, plus, times, distance, type Point } from '../drawing/geometry.ts';
import { body, cord, stroke, type Drawing } from '../drawing/marks.ts';
import { path, polygon, polyline, rounded } from '../drawing/path.ts';
import { when, type Depiction } from '../depiction.ts';

const wideColour = blue;
const thinColour = '#8fb8ff';
const wideWidth = 62;
const thinWidth = 40;

const shirt: Drawing = [
  body(path('M-290 -60C-200 -120 -120 -150 -90 -200L90 -200C120 -150 200 -120 290 -60L290 300L-290 300Z'), { from: white, to: '#dfe8f8' }),
  body(path('M-84 -204C-60 -120 60 -120 84 -204L50 -230L-50 -230Z'), '#f2b98f', 5),
  stroke(polyline(at(0, -110), at(0, 296)), '#b9c7e4', 5),
];
/** The collar stands up until the tie is tied. */
const collar: Drawing = [body(path('M-92 -216L-30 -70L-130 -110Z'), '#f7faff'), body(path('M92 -216L30 -70L130 -110Z'), '#f7faff')];

/** A band that ends in a point. What has its colour is drawn last, so that no outline parts the point from the band. */
function pointed(points: readonly Point[], width: number, colour: string): Drawing {
  const [before, last] = [points.at(-2), points.at(-1)];
  if (before === undefined || last === undefined) return [];
  const way = times(minus(last, before), 1 / distance(last, before));
  const across = times(at(-way.y, way.x), width / 2 + 3);
  const base = minus(last, times(way, width / 2));
  const tip = plus(last, times(way, width * 0.7));
  const point = body(polygon(plus(base, across), plus(last, across), tip, minus(last, across), minus(base, across)), colour);
  const line = cord(polyline(...points.slice(0, -1), base), colour, width);
  return [...line.slice(0, 1), point, ...line.slice(1)];
}
const wide = (...points: readonly Point[]): Drawing => pointed(points, wideWidth, wideColour);
const thin = (...points: readonly Point[]): Drawing => pointed(points, thinWidth, thinColour);
const band = (...points: readonly Point[]): Drawing => cord(polyline(...points), wideColour, wideWidth);

const neckRight = at(86, -190);
const neckLeft = at(-86, -190);
const crossing = at(0, -20);

const hung: Drawing = [...shirt, ...thin(neckLeft, at(-70, 110)), ...wide(neckRight, at(76, 220)), ...collar];
const thinHanging = thin(neckLeft, crossing, at(10, 200));
const crossed: Drawing = [
  ...shirt,
  ...thinHanging,
  ...wide(neckRight, at(14, -30), at(-170, 70)),
  ...collar,
  ...curvedArrow(at(180, 80), at(-130, 190), -0.16),
];
const behind: Drawing = [
  ...shirt,
  ...wide(at(-56, 10), at(170, 70)),
  ...thinHanging,
  ...band(neckRight, at(14, -30), at(-56, 10)),
  ...collar,
  ...curvedArrow(at(-180, 100), at(180, 180), 0.12),
];
const turn: Drawing = [...band(at(-56, 10), at(66, 20)), ...thinHanging, ...band(neckRight, at(14, -30), at(-56, 10))];
const acrossAgain: Drawing = [
  ...shirt,
  ...turn,
  ...wide(at(66, 20), at(-180, 60)),
  ...collar,
  ...curvedArrow(at(200, 90), at(-150, 170), -0.12),
];
const front: Drawing = [body(rounded([at(-84, -34), at(84, -34), at(62, 66), at(-62, 66)], 14), glossy(mixed(wideColour, ink, 0.08)))];
const loop: Drawing = [
  ...cord(polyline(neckLeft, at(-34, -26)), thinColour, thinWidth),
  ...cord(polyline(neckRight, at(34, -26)), wideColour, wideWidth),
];
const upThrough: Drawing = [
  ...shirt,
  ...thin(at(0, 40), at(6, 200)),
  ...loop,
  ...wide(at(0, -10), at(0, -210)),
  ...front,
  ...collar,
  ...straightArrow(at(190, 60), at(190, -180)),
];
const downThrough: Drawing = [
  ...shirt,
  ...thin(at(-14, 40), at(-18, 150)),
  ...wide(at(6, 40), at(6, 230)),
  ...loop,
  ...band(at(0, -60), at(0, -20)),
  ...front,
  ...collar,
  ...straightArrow(at(190, -120), at(190, 160)),
];
const knot: Drawing = [body(rounded([at(-48, -130), at(48, -130), at(30, -52), at(-30, -52)], 10), glossy(mixed(wideColour, ink, 0.08)))];
const tied: Drawing = [
  ...shirt,
  ...thin(at(-10, -60), at(-16, 170)),
  ...pointed([at(4, -60), at(4, 40), at(4, 236)], wideWidth + 14, wideColour),
  ...knot,
  ...[path('M-92 -216L-34 -60L-150 -84Z'), path('M92 -216L34 -60L150 -84Z')].map((wing) => body(wing, '#f7faff')),
  ...straightArrow(at(150, 130), at(150, -40)),
  ...straightArrow(at(-150, -40), at(-150, 130)),
];

const topic = /\btie (a|my|your) (neck)?tie\b|neck ?tie|four[- ]in[- ]hand/;

export const tie: readonly Depiction[] = [
  when(
    (scene) => topic.test(scene.topic) && /\bhang|drape/.test(scene.action),
    'the wide end hangs lower',
    () => hung,
  ),
  when(
    (scene) => topic.test(scene.topic) && /cross/.test(scene.action) && /over/.test(scene.action),
    'the wide end crosses over',
    () => crossed,
  ),
  when(
    (scene) => topic.test(scene.topic) && /behind/.test(scene.action),
    'and back behind',
    () => behind,
  ),
  when(
    (scene) => topic.test(scene.topic) && /across/.test(scene.action),
    'across the front again',
    () => acrossAgain,
  ),
  when(
    (scene) => topic.test(scene.topic) && /\bup\b/.test(scene.action) && /loop/.test(scene.action),
    'up through the neck loop',
    () => upThrough,
  ),
  when(
    (scene) => topic.test(scene.topic) && /\bdown\b/.test(scene.action) && /front|through/.test(scene.action),
    'down through the front',
    () => downThrough,
  ),
  when(
    (scene) => topic.test(scene.topic) && /slide|tighten/.test(scene.action),
    'the knot slides up',
    () => tied,
  ),
];
