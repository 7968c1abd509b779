/** From marks to the SVG of a diagram: as large as fits, with a white halo and a soft shadow around the whole silhouette. */
import type { Diagram } from '../../film/diagram.ts';
import { ink, white, type Paint, type Shade } from './colours.ts';
import { drawingBounds, placed, type Drawing, type Mark } from './marks.ts';
import { pathData } from './path.ts';

const width = 800;
const height = 720;
/** For halo and shadow, and for outlines, which do not shrink with the drawing. */
const margin = 44;
/** A small thing is not blown up until its lines are thicker than those of other diagrams. */
const largest = 1.6;
const halo = 9;
/** Soft without a blur, which would cost more than all the rest: each wider silhouette adds a little. */
const shadow = [
  { wider: 13, opacity: 0.06 },
  { wider: 9, opacity: 0.07 },
  { wider: 5, opacity: 0.08 },
  { wider: 1, opacity: 0.09 },
];

function fitted(drawing: Drawing): Drawing {
  const { left, top, right, bottom } = drawingBounds(drawing);
  const scale = Math.min(largest, (width - 2 * margin) / Math.max(1, right - left), (height - 2 * margin) / Math.max(1, bottom - top));
  return placed(drawing, { scale, x: width / 2 - ((left + right) / 2) * scale, y: height / 2 - ((top + bottom) / 2) * scale });
}

/** Ids differ where drawings do, so that several can stand in one document. */
function prefixOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `d${(hash >>> 0).toString(36)}`;
}

const shadeKey = ({ from, to }: Shade): string => `${from}${to}`;

function fillOf(fill: Paint | null, prefix: string, shades: ReadonlyMap<string, number>): string {
  if (fill === null) return 'none';
  return typeof fill === 'string' ? fill : `url(#${prefix}-${shades.get(shadeKey(fill)) ?? 0})`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function written(mark: Mark, prefix: string, shades: ReadonlyMap<string, number>): string {
  const line = mark.stroke === null ? '' : ` stroke="${mark.stroke}" stroke-width="${round(mark.width)}"`;
  const dash = mark.dash.length === 0 ? '' : ` stroke-dasharray="${mark.dash.join(' ')}"`;
  const opacity = mark.opacity === 1 ? '' : ` opacity="${mark.opacity}"`;
  return `<path d="${pathData(mark.path)}" fill="${fillOf(mark.fill, prefix, shades)}"${line}${dash}${opacity}/>`;
}

/** Once for each outline, however many marks have it. */
const silhouette = (marks: Drawing, colour: string, wider: number): string =>
  [
    ...new Set(
      marks
        .filter(({ solid }) => solid)
        .map((mark) => {
          const line = (mark.stroke === null ? 0 : mark.width) + 2 * wider;
          return `<path d="${pathData(mark.path)}" fill="${mark.fill === null ? 'none' : colour}" stroke="${colour}" stroke-width="${round(line)}"/>`;
        }),
    ),
  ].join('');

export function finish(drawing: Drawing, shows: string): Diagram {
  const marks = fitted(drawing);
  const shadeList = [
    ...new Map(marks.flatMap(({ fill }) => (fill === null || typeof fill === 'string' ? [] : [[shadeKey(fill), fill] as const]))).values(),
  ];
  const shades = new Map(shadeList.map((shade, index) => [shadeKey(shade), index]));
  const prefix = prefixOf(marks.map(({ path }) => pathData(path)).join(' ') + [...shades.keys()].join(' '));
  const gradients = shadeList
    .map(
      ({ from, to }, index) =>
        `<linearGradient id="${prefix}-${index}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`,
    )
    .join('');
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" stroke-linecap="round" stroke-linejoin="round" fill-rule="evenodd">`,
    `<defs>${gradients}</defs>`,
    ...shadow.map(
      ({ wider, opacity }) => `<g opacity="${opacity}" transform="translate(0 13)">${silhouette(marks, ink, halo + wider)}</g>`,
    ),
    `<g>${silhouette(marks, white, halo)}</g>`,
    ...marks.map((mark) => written(mark, prefix, shades)),
    '</svg>',
  ].join('');
  return { svg, width, height, shows };
}
