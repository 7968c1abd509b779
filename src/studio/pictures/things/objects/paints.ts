/**
 * What drawn objects are painted with. A paint is a colour as light falls on it from the upper left: lit, itself, and in shade.
 * Each can be used as a flat colour, as a gradient, and with a filter that rounds the edges of a shape.
 */

export interface Paint {
  readonly lit: string;
  readonly own: string;
  readonly shade: string;
}

export type PaintName =
  | 'black'
  | 'blue'
  | 'brass'
  | 'brown'
  | 'card'
  | 'charcoal'
  | 'copper'
  | 'cream'
  | 'denim'
  | 'dough'
  | 'crust'
  | 'gold'
  | 'green'
  | 'grey'
  | 'iron'
  | 'leaf'
  | 'lilac'
  | 'lime'
  | 'mint'
  | 'moss'
  | 'navy'
  | 'orange'
  | 'paper'
  | 'pink'
  | 'purple'
  | 'red'
  | 'rubber'
  | 'sand'
  | 'skin'
  | 'sky'
  | 'soil'
  | 'steel'
  | 'stone'
  | 'teal'
  | 'terracotta'
  | 'water'
  | 'wax'
  | 'white'
  | 'willow'
  | 'wood'
  | 'yellow';

const paint = (lit: string, own: string, shade: string): Paint => ({ lit, own, shade });

export const paints: Readonly<Record<PaintName, Paint>> = {
  black: paint('#6b6278', '#3a3248', '#1d1630'),
  blue: paint('#63bdff', '#3277ee', '#2b3fb4'),
  brass: paint('#ffe28a', '#e5a63c', '#a9612f'),
  brown: paint('#b98262', '#85543f', '#54303a'),
  card: paint('#f4c995', '#d79d63', '#9d6244'),
  charcoal: paint('#5d5568', '#352e41', '#191325'),
  copper: paint('#ffb98a', '#d8743f', '#933c3b'),
  cream: paint('#fffaf0', '#f2dfc0', '#cfa184'),
  denim: paint('#7c9be0', '#4561b5', '#2a3478'),
  dough: paint('#fff3da', '#f0d3a0', '#cc9468'),
  crust: paint('#f7b868', '#cd7a35', '#8c4030'),
  gold: paint('#ffe98f', '#f7b733', '#c9722b'),
  green: paint('#86e07a', '#38ab57', '#157046'),
  grey: paint('#e4e0ea', '#b2abbd', '#7d7290'),
  iron: paint('#aca4b8', '#6f6680', '#443a5a'),
  leaf: paint('#a5e065', '#4fae3d', '#1f7342'),
  lilac: paint('#eadcff', '#bf9cf5', '#8a5fd0'),
  lime: paint('#dcf56a', '#9fd02f', '#5d9430'),
  mint: paint('#ccfbea', '#76dcbd', '#38a296'),
  moss: paint('#b4cf5c', '#6d9636', '#3f6335'),
  navy: paint('#6a7de2', '#393f9c', '#221f63'),
  orange: paint('#ffad5c', '#f6762c', '#c4442f'),
  paper: paint('#ffffff', '#ebe4f5', '#b9a9d6'),
  pink: paint('#ffabd4', '#f2569b', '#b02a7f'),
  purple: paint('#c098ff', '#804ce0', '#4f269e'),
  red: paint('#ff7a68', '#e4374c', '#a4164d'),
  rubber: paint('#5f566e', '#342d42', '#181128'),
  sand: paint('#ffe7b0', '#e6b877', '#b27d56'),
  skin: paint('#ffe08a', '#ffb83d', '#ea7a3a'),
  sky: paint('#c6ecff', '#77c4fa', '#4388dc'),
  soil: paint('#8d5e4c', '#5d3834', '#361d26'),
  steel: paint('#f5f3fa', '#bdb7ca', '#7f7496'),
  stone: paint('#d3cedb', '#9a92a8', '#665b7a'),
  teal: paint('#68e6d6', '#1aa8a8', '#0d6c86'),
  terracotta: paint('#f8a277', '#d56a45', '#963a3d'),
  water: paint('#a9e6ff', '#4ca8f5', '#2c64d2'),
  wax: paint('#fffdf5', '#f6e8d2', '#d8b49c'),
  white: paint('#ffffff', '#eeeaf5', '#b5abcb'),
  willow: paint('#d9a36a', '#a9713f', '#6f4334'),
  wood: paint('#f8c98a', '#d9964f', '#9a573c'),
  yellow: paint('#fff07a', '#ffc32e', '#ee8427'),
};

