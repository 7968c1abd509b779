/** What a player shows: phrases of at most two lines, made of words with times. */
import { framesPerSecond } from '../film/aspect.ts';
import type { Word } from '../film/speech.ts';

export interface Cue {
  /** Seconds of the film. */
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

export interface SpokenScene {
  /** Seconds of the film at which its voice begins. */
  readonly at: number;
  readonly words: readonly Word[];
}

const lineLength = 42;
const most = { lines: 2, seconds: 6 };
const least = { seconds: 1, gap: 2 / framesPerSecond };
/** Seconds that a cue may stay after its last word, so that it can be read to its end. */
const linger = 0.4;

/** In order, one after the other; a cue never goes from one scene into the next. */
export function cuesOf(scenes: readonly SpokenScene[]): readonly Cue[] {
  const phrases = scenes
    .flatMap(({ at, words }) => phrasesOf(words.filter(({ text }) => text.trim() !== '')).map((phrase) => shifted(phrase, at)))
    .sort((a, b) => a.start - b.start);
  const cues: Cue[] = [];
  for (const [index, { start, end, text }] of phrases.entries()) {
    const begin = Math.max(start, (cues.at(-1)?.end ?? -Infinity) + least.gap);
    const next = phrases[index + 1]?.start ?? Infinity;
    const wanted = Math.min(begin + most.seconds, Math.max(end + linger, begin + least.seconds));
    // Too short a time is better than one over another; a frame is the least that there is.
    cues.push({ start: begin, end: Math.max(begin + 1 / framesPerSecond, Math.min(wanted, next - least.gap)), lines: linesOf(text) });
  }
  return cues;
}

interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const shifted = ({ start, end, text }: Phrase, by: number): Phrase => ({ start: start + by, end: end + by, text });

/** Sentences, or their parts where they are too long: cut where the fewest seams of sense are broken, evenly. */
function phrasesOf(words: readonly Word[]): readonly Phrase[] {
  const pieces = words.flatMap(piecesOf);
  // costs[n]: of the best way to cut the first n words; cuts[n]: where its last phrase begins.
  const costs = [0];
  const cuts = [0];
  for (let end = 1; end <= pieces.length; end++) {
    let best = { cost: Infinity, begin: end - 1 };
    for (let begin = end - 1; begin >= 0; begin--) {
      const phrase = pieces.slice(begin, end);
      if (begin < end - 1 && !fits(phrase)) break;
      const cost = (costs[begin] ?? 0) + costOf(phrase, pieces[end]);
      if (cost < best.cost) best = { cost, begin };
    }
    costs.push(best.cost);
    cuts.push(best.begin);
  }
  const phrases: Phrase[] = [];
  for (let end = pieces.length; end > 0; end = cuts[end] ?? 0) phrases.unshift(phraseOf(pieces.slice(cuts[end] ?? 0, end)));
  return phrases;
}

/** Letters as they are seen; plain ones need no closer look. */
const lengthOf = (text: string): number => (plain.test(text) ? text.length : [...graphemes.segment(text)].length);
const plain = /^[ -~]*$/;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A word without end is cut to lines, each with its share of the time. */
function piecesOf(word: Word): readonly Word[] {
  const letters = [...graphemes.segment(word.text.trim())].map(({ segment }) => segment);
  const count = Math.ceil(letters.length / lineLength);
  if (count === 1) return [{ ...word, text: letters.join('') }];
  const length = (word.end - word.start) / count;
  return Array.from({ length: count }, (_, index) => ({
    text: letters.slice(index * lineLength, (index + 1) * lineLength).join(''),
    start: word.start + length * index,
    end: word.start + length * (index + 1),
  }));
}

function fits(words: readonly Word[]): boolean {
  const { start, end, text } = phraseOf(words);
  return end - start <= most.seconds - linger && wrapped(text).length <= most.lines;
}

const phraseOf = (words: readonly Word[]): Phrase => ({
  start: words[0]?.start ?? 0,
  end: words.at(-1)?.end ?? 0,
  text: textOf(words.map(({ text }) => text)),
});

/** What is bad about a cue that ends here. */
function costOf(words: readonly Word[], next: Word | undefined): number {
  const last = words.at(-1);
  const { start, end, text } = phraseOf(words);
  const seam = next === undefined ? 0 : seamCost(last?.text ?? '', next.text);
  const pause = next === undefined ? 0 : Math.min(4, Math.max(0, next.start - (last?.end ?? 0)) * 8);
  // Two sentences in one cue are less well read than each for itself.
  const inside = words.slice(0, -1).filter(({ text: word }) => sentenceEnds.test(word)).length * 3;
  const short = Math.max(0, 1.2 - (end - start)) * 8 + (lengthOf(text) < 12 ? 2 : 0);
  const weak = leadsOn.test(last?.text ?? '') ? 6 : 0;
  return 2 + seam - (seam === 0 ? 0 : pause) + inside + short + weak;
}

function seamCost(last: string, next: string): number {
  if (sentenceEnds.test(last)) return 0;
  if (clauseEnds.test(last)) return 3;
  return leadsOn.test(next) ? 8 : 12;
}

const sentenceEnds = /[.!?…。！？؟]["'”’)\]]*$/u;
const clauseEnds = /[,;:、，；：،–—]["'”’)\]]*$/u;
/** Words that belong to what follows. */
const leadsOn = /^(?:an?|the|and|or|but|of|to|in|on|at|with|for|from|by|into|your|its|each|every|until|than|as|is|are)$/i;

/** Scripts that are written without spaces are put together without them. */
function textOf(words: readonly string[]): string {
  return words.reduce(
    (text, word) =>
      text === '' || (unspaced.test(text.at(-1) ?? '') && unspaced.test(word[0] ?? '')) ? `${text}${word}` : `${text} ${word}`,
    '',
  );
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}。、，！？：；「」『』（）]/u;

/** Two lines as even as can be, the upper one rather the shorter. */
function linesOf(text: string): readonly string[] {
  if (lengthOf(text) <= lineLength) return [text];
  let best = wrapped(text);
  let lowest = Infinity;
  for (const at of breaksOf(text)) {
    const pair = [text.slice(0, at).trim(), text.slice(at).trim()];
    const [upper = 0, lower = 0] = pair.map(lengthOf);
    if (upper > lineLength || lower > lineLength) continue;
    const weak = leadsOn.test(pair[0]?.split(' ').at(-1) ?? '') ? 8 : 0;
    const cost = Math.abs(upper - lower) + (upper > lower ? 1 : 0) + weak - (clauseEnds.test(pair[0] ?? '') ? 8 : 0);
    if (cost >= lowest) continue;
    best = pair;
    lowest = cost;
  }
  return best;
}

/** Places at which a line may end: at spaces, and between letters that are written without them. */
const breaksOf = (text: string): readonly number[] =>
  [...text.matchAll(/ |(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}，、。])(?=[\p{L}])/gu)].map(
    ({ index }) => index,
  );

/** As few lines as it takes. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let rest = text;
  while (lengthOf(rest) > lineLength) {
    const at = breaksOf(rest)
      .filter((place) => lengthOf(rest.slice(0, place)) <= lineLength)
      .at(-1);
    if (at === undefined || at === 0) break;
    lines.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return [...lines, rest];
}
