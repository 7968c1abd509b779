/**
 * Which words stand on the screen together, and how long. Pure.
 *
 * C1. Every piece is in exactly one chunk, in order.
 * C2. No two chunks are on the screen at once, and none before its first word is about to be spoken.
 * C3. A chunk has one piece, or fits on its lines.
 * C4. Where the speech leaves it the time, a chunk stays for at least `leastSeconds`.
 */
import type { Piece } from './pieces.ts';
import { parting, tearing } from './phrases.ts';

export interface Chunk {
  readonly pieces: readonly Piece[];
  readonly start: number;
  readonly end: number;
}

export interface ChunkRules {
  /** Most words at once, and the number of letters that looks best. */
  readonly most: number;
  readonly ideal: number;
  /** Length of the scene. */
  readonly seconds: number;
  /** How much the words must be shrunk to fit, 1 where not at all; below `leastScale` they are not put together. */
  readonly scaleOf: (pieces: readonly Piece[]) => number;
}

/** Words light up a little before they are heard. */
export const lead = 0.04;
export const leastScale = 0.6;
export const leastSeconds = 0.5;
/** A gap that would flicker is bridged; after a longer one the caption has gone before the next comes. */
const bridged = 0.6;
const lingering = 0.25;

export function chunksOf(pieces: readonly Piece[], rules: ChunkRules): readonly Chunk[] {
  const from = bestStarts(pieces, rules);
  const bounds: number[] = [];
  for (let to = pieces.length; to > 0; to = from[to] ?? 0) bounds.unshift(to);
  return bounds.map((to) => {
    const first = from[to] ?? 0;
    return { pieces: pieces.slice(first, to), ...timesOf(pieces, first, to, rules.seconds) };
  });
}

/** For every end, where its chunk begins when all before it is chunked as well as can be. */
function bestStarts(pieces: readonly Piece[], rules: ChunkRules): readonly number[] {
  const cost = [0];
  const from = [0];
  for (let to = 1; to <= pieces.length; to++) {
    cost[to] = Number.POSITIVE_INFINITY;
    for (let first = to - 1; first >= Math.max(0, to - rules.most); first--) {
      const total = (cost[first] ?? 0) + costOf(pieces, first, to, rules);
      if (total >= (cost[to] ?? 0)) continue;
      cost[to] = total;
      from[to] = first;
    }
  }
  return from;
}

function costOf(pieces: readonly Piece[], first: number, to: number, { ideal, seconds, scaleOf }: ChunkRules): number {
  const chunk = pieces.slice(first, to);
  const scale = scaleOf(chunk);
  if (chunk.length > 1 && scale < leastScale) return Number.POSITIVE_INFINITY;
  const letters = chunk.reduce((sum, { text, glued }) => sum + lengthOf(text) + (glued ? 0 : 1), -1);
  const { start, end } = timesOf(pieces, first, to, seconds);
  let cost = 40 * ((letters - ideal) / ideal) ** 2 + 300 * (1 - scale);
  for (let at = 1; at < chunk.length; at++) cost += 400 * between(chunk, at, parting);
  if (to < pieces.length) cost += 80 * between(pieces, to, tearing);
  if (chunk.length === 1 && pieces.length > 1 && letters < ideal * 0.6) cost += 40;
  if (end - start < leastSeconds - 0.001) cost += 2000 + 4000 * (leastSeconds - end + start);
  return cost;
}

/** A letter that is a word or a syllable is as wide as two, and takes as long to read. */
const lengthOf = (text: string): number =>
  text.length + (text.match(/[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/gu)?.length ?? 0);

function between(pieces: readonly Piece[], at: number, weigh: (before: Piece, after: Piece) => number): number {
  const [before, after] = [pieces[at - 1], pieces[at]];
  return before === undefined || after === undefined ? 0 : weigh(before, after);
}

function timesOf(pieces: readonly Piece[], first: number, to: number, seconds: number): { readonly start: number; readonly end: number } {
  const start = Math.max(0, (pieces[first]?.start ?? 0) - lead);
  const spoken = pieces[to - 1]?.end ?? start;
  const next = pieces[to];
  const limit = next === undefined ? seconds : Math.max(start, next.start - lead);
  if (limit - spoken <= bridged) return { start, end: limit };
  return { start, end: Math.min(limit, Math.max(spoken + lingering, start + leastSeconds)) };
}
