/** Words in the pieces that are lit one after another: as they are lettered, with clean times. Pure. */
import type { Word } from '../film/speech.ts';
import { brokenInto, lettersOf, tokensOf } from '../lettering/tokens.ts';

export interface Piece {
  /** As it is drawn. */
  readonly text: string;
  /** As it was written, for whoever reads the captions elsewhere; empty in all but the first piece of a broken word. */
  readonly source: string;
  readonly start: number;
  readonly end: number;
  /** Follows the one before without a space. */
  readonly glued: boolean;
  /** What ends with it. */
  readonly closes: 'word' | 'clause' | 'sentence';
}

export interface PieceRules {
  /** The template's way of writing: capitals, what punctuation is kept. */
  readonly write: (text: string) => string;
  /** In how many parts a word must be broken to fit on its lines. */
  readonly partsFor: (text: string) => number;
  /** Length of the scene. */
  readonly seconds: number;
}

export function piecesOf(words: readonly Word[], { write, partsFor, seconds }: PieceRules): readonly Piece[] {
  const pieces: Piece[] = [];
  let clock = 0;
  for (const word of words) {
    const start = Math.min(seconds, Math.max(clock, finite(word.start, clock)));
    const end = Math.min(seconds, Math.max(start, finite(word.end, start)));
    clock = start;
    const tokens = tokensOf(word.text);
    const parts = tokens.flatMap(({ text, glued }) => {
      const shown = write(text);
      if (!/[\p{L}\p{N}\p{S}&@%#]/u.test(shown)) return [];
      const count = partsFor(shown);
      const broken = count > 1 ? brokenInto(shown, count) : [shown];
      return broken.map((part, at) => ({
        text: part,
        source: at > 0 ? '' : text,
        glued: glued || at > 0,
        closes: at === broken.length - 1 ? closing(text) : ('word' as const),
      }));
    });
    pieces.push(...timed(parts, start, end));
  }
  return pieces;
}

/** Shares the time of a word among its parts by their letters. */
function timed(parts: readonly Omit<Piece, 'start' | 'end'>[], start: number, end: number): readonly Piece[] {
  const total = parts.reduce((sum, { text }) => sum + lettersOf(text).length, 0);
  let said = 0;
  return parts.map((part) => {
    const from = start + ((end - start) * said) / total;
    said += lettersOf(part.text).length;
    return { ...part, start: from, end: start + ((end - start) * said) / total };
  });
}

function closing(text: string): Piece['closes'] {
  const last = text.replace(/[\p{Pe}\p{Pf}\p{Pi}"']+$/u, '').slice(-1);
  if (/[.!?…。！？؟।]/u.test(last)) return 'sentence';
  return /[,;:،、，；：–—]/u.test(last) ? 'clause' : 'word';
}

const finite = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise);