/** How far the rounding of an edge reaches into a shape. */
export type Depth = 'thin' | 'body' | 'bulk';

const reach: Readonly<Record<Depth, number>> = { thin: 0.22, body: 0.55, bulk: 1.25 };

function gradient(name: string, { lit, own }: Paint): string {
  return `<linearGradient id="${name}" x1=".15" y1="0" x2=".75" y2="1"><stop stop-color="${lit}"/><stop offset=".85" stop-color="${own}"/></linearGradient>`;
}

function rounding(id: string, { shade }: Paint, r: number): string {
  const edge = (dx: number, dy: number, blur: number, colour: string, opacity: number, under: string, result: string): string =>
    `<feOffset in="SourceAlpha" dx="${(dx * r).toFixed(2)}" dy="${(dy * r).toFixed(2)}"/><feGaussianBlur stdDeviation="${(blur * r).toFixed(2)}" result="b"/>` +
    `<feFlood flood-color="${colour}" flood-opacity="${opacity}"/><feComposite in2="b" operator="out"/><feComposite in2="${under}" operator="atop"${result}/>`;
  return (
    `<filter id="${id}" color-interpolation-filters="sRGB">` +
    edge(-0.8, -1, 0.95, shade, 0.85, 'SourceGraphic', ' result="s"') +
    edge(0.5, 0.7, 0.6, '#fff', 0.6, 's', '') +
    '</filter>'
  );
}

/** Softens glints and the shadows that one part throws on another. */
export type Blur = 0 | 1 | 2;
const blurs: Readonly<Record<Blur, number>> = { 0: 0.2, 1: 0.45, 2: 0.9 };

/** In the box's own units: a glint may be a line straight down, which is no wider than nothing. */
const soft = (step: string, blur: number): string =>
  `<filter id="soft-${step}" filterUnits="userSpaceOnUse" x="-8" y="-8" width="48" height="48"><feGaussianBlur stdDeviation="${blur}"/></filter>`;

const glass =
  '<linearGradient id="glass" x1="0" y1="0" x2="1" y2=".6"><stop stop-color="#fff" stop-opacity=".75"/><stop offset=".3" stop-color="#cdeaff" stop-opacity=".4"/>' +
  '<stop offset=".75" stop-color="#a9d3ff" stop-opacity=".42"/><stop offset="1" stop-color="#eef8ff" stop-opacity=".72"/></linearGradient>';

const definitions: ReadonlyMap<string, string> = new Map([
  ['glass', glass],
  ...Object.entries(blurs).map(([step, blur]) => [`soft-${step}`, soft(step, blur)] as const),
  ...Object.entries(paints).flatMap(([name, colour]) => [
    [name, gradient(name, colour)] as const,
    ...Object.entries(reach).map(([depth, r]) => [`${name}-${depth}`, rounding(`${name}-${depth}`, colour, r)] as const),
  ]),
]);

/** The drawing, with the definitions of the paints that it names in front. */
export function withPaints(drawing: string): string {
  const named = new Set([...drawing.matchAll(/url\(#([^)]+)\)/g)].map(([, id = '']) => id));
  return `<defs>${[...named].map((id) => definitions.get(id) ?? '').join('')}</defs>${drawing}`;
}
