/** Everything of a scene that is written and is not a caption: heading, title, list, button. */
import type { Aspect, Box } from '../film/aspect.ts';
import type { Palette } from '../film/palette.ts';
import type { SceneKind, TextCard } from '../film/scene.ts';
import type { TextLayer } from '../film/text-layer.ts';
import { buttonPart } from './button-part.ts';
import { cardPlaces } from './card-places.ts';
import type { CardStyle } from './card.ts';
import { familiesFor, lettered, mustBeDrawable } from './fonts.ts';
import { headingPart } from './heading-part.ts';
import { letterColours } from './letter-colours.ts';
import { listParts } from './list-parts.ts';
import { titlePart } from './title-part.ts';

export interface CardOf {
  readonly card: TextCard;
  readonly kind: SceneKind;
  readonly seconds: number;
  readonly aspect: Aspect;
  readonly palette: Palette;
}

/** From back to front. The bitmap of a layer is drawn each time that it is asked for. */
export function cardLayers({ card, kind, seconds, aspect, palette }: CardOf): {
  readonly layers: readonly TextLayer[];
  readonly texts: readonly Box[];
} {
  const texts = [card.title ?? '', card.heading ?? '', card.button ?? '', ...card.list];
  mustBeDrawable(texts);
  const style: CardStyle = { families: familiesFor(texts), colours: letterColours(palette), seconds };
  const [title, heading, button] = [card.title, card.heading, card.button].map((text) => lettered(text ?? '')) as [string, string, string];
  const list = card.list.map((line) => lettered(line)).filter((line) => line !== '');
  const has = { heading: heading !== '', title: title !== '', list: list.length > 0, button: button !== '' };
  const places = cardPlaces(aspect, has);
  const parts = [
    ...(has.heading ? [headingPart(heading, aspect, style)] : []),
    ...(has.title ? [titlePart(title, places.title, aspect, kind === 'title', style)] : []),
    ...listParts(list, places.list, aspect, style),
    ...(has.button ? [buttonPart(button, places.button, style)] : []),
  ];
  return { layers: parts.map(({ layer }) => layer), texts: parts.map(({ ink }) => ink) };
}
