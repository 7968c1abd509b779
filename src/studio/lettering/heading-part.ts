import { layoutOf, type Aspect } from '../film/aspect.ts';
import { boxAround, roomAround } from './boxes.ts';
import { cardPart, type CardPart, type CardStyle } from './card.ts';
import { withAlpha } from './contrast.ts';
import { measure } from './measure.ts';
import { isRightToLeft, lettersOf } from './tokens.ts';

/** Shares of the pill's height, the spacing of the letters' size. */
const textSize = 0.46;
const padding = 0.5;
const spacing = 0.1;
const capitals = 0.7;

/** Small capitals in a translucent pill, in the middle of the heading's place. */
export function headingPart(heading: string, aspect: Aspect, { families, colours, seconds }: CardStyle): CardPart {
  const room = layoutOf(aspect).heading;
  const height = Math.round(room.height * 0.42) * 2;
  const text = heading.toUpperCase();
  // Letters that join, or carry their vowels with them, are not spaced.
  const spaced = /\p{Lu}|\p{N}/u.test(text) && !isRightToLeft(text) ? spacing : 0;
  const { size, width, shown } = fitted(text, height * textSize, room.width - height, spaced, families(700));
  const font = `${size}px ${families(700)}`;
  const half = width / 2 + height * padding;
  const middle = { x: room.x + room.width / 2, y: room.y + room.height / 2 };
  const ink = boxAround(middle.x - half, middle.y - height / 2, middle.x + half, middle.y + height / 2, 2);
  const letters = measure(shown, font);
  const hasCase = /\p{Lu}|\p{N}/u.test(shown);
  const up = hasCase ? capitals * size : letters.ascent;
  const down = hasCase ? 0 : letters.descent;
  return cardPart({
    ink,
    box: roomAround(ink, 2),
    start: Math.min(0.1, seconds / 4),
    end: seconds,
    entrance: 'drop',
    paint: (pen) => {
      pen.fillStyle = withAlpha(colours.outline, 0.62);
      pen.strokeStyle = withAlpha(colours.letters, 0.4);
      pen.lineWidth = 2;
      pen.beginPath();
      pen.roundRect(ink.x + 1, ink.y + 1, ink.width - 2, ink.height - 2, ink.height / 2 - 1);
      pen.fill();
      pen.stroke();
      pen.font = font;
      pen.letterSpacing = `${spaced * size}px`;
      pen.direction = isRightToLeft(shown) ? 'rtl' : 'ltr';
      pen.textAlign = 'left';
      pen.fillStyle = colours.letters;
      pen.fillText(shown, middle.x - width / 2, Math.round(middle.y + (up - down) / 2));
    },
  });
}

/** Shrunk to two thirds where it is long, and cut off where that is not enough. */
function fitted(text: string, largest: number, room: number, spaced: number, families: string) {
  const widthOf = (of: string, size: number): number =>
    measure(of, `${size}px ${families}`).width + (lettersOf(of).length - 1) * spaced * size;
  let size = Math.floor(largest);
  while (size > largest / 1.5 && widthOf(text, size) > room) size--;
  let shown = text;
  for (let letters = lettersOf(text).slice(0, -1); widthOf(shown, size) > room && letters.length > 0; letters = letters.slice(0, -1))
    shown = `${letters.join('').trimEnd()}…`;
  return { size, shown, width: widthOf(shown, size) };
}
