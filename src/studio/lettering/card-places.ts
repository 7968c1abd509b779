/** Where the parts of a card belong: never over each other, the captions, or what the picture shows above them. Pure. */
import { layoutOf, type Aspect, type Box } from '../film/aspect.ts';
import { cutFromTop } from './boxes.ts';

export interface CardParts {
  readonly heading: boolean;
  readonly title: boolean;
  readonly list: boolean;
  readonly button: boolean;
}

export interface CardPlaces {
  readonly title: Box;
  readonly list: Box;
  readonly button: Box;
}

const gap = 18;

export function cardPlaces(aspect: Aspect, parts: CardParts): CardPlaces {
  return aspect === '16:9' ? besideThePicture(parts) : belowTheHero(aspect, parts);
}

/** Stacked at the bottom of the picture, whose hero stands above. */
function belowTheHero(aspect: Aspect, { title, list, button }: CardParts): CardPlaces {
  const { picture } = layoutOf(aspect);
  const share = list ? 0.45 : title && button ? 0.36 : 0.3;
  const height = Math.floor(picture.height * share);
  const region = { ...picture, y: picture.y + picture.height - height, height };
  const buttonHeight = Math.min(aspect === '9:16' ? 108 : 76, height);
  const [above, below] = cutFromTop(region, height - buttonHeight - gap, gap);
  const rest = button && (title || list) ? above : region;
  const [upper, lower] = cutFromTop(rest, Math.floor(rest.height * 0.28), gap);
  return {
    title: list ? upper : rest,
    list: title ? lower : rest,
    button: title || list ? below : { ...region, y: region.y + region.height - buttonHeight, height: buttonHeight },
  };
}

/** The title over the captions, the button under them, the list in the right half of the picture. */
function besideThePicture({ heading }: CardParts): CardPlaces {
  const { captions, picture, heading: above } = layoutOf('16:9');
  const top = heading ? above.y + above.height + gap : above.y;
  const half = picture.width / 2;
  const bottom = captions.y + captions.height;
  return {
    title: { ...captions, y: top, height: captions.y - gap - top },
    list: { ...picture, x: picture.x + half, width: half },
    button: { ...captions, y: bottom + 40, height: 104 },
  };
}
