/** Six points from a square with sides of 150: lengths are millimetres, and the middle of the snowflake is the origin from the second step on. */
import { mixed, ink, red, white } from '../../drawing/colours.ts';
import { at, mirrored, polar, turned, type Line, type Point } from '../../drawing/geometry.ts';
import { body, dashed, placed, stroke, type Drawing } from '../../drawing/marks.ts';
import { polygon, polyline } from '../../drawing/path.ts';
import { scissors } from '../../things/tools.ts';
import { sequence, valley, type FoldModel } from '../sequence.ts';
import { rectangle, rotated, type Sheet } from '../sheet.ts';

const diagonal = 150 * Math.SQRT2;
const long = diagonal / 2;
/** The square on its corner, with its middle in the origin. */
const start: Sheet = {
  facets: rotated(rectangle(150, 150), 45).facets.map((one) => ({ ...one, outline: one.outline.map(({ x, y }) => at(x, y - long)) })),
};
const centre = at(0, 0);
const ray = (degrees: number): Point => polar(centre, 120, degrees);
/** As far from the middle as all layers reach. */
const cut = 66;
const slope = Math.tan(Math.PI / 6);
const wedge = [centre, at(-cut * slope, -cut), at(cut * slope, -cut)];

const along = (share: number, side: 1 | -1): Point => at(side * cut * slope * share, -cut * share);
const into = (share: number, side: 1 | -1, depth: number): Point => at(side * (cut * slope * share - depth), -cut * share);

/** What is snipped out of the two sides. */
const sides: Readonly<Record<1 | -1, readonly (readonly Point[])[]>> = {
  [-1]: [
    [along(0.22, -1), into(0.34, -1, 7), along(0.44, -1)],
    [along(0.55, -1), into(0.72, -1, 16), along(0.8, -1)],
  ],
  1: [
    [along(0.3, 1), into(0.36, 1, 8), into(0.52, 1, 8), along(0.56, 1)],
    [along(0.68, 1), into(0.84, 1, 17), along(0.88, 1)],
  ],
};
/** And what is snipped out of the rim. */
const notch: readonly Point[] = [at(-9, -cut), at(0, -cut + 19), at(9, -cut)];

const colour = '#f4f9ff';
const grow = 3.6;
const bigger = (points: readonly Point[]): readonly Point[] => points.map(({ x, y }) => at(x * grow, y * grow));

/** A cut on an edge of the wedge becomes a hole with two equal halves. */
const holes = (side: 1 | -1): readonly (readonly Point[])[] => {
  const edge: Line = [centre, along(1, side)];
  return sides[side].map((cutOut) => [
    ...cutOut,
    ...cutOut
      .slice(1, -1)
      .map((point) => mirrored(point, edge))
      .toReversed(),
  ]);
};

function star(): Drawing {
  const turns = [0, 1, 2, 3, 4, 5].map((index) => index * 60);
  const rim = turns.flatMap((degrees) => [along(1, -1), ...notch].map((point) => turned(point, degrees)));
  const cuts = turns.flatMap((degrees, index) => {
    const side = index % 2 === 0 ? 1 : -1;
    return holes(side).map((hole) =>
      polygon(...bigger((side === 1 ? hole : hole.toReversed()).map((point) => turned(point, side === 1 ? degrees : degrees + 60)))),
    );
  });
  const whole = [...polygon(...bigger(rim)), ...cuts.flat()];
  const creases = [0, 60, 120].map((degrees) =>
    stroke(polyline(polar(centre, 8 * grow, degrees), polar(centre, -8 * grow, degrees)), '#a9c4ee', 4, 0.8),
  );
  return [body(whole, { from: white, to: mixed(colour, ink, 0.08) }, 6), ...creases];
}

export const snowflake: Drawing = star();

const folded: Drawing = [body(polygon(...bigger(wedge)), { from: white, to: '#cfe0fb' }, 6)];
const tips = [polar(centre, long, 240), polar(centre, long, 300)];

const scissorsTo = (x: number, y: number, turn: number): Drawing => placed(scissors, { x: x * grow, y: y * grow, turn, scale: 0.9 });

/** The wedge with its two tips, and where they come off. */
export const tipsCut: Drawing = [
  body(
    polygon(...bigger([centre, ...tips.slice(0, 1), polar(centre, 75 / Math.cos(Math.PI / 12), 270), ...tips.slice(1)])),
    { from: white, to: '#cfe0fb' },
    6,
  ),
  stroke(polyline(...bigger([at(0, 0), at(0, -77)])), '#a9c4ee', 4),
  dashed(polyline(...bigger([at(-48, -cut), at(48, -cut)])), red, 8, [18, 15]),
  ...scissorsTo(52, -cut, 0),
];

export const shapesSnipped: Drawing = [
  ...folded,
  ...[...sides[-1], ...sides[1], notch].map((cutOut) => body(polygon(...bigger(cutOut)), '#8f9fd0', 4)),
  ...scissorsTo(38, -cut * 0.62, -14),
];

const snipped = [centre, ...sides[-1].flat(), along(1, -1), ...notch, along(1, 1), ...sides[1].flat().toReversed()];
export const snippedWedge: Drawing = [body(polygon(...bigger(snipped)), { from: white, to: '#cfe0fb' }, 6)];

export const paperSnowflake: FoldModel = {
  name: 'a paper snowflake',
  topic: /snowflakes?/,
  never: /crochet|knit|draw|chocolate|cookie|lego/,
  colours: { front: colour, back: '#c4d8fb' },
  finished: snowflake,
  steps: sequence(start, [
    {
      name: 'the square folded into a triangle',
      says: [/\bfold/, /square/, /triangle/],
      moves: [{ kind: 'fold', fold: valley([at(-long, 0), at(long, 0)], at(0, long)) }],
    },
    {
      name: 'folded in half once more, and opened again',
      says: [/\bfold/, /\bhalf\b/, /triangle|crease|again|once more/],
      moves: [{ kind: 'crease', fold: valley([at(0, 0), at(0, -long)], at(long - 6, -4)) }],
    },
    {
      name: 'folded in thirds from the middle',
      says: [/\bfold/, /thirds/],
      moves: [
        { kind: 'fold', fold: valley([centre, ray(300)], at(long, 0)) },
        { kind: 'fold', fold: valley([centre, ray(240)], at(-long, 0)) },
      ],
    },
  ]),
};
