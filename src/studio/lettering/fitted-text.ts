/** Text set as large as it can be in a box, on lines of about the same width. */
import type { Size } from '../film/aspect.ts';
import type { Families, Weight } from './fonts.ts';
import { balanced, placed, widthOf, type WordWidth } from './lines.ts';
import { measure } from './measure.ts';
import { brokenInto, isRightToLeft, tokensOf, type Token } from './tokens.ts';

export interface Fitting {
  /** As it is to be drawn. */
  readonly text: string;
  readonly weight: Weight;
  readonly families: Families;
  readonly largest: number;
  readonly smallest: number;
  readonly room: Size;
  readonly mostLines: number;
}

export interface FittedWord {
  readonly text: string;
  readonly direction: 'ltr' | 'rtl';
  /** Left end, from the left end of its line. */
  readonly x: number;
}

export interface FittedLine {
  readonly words: readonly FittedWord[];
  readonly width: number;
}

export interface FittedText {
  readonly font: string;
  readonly size: number;
  readonly lines: readonly FittedLine[];
  readonly direction: 'ltr' | 'rtl';
  /** Of the widest line, and from the top of the first line's letters to the bottom of the last one's tails. */
  readonly width: number;
  readonly height: number;
  /** From the top to the first base line, and from one base line to the next. */
  readonly ascent: number;
  readonly pitch: number;
}

const shares = { ascent: 0.76, descent: 0.24, pitch: 1.14, gap: 0.25 };

/** What does not fit even in the smallest letters ends with "…". */
export function fittedText(fitting: Fitting): FittedText {
  const tokens = tokensOf(fitting.text).flatMap(atHyphens);
  for (let size = fitting.largest; size > fitting.smallest; size -= size > 40 ? 2 : 1) {
    const fits = attempt(tokens, size, fitting);
    if (fits !== undefined) return fits;
  }
  let left: readonly Token[] = tokens.flatMap((token) => shortEnough(token, fitting));
  for (;;) {
    const fits = attempt(left, fitting.smallest, fitting) ?? (left.length <= 1 ? set(left, [0], fitting.smallest, fitting) : undefined);
    if (fits !== undefined) return fits;
    left = withEllipsis(left.slice(0, -1));
  }
}

/** Set text may be broken where a hyphen is written. */
function atHyphens({ text, glued }: Token): readonly Token[] {
  return text.split(/(?<=\p{L}[-/])(?=\p{L})/u).map((part, at) => ({ text: part, glued: glued || at > 0 }));
}

function attempt(tokens: readonly Token[], size: number, fitting: Fitting): FittedText | undefined {
  const words = widths(tokens, size, fitting);
  const least = Math.max(1, Math.ceil(widthOf(words, 0, words.length) / (fitting.room.width + shares.gap * size)));
  for (let lines = least; lines <= fitting.mostLines; lines++) {
    const { begins, width } = balanced(words, lines);
    if (begins.length < lines) break;
    if (width > fitting.room.width) continue;
    const fits = set(tokens, begins, size, fitting);
    // More lines are higher still.
    return fits.height <= fitting.room.height ? fits : undefined;
  }
  return undefined;
}

function set(tokens: readonly Token[], begins: readonly number[], size: number, fitting: Fitting): FittedText {
  const words = widths(tokens, size, fitting);
  const direction = isRightToLeft(fitting.text) ? 'rtl' : 'ltr';
  const lines = begins.map((from, line): FittedLine => {
    const to = begins[line + 1] ?? tokens.length;
    const runs = tokens.slice(from, to).map(({ text }) => (isRightToLeft(text) ? 'rtl' : 'ltr'));
    const lefts = placed(words.slice(from, to), direction, runs);
    return {
      words: tokens.slice(from, to).map(({ text }, at) => ({ text, direction: runs[at] ?? 'ltr', x: lefts[at] ?? 0 })),
      width: widthOf(words, from, to),
    };
  });
  const font = fontOf(fitting, size);
  const inks = tokens.map(({ text }) => measure(text, font));
  const ascent = Math.max(shares.ascent * size, ...inks.map((ink) => ink.ascent));
  const descent = Math.max(shares.descent * size, ...inks.map((ink) => ink.descent));
  const pitch = Math.max(shares.pitch * size, ascent + descent);
  return {
    font,
    size,
    lines,
    direction,
    width: Math.max(0, ...lines.map(({ width }) => width)),
    height: ascent + (lines.length - 1) * pitch + descent,
    ascent,
    pitch,
  };
}

const fontOf = ({ families, weight }: Fitting, size: number): string => `${size}px ${families(weight)}`;

function widths(tokens: readonly Token[], size: number, fitting: Fitting): readonly WordWidth[] {
  const font = fontOf(fitting, size);
  return tokens.map(({ text, glued }) => ({ width: measure(text, font).width, gap: glued ? 0 : shares.gap * size }));
}

/** A word that is too long for a line even in the smallest letters, in parts. */
function shortEnough(token: Token, fitting: Fitting): readonly Token[] {
  const { width } = measure(token.text, fontOf(fitting, fitting.smallest));
  // A hyphen and an uneven break take up a little more than their share.
  const parts = width <= fitting.room.width ? 1 : Math.ceil((width * 1.15) / fitting.room.width);
  return brokenInto(token.text, parts).map((text, at) => ({ text, glued: token.glued || at > 0 }));
}

function withEllipsis(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.at(-1);
  if (last === undefined) return tokens;
  return [...tokens.slice(0, -1), { ...last, text: `${last.text.replace(/[\p{P}]+$/u, '')}…` }];
}
