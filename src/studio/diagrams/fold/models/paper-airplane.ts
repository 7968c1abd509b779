/** The glider with the locked nose, from a sheet of A4: lengths are millimetres. */
import { speedLines } from '../../drawing/arrows.ts';
import { mixed, ink, paper, paperBack } from '../../drawing/colours.ts';
import { at, type Point } from '../../drawing/geometry.ts';
import { body, stroke, type Drawing } from '../../drawing/marks.ts';
import { polygon, polyline } from '../../drawing/path.ts';
import { sequence, valley, type FoldModel } from '../sequence.ts';
import { rectangle } from '../sheet.ts';

const width = 210;
const height = 297;
const middle = width / 2;
/** Where the top is folded down: far enough below the first corners that the tip will peek out below the second ones. */
const flap = 136;
const meeting = flap + middle;
const degrees = Math.PI / 180;

/** Along the hinge of the wings towards the tail, out to the right, and up; seen from the front, above and the right. */
const seen = (along: number, out: number, up: number): Point => at(-2.35 * along + 1.05 * out, 0.85 * along + 1.75 * out - 2.3 * up);

/** A point of the folded half, by its distance from the nose and its angle above the bottom edge, after the wing was levelled. */
const onWing = (x: number, y: number, side: 1 | -1): Point => {
  const reach = Math.hypot(x, y);
  const angle = Math.atan2(y, x) - 22.5 * degrees;
  const out = reach * Math.sin(angle);
  return seen(reach * Math.cos(angle), side * out, out * 0.12);
};

const length = height - flap;
const tailHinge = length / Math.cos(22.5 * degrees);
const wing = (side: 1 | -1): readonly Point[] => [
  seen(0, 0, 0),
  onWing(middle, middle, side),
  onWing(length, middle, side),
  seen(tailHinge, side * 3, 0),
];
const keel = [seen(0, 0, 0), seen(tailHinge, 0, 0), seen(length * Math.cos(22.5 * degrees), 0, -length * Math.sin(22.5 * degrees))];

const plane: Drawing = [
  body(polygon(...keel), { from: paperBack, to: mixed(paperBack, ink, 0.25) }, 6),
  body(polygon(...wing(-1)), { from: '#ffffff', to: mixed(paper, ink, 0.1) }, 6),
  body(polygon(...wing(1)), { from: '#ffffff', to: mixed(paper, ink, 0.05) }, 6),
  stroke(polyline(seen(0, 0, 0), seen(tailHinge, 0, 0)), mixed(paper, ink, 0.4), 4),
];

const flying: Drawing = [
  ...plane,
  ...speedLines([
    [seen(205, 40, 0), seen(255, 40, 0)],
    [seen(210, 0, -20), seen(285, 0, -20)],
    [seen(205, -45, 0), seen(245, -45, 0)],
  ]),
];

export const paperAirplane: FoldModel = {
  name: 'a paper airplane',
  topic: /\bpaper (air|aero)?plane|\bpaper (glider|dart)|(air|aero)?planes? (made )?(out )?of paper|origami (air|aero)?plane/,
  never: /\bticket|\bdrone|\blauncher/,
  colours: { front: paper, back: paperBack },
  finished: flying,
  steps: sequence(rectangle(width, height), [
    {
      name: 'the sheet folded in half lengthwise and opened again',
      says: [/\bfold/, /\bhalf\b/, /unfold|open (it|the sheet|again|up)|middle crease|crease down/],
      never: [/wing|corner/],
      moves: [{ kind: 'crease', fold: valley([at(middle, 0), at(middle, height)], at(width, 190)) }],
    },
    {
      name: 'both top corners folded to the middle',
      says: [/\bfold/, /(top|upper|two|both) (\w+ )?corners/, /middle|cent(re|er)/],
      never: [/wing|\bnew corners|again|second time|peek/],
      moves: [
        { kind: 'fold', fold: valley([at(middle, 0), at(0, middle)], at(0, 0)) },
        { kind: 'fold', fold: valley([at(middle, 0), at(width, middle)], at(width, 0)) },
      ],
    },
    {
      name: 'the pointed top folded down like an envelope',
      says: [/\bfold/, /(pointed|triangle|tip|peak|point)\b.*\bdown\b/],
      never: [/wing|corners? (to|into)|little triangle|small triangle/],
      moves: [{ kind: 'fold', fold: valley([at(0, flap), at(width, flap)], at(middle, 0)) }],
    },
    {
      name: 'the new corners folded to the middle, above the tip',
      says: [/\bfold/, /new (top )?corners/, /middle|cent(re|er)/],
      never: [/wing/],
      moves: [
        { kind: 'fold', fold: valley([at(middle, flap), at(0, meeting)], at(0, flap)) },
        { kind: 'fold', fold: valley([at(middle, flap), at(width, meeting)], at(width, flap)) },
      ],
    },
    {
      name: 'the little triangle folded up as a lock',
      says: [/\bfold/, /(little|small|tiny) (paper )?(triangle|tip|flap)\b.*\bup\b/],
      never: [/wing/],
      moves: [{ kind: 'fold', fold: valley([at(0, meeting), at(width, meeting)], at(middle, 2 * flap), 3) }],
    },
    {
      name: 'the plane folded in half with the lock outside',
      says: [/\bfold/, /\bhalf\b/, /lock|little triangle|small triangle/],
      never: [/wing|lengthwise|unfold/],
      moves: [
        {
          kind: 'fold',
          fold: { line: [at(middle, 0), at(middle, height)], moves: at(width, 262), direction: 'mountain' },
        },
        { kind: 'rotate', degrees: 90 },
      ],
    },
    {
      name: 'the wings folded down and levelled',
      says: [/\bfold|\bbend/, /wings?\b.*\bdown\b|down\b.*\bwings?\b/, /along the body|level/],
      moves: [{ kind: 'fold', fold: valley([at(-flap, middle), at(-height, middle - length * Math.tan(22.5 * degrees))], at(-height, 0)) }],
      after: plane,
    },
  ]),
};
