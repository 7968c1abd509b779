/** The crane, from a square with sides of 150. What collapses at once is written down as it lies afterwards. */
import { mixed, ink, paper } from '../../drawing/colours.ts';
import { at, mirrored, type Line, type Point } from '../../drawing/geometry.ts';
import { body, stroke, type Drawing } from '../../drawing/marks.ts';
import { circle, polygon, polyline } from '../../drawing/path.ts';
import { sequence, valley, type FoldModel } from '../sequence.ts';
import { facet, folded, rectangle, type Facet, type Sheet } from '../sheet.ts';

const side = 150;
const colour = '#ff6f7d';

/** Half the diagonal of the square base, whose centre is the origin; its open corner points down. */
const reach = side / 2 / Math.SQRT2;
const top = at(0, -reach);
const bottom = at(0, reach);
const left = at(-reach, 0);
const right = at(reach, 0);
/** Where the petals turn up: a side's length above the open corner. */
const hinge = reach - side / 2;
const half = (side / 2) * Math.tan(Math.PI / 8);
const hingeLeft = at(-half, hinge);
const hingeRight = at(half, hinge);
const heart = at(0, hinge);
const tip = at(0, hinge - side / 2);

const square = [top, right, bottom, left];
const squareBase: Sheet = {
  facets: [
    facet(square, false),
    facet([top, left, bottom]),
    facet([top, right, bottom]),
    facet([top, left, bottom], false),
    facet([top, right, bottom], false),
    facet(square),
  ],
};

const petalCreases: readonly Line[] = [
  [bottom, hingeLeft],
  [bottom, hingeRight],
  [hingeLeft, hingeRight],
];

const legFacets = (corner: Point, front: boolean): readonly Facet[] => [
  facet([top, corner, bottom], !front),
  facet([corner, heart, bottom], front),
];
const wingFacets = (front: boolean): readonly Facet[] => [
  facet([top, hingeLeft, hingeRight], front),
  facet([tip, hingeLeft, hingeRight], !front),
  facet([tip, heart, hingeLeft], front),
  facet([tip, heart, hingeRight], front),
];
const birdBase: Sheet = {
  facets: [
    ...wingFacets(false).toReversed(),
    ...[...legFacets(hingeLeft, false), ...legFacets(hingeRight, false)].toReversed(),
    ...legFacets(hingeLeft, true),
    ...legFacets(hingeRight, true),
    ...wingFacets(true),
  ],
};

/** From the open corner, halfway between the middle and the edge of a leg. */
const narrow = (sign: 1 | -1): Line => [bottom, at(sign * (side / 2) * Math.tan(Math.PI / 16), hinge)];
/** Where a leg bends between the layers, so that its point looks up and out. */
const bend = (sign: 1 | -1): Line => [at(0, hinge + 1), at(sign * 40, hinge + 1 + 40 * Math.tan((21 * Math.PI) / 180))];

function raisedLeg(sign: 1 | -1, front: boolean): readonly Facet[] {
  const corner = sign < 0 ? hingeLeft : hingeRight;
  const direction = front ? 'valley' : 'mountain';
  const facets = front ? legFacets(corner, true) : legFacets(corner, false).toReversed();
  const thin = folded({ facets }, { line: narrow(sign), moves: corner, direction });
  return folded(thin, { line: bend(sign), moves: bottom, direction }).facets;
}

const raised: Sheet = {
  facets: [
    ...wingFacets(false).toReversed(),
    ...raisedLeg(-1, false),
    ...raisedLeg(1, false),
    ...raisedLeg(-1, true),
    ...raisedLeg(1, true),
    ...wingFacets(true),
  ],
};
const beak = mirrored(bottom, bend(-1));

const shade = (share: number): { from: string; to: string } => ({
  from: mixed(colour, '#ffffff', 0.25 - share),
  to: mixed(colour, ink, share),
});

const crane: Drawing = [
  body(polygon(at(20, 60), at(-40, 30), at(130, -190), at(95, 20)), shade(0.22), 6),
  body(polygon(at(60, 70), at(235, -95), at(120, 100)), shade(0.12), 6),
  body(polygon(at(-50, 70), at(-190, -100), at(-120, 95)), shade(0.08), 6),
  body(polygon(at(-190, -100), at(-255, -52), at(-172, -68)), shade(0.16), 6),
  stroke(circle(-192, -74, 2)),
  body(polygon(at(-125, 92), at(0, 10), at(125, 98), at(0, 150)), shade(0.12), 6),
  body(polygon(at(-95, 62), at(-70, -185), at(100, 66), at(0, 150)), shade(0), 6),
  stroke(polyline(at(-70, -185), at(0, 150)), mixed(colour, ink, 0.4), 4),
];

