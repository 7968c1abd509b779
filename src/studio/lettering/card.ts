import type { Box } from '../film/aspect.ts';
import type { Bitmap } from '../film/bitmap.ts';
import type { TextLayer } from '../film/text-layer.ts';
import { drawn, type Pen } from './canvas.ts';
import type { FittedText } from './fitted-text.ts';
import type { Families } from './fonts.ts';
import type { LetterColours } from './letter-colours.ts';

/** A part of a card: what the renderer moves, and the box of what has to be read in it. */
export interface CardPart {
  readonly layer: TextLayer;
  readonly ink: Box;
}

/** What every part of a card is drawn with. */
export interface CardStyle {
  readonly families: Families;
  readonly colours: LetterColours;
  /** Length of the scene. */
  readonly seconds: number;
}

export interface PartShown {
  readonly ink: Box;
  /** With the soft shadow. */
  readonly box: Box;
  readonly start: number;
  readonly end: number;
  readonly entrance: TextLayer['entrance'];
  /** In pixels of the frame. */
  readonly paint: (pen: Pen) => void;
}

/** The bitmap is drawn each time that it is asked for. */
export function cardPart({ ink, box, paint, start, end, entrance }: PartShown): CardPart {
  return {
    ink,
    layer: {
      get bitmap(): Bitmap {
        return drawn(box, (pen) => {
          pen.translate(-box.x, -box.y);
          paint(pen);
        });
      },
      box,
      start,
      end,
      entrance,
    },
  };
}

export type Align = 'left' | 'centre' | 'right';

/** Calls back for every word, with the pen ready for it. */
export function eachWord(
  pen: Pen,
  text: FittedText,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly align: Align },
  write: (word: string, x: number, y: number, index: number) => void,
): void {
  pen.font = text.font;
  pen.textAlign = 'left';
  pen.textBaseline = 'alphabetic';
  pen.lineJoin = 'round';
  let index = 0;
  text.lines.forEach((line, row) => {
    const free = at.width - line.width;
    const left = at.x + (at.align === 'left' ? 0 : at.align === 'right' ? free : free / 2);
    for (const word of line.words) {
      pen.direction = word.direction;
      write(word.text, left + word.x, Math.round(at.y + text.ascent + row * text.pitch), index++);
    }
  });
}
