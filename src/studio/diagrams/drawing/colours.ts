/** The colours of every diagram. */
export const ink = '#1d2142';
export const accent = '#ffd84d';
export const guide = '#2b62f0';
export const paper = '#fffaf0';
export const paperBack = '#cbd8f6';
export const red = '#ff5a5f';
export const blue = '#4b8dff';
export const green = '#3fbf78';
export const leafDark = '#2a9a5c';
export const purple = '#9a6bff';
export const pink = '#ff8fb7';
export const orange = '#ff9f45';
export const wood = '#e6b176';
export const woodDark = '#b9783f';
export const metal = '#cfd8ea';
export const metalDark = '#8492b4';
export const water = '#5dbcff';
export const glass = '#e8f5ff';
export const soil = '#7a5540';
export const terracotta = '#e5835a';
export const grey = '#6b7391';
export const white = '#ffffff';
export const dough = '#f6dcae';
export const wall = '#f3ead9';

/** From one colour above to another below. */
export interface Shade {
  readonly from: string;
  readonly to: string;
}

export type Paint = string | Shade;

const parts = (colour: string): readonly number[] => [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16));

export const mixed = (a: string, b: string, share: number): string => {
  const other = parts(b);
  const channels = parts(a).map((value, index) => Math.round(value + ((other[index] ?? value) - value) * share));
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};

/** A colour as it looks on something that bulges a little: lighter above, deeper below. */
export const glossy = (colour: string): Shade => ({ from: mixed(colour, white, 0.28), to: mixed(colour, ink, 0.1) });
