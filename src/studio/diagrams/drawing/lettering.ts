/** Digits and a few letters as strokes, because no font can be counted on where SVG becomes pixels. One is 60 wide and 100 high. */
import { ink, paper, type Paint } from './colours.ts';
import { at, plus, times, type Point } from './geometry.ts';
import { body, stroke, type Drawing } from './marks.ts';
import { box, mapPath, path } from './path.ts';

interface Glyph {
  readonly data: string;
  readonly width: number;
}

const glyph = (data: string, width = 60): Glyph => ({ data, width });

const glyphs: Readonly<Record<string, Glyph>> = {
  '0': glyph('M30 2C4 2 4 98 30 98C56 98 56 2 30 2Z'),
  '1': glyph('M8 22L28 4L28 98', 40),
  '2': glyph('M5 26C8 -6 55 -4 54 28C53 52 10 72 5 98L56 98'),
  '3': glyph('M6 18C18 -6 54 0 52 26C51 42 38 46 24 47C44 47 56 56 55 73C53 104 12 106 4 80'),
  '4': glyph('M42 98L42 4L2 70L58 70'),
  '5': glyph('M50 3L14 3L9 46C24 34 55 36 55 66C55 104 14 106 4 82'),
  '6': glyph('M46 6C18 16 4 44 5 68C6 108 56 106 55 66C54 36 14 36 6 62'),
  '7': glyph('M4 4L55 4L22 98'),
  '8': glyph('M30 46C2 44 4 2 30 2C56 2 58 44 30 46C-2 48 -2 98 30 98C62 98 62 48 30 46Z'),
  '9': glyph('M55 38C46 64 6 64 5 34C4 -6 54 -8 55 32C56 56 42 84 14 96'),
  '°': glyph('M16 4C2 4 2 30 16 30C30 30 30 4 16 4Z', 32),
  '+': glyph('M4 54L56 54M30 28L30 80'),
  '−': glyph('M6 54L54 54'),
  '½': glyph('M4 16L14 6L14 46M58 2L10 98M38 64C42 50 62 52 60 66C58 78 42 86 38 98L62 98', 64),
  '×': glyph('M10 34L50 76M50 34L10 76'),
  ':': glyph('M10 40L10 42M10 78L10 80', 20),
  '–': glyph('M4 56L40 56', 44),
  '/': glyph('M40 2L4 98', 44),
  h: glyph('M8 0L8 98M8 66C14 44 46 42 48 66L48 98', 54),
  m: glyph('M8 44L8 98M8 62C14 42 40 42 42 62L42 98M42 62C48 42 76 42 76 62L76 98', 84),
  i: glyph('M8 46L8 98M8 18L8 20', 16),
  n: glyph('M8 44L8 98M8 66C14 42 46 42 48 66L48 98', 54),
  s: glyph('M42 54C34 38 8 42 10 57C12 72 44 66 44 84C44 102 14 102 6 86', 48),
  d: glyph('M48 0L48 98M48 70C46 34 6 36 6 71C6 106 46 106 48 72', 56),
  c: glyph('M46 56C34 36 6 42 6 71C6 100 34 106 46 86', 50),
  C: glyph('M56 22C44 -6 5 0 5 50C5 100 44 106 56 78', 60),
  F: glyph('M8 98L8 3L52 3M8 48L44 48', 54),
  g: glyph('M46 44L46 106C46 130 12 130 8 114M46 70C44 34 6 36 6 71C6 106 44 104 46 72', 54),
  ' ': glyph('', 24),
};

const gap = 20;

const widthOf = (text: string): number => text.split('').reduce((sum, letter) => sum + (glyphs[letter]?.width ?? 0) + gap, -gap);

/** Where a letter has no strokes, nothing is drawn for it. */
export function lettering(text: string, centre: Point, height: number, colour: string = ink, thickness: number = height * 0.17): Drawing {
  const scale = height / 100;
  let x = centre.x - (widthOf(text) * scale) / 2;
  return text.split('').flatMap((letter) => {
    const known = glyphs[letter];
    if (known === undefined) return [];
    const corner = at(x, centre.y - height / 2);
    x += (known.width + gap) * scale;
    return known.data === ''
      ? []
      : [
          stroke(
            mapPath(path(known.data), (point) => plus(corner, times(point, scale))),
            colour,
            thickness,
          ),
        ];
  });
}

/** A label on a plate of its own. */
export function badge(text: string, centre: Point, height = 46, ground: Paint = paper, colour: string = ink): Drawing {
  const wide = Math.max(height * 1.9, widthOf(text) * (height / 100) + height * 1.1);
  const high = height * 1.9;
  return [body(box(centre.x - wide / 2, centre.y - high / 2, wide, high, high / 2), ground), ...lettering(text, centre, height, colour)];
}
