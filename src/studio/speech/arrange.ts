/** Puts sentences one behind the other, with pauses of our own length, and says when each word is heard. */
import type { Read, Sentence } from './reading/reading.ts';
import type { Spoken, Stretch } from './spoken.ts';

export interface Arranged {
  readonly rate: number;
  readonly samples: Float32Array;
  /** For every word of the text, in order. */
  readonly words: readonly Stretch[];
}

/** Seconds of silence that are heard. */
const pauses = { breath: 0.07, comma: 0.2, sentence: 0.4 } as const;
/** What sounds before a phone begins and after it has ended still belongs to it. */
const before = 0.03;
const after = 0.09;
const fadeIn = 0.008;
const fadeOut = 0.05;

interface Piece {
  readonly spoken: Spoken;
  readonly stretch: Stretch;
  /** Silence that is heard behind it. */
  readonly pause: number;
}

/** `pace` shortens the pauses as the voice speaks faster. */
export function arrange({ sentences }: Read, spoken: readonly Spoken[], pace: number): Arranged {
  const pieces = spoken.map((sentence, index) => piecesOf(sentences[index] ?? [], sentence, pace));
  const all = pieces.flat();
  const rate = spoken[0]?.rate ?? 48_000;
  const length = all.reduce(
    (sum, { stretch, pause }, index) => sum + stretch.end - stretch.start + (index < all.length - 1 ? pause : 0),
    0,
  );
  const lead = all.length === 0 ? 0 : before;
  const samples = new Float32Array(Math.round((lead + length + (all.length === 0 ? 0 : after)) * rate));
  const words: (Stretch | undefined)[] = [];
  let now = lead;
  for (const [index, ofSentence] of pieces.entries()) {
    const shifts = ofSentence.map((piece) => {
      lay(samples, piece, now);
      const shift = now - piece.stretch.start;
      now += piece.stretch.end - piece.stretch.start + piece.pause;
      return { stretch: piece.stretch, shift };
    });
    words.push(...(spoken[index]?.words ?? []).map((word) => (word === undefined ? undefined : moved(word, shifts))));
  }
  return { rate, samples, words: everyWord(words, samples.length / rate) };
}

function piecesOf(sentence: Sentence, spoken: Spoken, pace: number): readonly Piece[] {
  return spoken.stretches.map((stretch, index) => {
    const next = spoken.stretches[index + 1];
    if (next === undefined) return { spoken, stretch, pause: pauses.sentence / pace };
    const last = spoken.words.findLastIndex((word) => word !== undefined && word.start < stretch.end);
    const pause = (sentence[last]?.pause ?? 'none') === 'none' ? pauses.breath : pauses.comma;
    return { spoken, stretch, pause: pause / pace };
  });
}

/** Adds the piece's samples, with what sounds just before and after it, so that it begins at `now`. */
function lay(samples: Float32Array, { spoken, stretch }: Piece, now: number): void {
  const { rate } = spoken;
  const neighbours = spoken.stretches;
  const index = neighbours.indexOf(stretch);
  const [last, next] = [neighbours[index - 1]?.end ?? 0, neighbours[index + 1]?.start ?? spoken.samples.length / rate];
  const from = Math.round(Math.max(stretch.start - before, (last + stretch.start) / 2, 0) * rate);
  const until = Math.min(spoken.samples.length, Math.round(Math.min(stretch.end + after, (stretch.end + next) / 2) * rate));
  const offset = Math.round((now - stretch.start) * rate);
  const [rise, fall] = [fadeIn * rate, Math.max(fadeIn, Math.min(fadeOut, until / rate - stretch.end)) * rate];
  for (let at = from; at < until; at++) {
    const target = at + offset;
    if (target < 0 || target >= samples.length) continue;
    const gain = Math.min(1, (at - from + 1) / rise, (until - at) / fall);
    samples[target] = (samples[target] ?? 0) + (spoken.samples[at] ?? 0) * gain;
  }
}

function moved(word: Stretch, shifts: readonly { readonly stretch: Stretch; readonly shift: number }[]): Stretch {
  const shiftOf = (second: number): number => (shifts.findLast(({ stretch }) => stretch.start <= second + 1e-6) ?? shifts[0])?.shift ?? 0;
  const [start, end] = [word.start + shiftOf(word.start), word.end + shiftOf(word.end - 1e-4)];
  return { start, end: Math.max(end, start) };
}

/** The least that a word is shown, in seconds, where there is room. */
const shortest = 0.05;

/** Gives a place to words that nobody heard, between their neighbours, and puts all of them in order. */
export function everyWord(words: readonly (Stretch | undefined)[], seconds: number): readonly Stretch[] {
  const placed: Stretch[] = [];
  for (let index = 0; index < words.length;) {
    const word = words[index];
    const last = placed.at(-1)?.end ?? 0;
    if (word !== undefined && word.end > last) {
      placed.push({ start: Math.max(word.start, last), end: word.end });
      index++;
      continue;
    }
    const next = words.findIndex((other, at) => at > index && other !== undefined && other.end > last);
    const count = (next === -1 ? words.length : next) - index;
    const room = roomFor(count, placed, words[next], seconds);
    for (let at = 0; at < count; at++) placed.push({ start: room.start + at * room.each, end: room.start + (at + 1) * room.each });
    index += count;
  }
  return placed;
}

/** Room in the pause between two words; where there is none, half of the word before, or of the word behind. */
function roomFor(
  count: number,
  placed: Stretch[],
  next: Stretch | undefined,
  seconds: number,
): { readonly start: number; readonly each: number } {
  const last = placed.at(-1);
  const start = last?.end ?? 0;
  const until = next === undefined ? Math.max(seconds, start) : Math.max(next.start, start);
  if (until - start >= count * 0.01) return { start, each: Math.min(shortest, (until - start) / count) };
  if (last === undefined) {
    const half = next === undefined ? count * shortest : (next.start + next.end) / 2;
    return { start: 0, each: half / count };
  }
  const middle = (last.start + last.end) / 2;
  placed[placed.length - 1] = { start: last.start, end: middle };
  return { start: middle, each: (until - middle) / count };
}