/** The middle of the sheet as it lies after it was turned over and set on its corner. */
const centre = at(-side / Math.SQRT2, 0);
const corner = (x: number, y: number): Point => at(centre.x + (x * side) / Math.SQRT2, centre.y + (y * side) / Math.SQRT2);

export const origamiCrane: FoldModel = {
  name: 'an origami crane',
  topic: /\b(origami|paper) (crane|bird)/,
  never: /construction|\blift|feeder|house/,
  colours: { front: colour, back: paper },
  finished: crane,
  steps: sequence(rectangle(side, side), [
    {
      name: 'both diagonals folded and opened again',
      says: [/\bfold/, /diagonals/],
      never: [/\bhalf|halves/],
      moves: [
        {
          kind: 'crease',
          fold: valley([at(0, 0), at(side, side)], at(side - 12, 12)),
          hint: { from: at(side - 14, 14), to: at(14, side - 14), bend: 0.14 },
        },
        {
          kind: 'crease',
          fold: valley([at(side, 0), at(0, side)], at(12, 12)),
          hint: { from: at(14, 14), to: at(side - 14, side - 14), bend: -0.14 },
        },
      ],
    },
    {
      name: 'the sheet turned over, folded in half both ways and opened again',
      says: [/flip|turn/, /\bfold/, /halves|\bhalf\b/],
      moves: [
        { kind: 'turn-over' },
        { kind: 'crease', fold: valley([at(-side / 2, 0), at(-side / 2, side)], at(-10, side - 26)) },
        { kind: 'crease', fold: valley([at(-side, side / 2), at(0, side / 2)], at(-side + 26, 10)) },
      ],
    },
    {
      name: 'three corners brought down to the fourth: a small square',
      says: [/collapse|bring/, /square/],
      moves: [
        { kind: 'rotate', degrees: 45 },
        {
          kind: 'become',
          sheet: squareBase,
          lines: [],
          hints: [
            { from: corner(-1, 0), to: corner(-0.12, 0.82), bend: -0.2 },
            { from: corner(1, 0), to: corner(0.12, 0.82), bend: 0.2 },
            { from: corner(0, -0.98), to: corner(0, 0.6), bend: 0 },
          ],
        },
      ],
    },
    {
      name: 'both lower edges and the top creased: a kite',
      says: [/crease|fold/, /kite/],
      moves: [
        { kind: 'crease', fold: valley([bottom, hingeLeft], left, 1), hint: { from: at(-40, 8), to: at(-4, 8), bend: 0.28 } },
        { kind: 'crease', fold: valley([bottom, hingeRight], right, 1), hint: { from: at(40, 8), to: at(4, 8), bend: -0.28 } },
        { kind: 'crease', fold: valley([hingeLeft, hingeRight], top, 1), hint: { from: at(0, -50), to: at(0, -2), bend: 0 } },
      ],
    },
    {
      name: 'one layer lifted into a long diamond',
      says: [/lift|pull|open/, /diamond/],
      moves: [
        {
          kind: 'become',
          sheet: birdBase,
          lines: petalCreases,
          hints: [
            { from: bottom, to: at(0, tip.y * 0.72), bend: 0 },
            { from: at(left.x + 4, 4), to: at(-13, 8), bend: 0.25 },
            { from: at(right.x - 4, 4), to: at(13, 8), bend: -0.25 },
          ],
        },
      ],
    },
    {
      name: 'the legs narrowed and bent up between the layers',
      says: [/narrow|fold/, /\blegs?\b/, /\bup\b/],
      moves: [
        {
          kind: 'become',
          sheet: raised,
          lines: [narrow(-1), narrow(1)],
          hints: [
            { from: at(-8, 52), to: at(beak.x, beak.y + 2), bend: 0.2 },
            { from: at(8, 52), to: at(-beak.x, beak.y + 2), bend: -0.2 },
          ],
        },
      ],
    },
    {
      name: 'the beak bent and the wings opened',
      says: [/beak|head/, /wings?/],
      moves: [
        {
          kind: 'become',
          sheet: raised,
          lines: [],
          hints: [{ from: at(beak.x - 8, beak.y - 8), to: at(beak.x - 14, beak.y + 36), bend: 0.25 }],
        },
      ],
      after: crane,
    },
  ]),
};
