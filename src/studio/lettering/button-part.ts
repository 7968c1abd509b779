import type { Box } from '../film/aspect.ts';
import { boxAround, roomAround } from './boxes.ts';
import { cardPart, eachWord, type CardPart, type CardStyle } from './card.ts';
import { fittedText } from './fitted-text.ts';

/** What to do next, on a pill in the accent, as high as its room and as wide as its text. */
export function buttonPart(label: string, room: Box, { families, colours, seconds }: CardStyle): CardPart {
  const shadow = room.height * 0.16;
  const height = room.height - shadow;
  const text = fittedText({
    text: label,
    weight: 800,
    families,
    largest: Math.floor(height * 0.44),
    smallest: Math.floor(height * 0.24),
    room: { width: room.width - height * 1.1 - 2 * shadow, height: height * 0.86 },
    mostLines: 2,
  });
  const half = Math.max(text.width / 2 + height * 0.55, height * 1.4);
  const middle = { x: room.x + room.width / 2, y: room.y + height / 2 };
  const ink = boxAround(middle.x - half, middle.y - height / 2, middle.x + half, middle.y + height / 2, 2);
  // One line is centred by its capitals, several by all that they reach.
  const down = text.lines.length === 1 ? text.ascent - text.size * 0.35 : text.height / 2;
  return cardPart({
    ink,
    box: roomAround(ink, shadow * 1.4),
    start: Math.min(0.5, seconds / 4),
    end: seconds,
    entrance: 'pop',
    paint: (pen) => {
      pen.shadowColor = colours.shadow;
      pen.shadowBlur = shadow;
      pen.shadowOffsetY = shadow * 0.4;
      const sheen = pen.createLinearGradient(0, ink.y, 0, ink.y + ink.height);
      sheen.addColorStop(0, colours.sheen);
      sheen.addColorStop(0.6, colours.pill);
      pen.fillStyle = sheen;
      pen.beginPath();
      pen.roundRect(ink.x, ink.y, ink.width, ink.height, ink.height / 2);
      pen.fill();
      pen.shadowColor = 'transparent';
      pen.fillStyle = colours.onPill;
      const place = { x: middle.x - text.width / 2, y: middle.y - down, width: text.width, align: 'centre' } as const;
      eachWord(pen, text, place, (word, x, y) => pen.fillText(word, x, y));
    },
  });
}
