/** The strokes that objects are drawn with, in a box of 32 × 32. */
import { paints, type Blur, type Depth, type PaintName } from './paints.ts';

const filled = (paint: PaintName | 'glass', depth: Depth | 'flat'): string =>
  `fill="url(#${paint})"${depth === 'flat' || paint === 'glass' ? '' : ` filter="url(#${paint}-${depth})"`}`;

type Filling = Depth | 'flat';

export const path = (paint: PaintName | 'glass', d: string, depth: Filling = 'body'): string => `<path ${filled(paint, depth)} d="${d}"/>`;

export const box = (
  paint: PaintName | 'glass',
  x: number,
  y: number,
  width: number,
  height: number,
  round = 1,
  depth: Filling = 'body',
): string => `<rect ${filled(paint, depth)} x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`;

/** As a path: not every painter of SVG knows how far an ellipse reaches, and its paint goes by that. */
const ellipse = (x: number, y: number, rx: number, ry: number): string =>
  `M${x - rx} ${y}a${rx} ${ry} 0 1 1 ${2 * rx} 0a${rx} ${ry} 0 1 1 ${-2 * rx} 0Z`;

export const oval = (paint: PaintName | 'glass', x: number, y: number, rx: number, ry: number, depth: Filling = 'body'): string =>
  path(paint, ellipse(x, y, rx, ry), depth);

export const disc = (paint: PaintName | 'glass', x: number, y: number, r: number, depth: Filling = 'body'): string =>
  oval(paint, x, y, r, r, depth);

/** A stroke as round as a hose: in shade, itself, and a line of light along it. */
export function tube(paint: PaintName, width: number, d: string): string {
  const { lit, own, shade } = paints[paint];
  const stroke = (colour: string, share: number, shift: number, opacity: number): string =>
    `<path d="${d}" stroke="${colour}" stroke-width="${(width * share).toFixed(3)}" stroke-opacity="${opacity}" transform="translate(${(-width * shift).toFixed(3)} ${(-width * shift * 1.2).toFixed(3)})"/>`;
  return `<g fill="none" stroke-linecap="round" stroke-linejoin="round">${stroke(shade, 1, 0, 1)}${stroke(own, 0.78, 0.05, 1)}${stroke(lit, 0.34, 0.13, 0.85)}</g>`;
}

/** A thin line of one colour. */
export const line = (colour: string, width: number, d: string, opacity = 1): string =>
  `<path fill="none" stroke="${colour}" stroke-width="${width}" stroke-opacity="${opacity}" stroke-linecap="round" stroke-linejoin="round" d="${d}"/>`;

/** A flat shape of one colour. */
export const flat = (colour: string, d: string, opacity = 1): string => `<path fill="${colour}" fill-opacity="${opacity}" d="${d}"/>`;

/** Light that is caught: a soft white stroke. */
export const glint = (d: string, width = 0.8, opacity = 0.75, blur: Blur = 0): string =>
  `<path fill="none" stroke="#fff" stroke-width="${width}" stroke-opacity="${opacity}" stroke-linecap="round" stroke-linejoin="round" filter="url(#soft-${blur})" d="${d}"/>`;

/** A soft shadow that one part throws on another. */
export const dim = (x: number, y: number, rx: number, ry: number, opacity = 0.4, blur: Blur = 1): string =>
  shade(ellipse(x, y, rx, ry), opacity, blur);

/** A soft shade in the form of a path. */
export const shade = (d: string, opacity = 0.35, blur: Blur = 1): string =>
  `<path fill="#2a1140" fill-opacity="${opacity}" filter="url(#soft-${blur})" d="${d}"/>`;

export const turned = (degrees: number, x: number, y: number, ...parts: readonly string[]): string =>
  `<g transform="rotate(${degrees} ${x} ${y})">${parts.join('')}</g>`;

export const moved = (x: number, y: number, scale: number, ...parts: readonly string[]): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})">${parts.join('')}</g>`;

/** The parts, cut off where the path ends. */
export const within = (id: string, d: string, ...parts: readonly string[]): string =>
  `<clipPath id="${id}"><path d="${d}"/></clipPath><g clip-path="url(#${id})">${parts.join('')}</g>`;

/** One part many times, at each place. */
export const each = <T>(places: readonly T[], part: (place: T) => string): string => places.map(part).join('');

/** What is drawn, and the words for it, as in word-list.ts: its own name comes by itself. */
export interface Drawn {
  readonly words: readonly string[];
  readonly body: string;
}

export const drawn = (words: string, ...parts: readonly string[]): Drawn => ({
  words: words === '' ? [] : words.split(/\s*,\s*/),
  body: parts.join(''),
});

export type Family = Readonly<Record<string, Drawn>>;
