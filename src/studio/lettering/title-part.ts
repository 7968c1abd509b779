import type { Aspect, Box } from '../film/aspect.ts';
import { boxAround, roomAround } from './boxes.ts';
import { cardPart, eachWord, type CardPart, type CardStyle } from './card.ts';
import { fittedText } from './fitted-text.ts';
import { keyWord } from './key-word.ts';

const largest: Readonly<Record<Aspect, number>> = { '9:16': 112, '16:9': 96, '1:1': 84 };
const smallest = 30;
/** In shares of the letters' size. */
const outline = 0.075;
const shadow = { blur: 0.16, down: 0.06 };

/** Large, with the word that it is about in the accent. `first`: there before anything moves, for previews. */
export function titlePart(title: string, room: Box, aspect: Aspect, first: boolean, { families, colours, seconds }: CardStyle): CardPart {
  const around = largest[aspect] * outline;
  const text = fittedText({
    text: title,
    weight: 800,
    families,
    largest: largest[aspect],
    smallest,
    room: { width: room.width - 4 * around, height: room.height - 2 * around },
    mostLines: 4,
  });
  const x = room.x + (room.width - text.width) / 2;
  const y = room.y + (room.height - text.height) / 2;
  const key = keyWord(text.lines.flatMap((line) => line.words.map((word) => word.text)));
  const edge = outline * text.size;
  const ink = boxAround(x - edge, y - edge, x + text.width + edge, y + text.height + edge, 1);
  return cardPart({
    ink,
    box: roomAround(ink, (shadow.blur * 1.2 + shadow.down) * text.size),
    start: first ? 0 : Math.min(0.2, seconds / 4),
    end: seconds,
    entrance: first ? 'none' : 'rise',
    paint: (pen) => {
      const place = { x, y, width: text.width, align: 'centre' } as const;
      pen.strokeStyle = colours.outline;
      pen.lineWidth = 2 * edge;
      pen.shadowColor = colours.shadow;
      pen.shadowBlur = shadow.blur * text.size;
      pen.shadowOffsetY = shadow.down * text.size;
      eachWord(pen, text, place, (word, left, base) => pen.strokeText(word, left, base));
      pen.shadowColor = 'transparent';
      eachWord(pen, text, place, (word, left, base, index) => {
        pen.fillStyle = index === key ? colours.litOutlined : colours.letters;
        pen.fillText(word, left, base);
      });
    },
  });
}
