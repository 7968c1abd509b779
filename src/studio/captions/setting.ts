/** Sets the words of a caption on one or two lines: how large, and where each stands. */
import type { Box } from '../film/aspect.ts';
import { boxAround } from '../lettering/boxes.ts';
import type { Families } from '../lettering/fonts.ts';
import { balanced, placed, widthOf, type WordWidth } from '../lettering/lines.ts';
import { measure } from '../lettering/measure.ts';
import { isRightToLeft } from '../lettering/tokens.ts';
import { leastScale } from './chunks.ts';
import { tearing } from './phrases.ts';
import type { Piece } from './pieces.ts';
import type { TemplateLook } from './templates.ts';

export interface Typesetting {
  readonly look: TemplateLook;
  /** Pixels of the letters where nothing has to be shrunk. */
  readonly size: number;
  readonly families: Families;
  /** Where all of it must lie, shadows included. */
  readonly area: Box;
  /** Of the whole text: a line runs as its text does, whatever word it begins with. */
  readonly direction: 'ltr' | 'rtl';
}

export interface SetWord {
  readonly text: string;
  readonly direction: 'ltr' | 'rtl';
  /** Left end and base line, in pixels of the frame. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** How far up and down from the base line the word is taken to reach: as capitals do, or its own marks do. */
  readonly ascent: number;
  readonly descent: number;
}

export interface SetCaption {
  readonly words: readonly SetWord[];
  readonly lines: number;
  readonly font: string;
  readonly size: number;
  /** All that is painted, without and with its soft shadow. */
  readonly ink: Box;
  readonly box: Box;
}

const mostLines = 2;

export const fontOf = ({ families, look }: Typesetting, size: number): string => `${size}px ${families(look.weight)}`;

/** How wide a line of letters may be when they are that large. */
export function lineWidth({ look, area }: Typesetting, size: number): number {
  const { x } = margins(look, size);
  return area.width - 2 * x - 2;
}

/** How much the words must be shrunk to fit; 1 where not at all. */
export function scaleOf(pieces: readonly Piece[], typesetting: Typesetting): number {
  const { size, area } = typesetting;
  const { width, begins } = broken(pieces, typesetting);
  const { height } = heights(pieces, begins.length, typesetting, size);
  return Math.min(1, lineWidth(typesetting, size) / width, area.height / height);
}

export function setCaption(pieces: readonly Piece[], typesetting: Typesetting): SetCaption {
  const { look, area } = typesetting;
  const { begins } = broken(pieces, typesetting);
  const scale = Math.max(scaleOf(pieces, typesetting), leastScale / 2);
  const size = Math.floor(typesetting.size * scale);
  const { pitch, ascent, descent, height } = heights(pieces, begins.length, typesetting, size);
  const margin = margins(look, size);
  const sizes = sizesOf(pieces, typesetting, size);
  const base = Math.round(area.y + (area.height - height) / 2 + margin.above + ascent);
  const words = begins.flatMap((from, line) => {
    const to = begins[line + 1] ?? pieces.length;
    return setLine(pieces.slice(from, to), sizes.slice(from, to), typesetting, base + line * pitch);
  });
  const left = Math.min(...words.map(({ x }) => x));
  const right = Math.max(...words.map(({ x, width }) => x + width));
  const [top, bottom] = [base - ascent, base + (begins.length - 1) * pitch + descent];
  const reach = reaches(look, size);
  return {
    words,
    lines: begins.length,
    font: fontOf(typesetting, size),
    size,
    ink: boxAround(left - reach.x, top - reach.above, right + reach.x, bottom + reach.below, 1),
    box: boxAround(left - margin.x, top - margin.above, right + margin.x, bottom + margin.below, 2),
  };
}

function setLine(pieces: readonly Piece[], sizes: readonly WordSize[], { area, direction }: Typesetting, y: number): readonly SetWord[] {
  const runs = pieces.map(({ text }) => (isRightToLeft(text) ? ('rtl' as const) : ('ltr' as const)));
  const lefts = placed(sizes, direction, runs);
  const from = area.x + (area.width - widthOf(sizes, 0, sizes.length)) / 2;
  return sizes.map(({ width, ascent, descent }, at) => ({
    text: pieces[at]?.text ?? '',
    direction: runs[at] ?? 'ltr',
    x: from + (lefts[at] ?? 0),
    y,
    width,
    ascent,
    descent,
  }));
}

/** One line where it fits, else two, at full size. */
function broken(pieces: readonly Piece[], typesetting: Typesetting): { readonly begins: readonly number[]; readonly width: number } {
  const { size } = typesetting;
  const sizes = sizesOf(pieces, typesetting, size);
  const width = widthOf(sizes, 0, sizes.length);
  if (width <= lineWidth(typesetting, size)) return { begins: [0], width };
  return balanced(sizes, mostLines, (at) => {
    const [before, after] = [pieces[at - 1], pieces[at]];
    return before === undefined || after === undefined ? 0 : tearing(before, after) * size;
  });
}

interface WordSize extends WordWidth {
  readonly ascent: number;
  readonly descent: number;
}

/** Letters with marks above or below them, or of other scripts, get the room that they need. */
function sizesOf(pieces: readonly Piece[], typesetting: Typesetting, size: number): readonly WordSize[] {
  const { look } = typesetting;
  const font = fontOf(typesetting, size);
  return pieces.map(({ text, glued }) => {
    const ink = measure(text, font);
    const [ascent, descent] = [look.ascent * size, look.descent * size];
    const hidden = Math.max(0, Math.min(markInPadding, look.padding.y - look.outline)) * size;
    return {
      width: ink.width,
      gap: (glued ? look.gluedGap : look.gap) * size,
      ascent: Math.max(ascent, ink.ascent - hidden),
      // The tail of a Q or a comma may hang out of a line of capitals.
      descent: ink.descent > descent + tail * size ? ink.descent - hidden : descent,
    };
  });
}

/** Marks may stand in the padding as far as this, tails hang into it as far as that. */
const markInPadding = 0.08;
const tail = 0.14;

function heights(pieces: readonly Piece[], lines: number, typesetting: Typesetting, size: number) {
  const { look } = typesetting;
  const sizes = sizesOf(pieces, typesetting, size);
  const ascent = Math.max(...sizes.map((word) => word.ascent));
  const descent = Math.max(...sizes.map((word) => word.descent));
  const apart = look.outline > 0 ? 2 * Math.max(look.padding.y, look.outline) : 0;
  const pitch = Math.round(Math.max(look.pitch * size, ascent + descent + (apart + 0.06) * size));
  const margin = margins(look, size);
  return { ascent, descent, pitch, height: margin.above + ascent + (lines - 1) * pitch + descent + margin.below };
}

/** From the letters to the end of what is painted around them: outlines, pills, plates. */
function reaches({ padding, outline }: TemplateLook, size: number) {
  return {
    x: Math.max(padding.x, outline) * size,
    above: Math.max(padding.y, outline + 0.02) * size,
    below: Math.max(padding.y, outline + tail) * size,
  };
}

/** As far as the soft shadow goes. */
function margins(look: TemplateLook, size: number) {
  const reach = reaches(look, size);
  const spread = 1.4 * look.shadow.blur * size;
  const down = look.shadow.down * size;
  return { x: reach.x + spread, above: reach.above + Math.max(0, spread - down), below: reach.below + spread + down };
}
