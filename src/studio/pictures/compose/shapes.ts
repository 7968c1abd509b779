/** The shapes that hold a picture together, as SVG. */
import type { Palette } from '../../film/palette.ts';
import type { Placed } from './placement.ts';

const framed = (width: number, height: number, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${body}</svg>`;

export const ringShape = (): string =>
  framed(
    900,
    900,
    '<defs><radialGradient id="glow"><stop stop-color="#fff" stop-opacity=".42"/><stop offset=".6" stop-color="#fff" stop-opacity=".13"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>' +
      '<radialGradient id="below"><stop stop-color="#000" stop-opacity=".42"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs>' +
      '<circle cx="450" cy="450" r="450" fill="url(#glow)"/>' +
      '<circle cx="450" cy="450" r="352" fill="#fff" fill-opacity=".1" stroke="#fff" stroke-opacity=".36" stroke-width="3"/>' +
      '<circle cx="450" cy="450" r="402" fill="none" stroke="#fff" stroke-opacity=".22" stroke-width="4" stroke-dasharray="3 22" stroke-linecap="round"/>' +
      '<ellipse cx="450" cy="728" rx="205" ry="36" fill="url(#below)"/>',
  );

export const groundShape = (): string =>
  framed(
    600,
    96,
    '<defs><radialGradient id="light"><stop stop-color="#fff" stop-opacity=".5"/><stop offset=".7" stop-color="#fff" stop-opacity=".16"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>' +
      '<radialGradient id="below"><stop stop-color="#000" stop-opacity=".46"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs>' +
      '<ellipse cx="300" cy="52" rx="298" ry="44" fill="url(#light)"/><ellipse cx="300" cy="54" rx="170" ry="24" fill="url(#below)"/>',
  );

export const chipShape = (): string =>
  framed(
    300,
    300,
    '<defs><linearGradient id="glass" x1="0" y1="0" x2=".4" y2="1"><stop stop-color="#fff" stop-opacity=".3"/><stop offset="1" stop-color="#fff" stop-opacity=".1"/></linearGradient></defs>' +
      '<rect x="4" y="4" width="292" height="292" rx="72" fill="url(#glass)" stroke="#fff" stroke-opacity=".42" stroke-width="3"/>',
  );

const onDisc = ({ accent, onAccent, shade }: Palette, glyph: string): string =>
  framed(
    100,
    100,
    `<circle cx="50" cy="53" r="45" fill="${shade}" fill-opacity=".35"/><circle cx="50" cy="49" r="45" fill="${accent}"/>` +
      `<g fill="none" stroke="${onAccent}" stroke-width="11" stroke-linecap="round" stroke-linejoin="round">${glyph}</g>`,
  );

export const plusShape = (palette: Palette): string => onDisc(palette, '<path d="M50 27v44M28 49h44"/>');

export const arrowShape = (palette: Palette): string => onDisc(palette, '<path d="M25 49h48M55 29l20 20-20 20"/>');

/** The shapes that stay the same wherever they stand; undefined for what is drawn otherwise. */
export function shapeOf({ drawn }: Placed, palette: Palette): string | undefined {
  switch (drawn.is) {
    case 'ring':
      return ringShape();
    case 'ground':
      return groundShape();
    case 'chip':
      return chipShape();
    case 'plus':
      return plusShape(palette);
    case 'arrow':
      return arrowShape(palette);
    case 'thing':
    case 'number':
    case 'diagram':
    case 'photo':
      return undefined;
  }
}
