/**
 * When each word of a recording is spoken, where nobody can say it: from the pauses that are heard and the lengths
 * that the words have.
 *
 * E1. Every word is in the result, in order; each begins no earlier than the one before it has ended.
 * E2. All of them lie between the recording's begin and its end; where there is any length at all, every word has some.
 * E3. No word goes through a pause that lies between two words: it ends where the pause begins.
 */
import { burstsIn, type Burst } from './bursts.ts';
import { spokenLength } from './spoken-length.ts';

export interface EstimatedWord {
  readonly text: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
}

export function estimateWords(words: readonly string[], samples: Float32Array, rate: number): EstimatedWord[] {
  const found = burstsIn(samples, rate);
  const bursts = found.length > 0 ? found : [{ start: 0, end: samples.length / rate }];
  const lengths = words.map((word) => spokenLength(word) * (markAfter(word) === 'none' ? 1 : beforePause));
  return groupsOf(words, lengths, bursts).flatMap((group) => laidOut(words, lengths, group));
}

/** The last word before a pause is drawn out. */
const beforePause = 1.35;

/** Words that are spoken without a pause that counts. */
interface Group {
  readonly from: number;
  readonly to: number;
  readonly bursts: readonly Burst[];
}

/** The cheapest way so far to have the first `word` words end before the burst `burst`. */
interface Way {
  readonly cost: number;
  readonly before: Way | undefined;
  readonly word: number;
  readonly burst: number;
}

/** Pauses in a row that may be taken for no end of a word. */
const mostSkipped = 6;
/** Seconds by which a word is usually longer or shorter than its letters say. */
const deviation = 0.09;

function groupsOf(words: readonly string[], lengths: readonly number[], bursts: readonly Burst[]): readonly Group[] {
  if (words.length === 0) return [];
  const all = { from: 0, to: words.length, bursts };
  const score = scoring(words, lengths, bursts);
  const begin: Way = { cost: 0, before: undefined, word: 0, burst: 0 };
  // For each burst the best way to every word that it may begin with.
  const ways = bursts.map((_, at) => new Map(at === 0 ? [[0, begin]] : []));
  let last: Way | undefined;
  for (const [burst, here] of ways.entries())
    for (const way of here.values())
      for (let next = burst + 1; next <= Math.min(bursts.length, burst + mostSkipped); next++)
        for (const word of next === bursts.length ? [words.length] : score.candidates(way, next)) {
          const longer = { cost: way.cost + score.cost(way, next, word), before: way, word, burst: next };
          if (next === bursts.length) last = cheaper(last, longer);
          else ways[next]?.set(word, cheaper(ways[next]?.get(word), longer));
        }
  const groups: Group[] = [];
  for (let way = last; way?.before !== undefined; way = way.before)
    groups.unshift({ from: way.before.word, to: way.word, bursts: bursts.slice(way.before.burst, way.burst) });
  return groups.length > 0 ? groups : [all];
}

const cheaper = (known: Way | undefined, way: Way): Way => (known === undefined || way.cost < known.cost ? way : known);

interface Scoring {
  /** Words before which the burst may begin. */
  candidates(way: Way, burst: number): Iterable<number>;
  cost(way: Way, burst: number, word: number): number;
}

function scoring(words: readonly string[], lengths: readonly number[], bursts: readonly Burst[]): Scoring {
  const said = sums(lengths);
  const sounding = sums(bursts.map(({ start, end }) => end - start));
  const unit = (sounding.at(-1) ?? 0) / Math.max(1e-9, said.at(-1) ?? 0);
  const marks = words.map(markAfter);
  const unheard = sums(marks.map((mark) => ({ none: 0, comma: 2, stop: 5 })[mark]));
  const pauses = bursts.map(({ start }, at) => start - (bursts[at - 1]?.end ?? start));
  const skipped = sums(pauses.map((pause) => 1 + (pause - 0.07) / 0.04));
  const heard = (way: Way, burst: number): number => between(sounding, way.burst, burst);
  return {
    *candidates(way, burst) {
      const goal = heard(way, burst);
      const slack = 0.8 + 0.35 * goal;
      for (let word = way.word + 1; word < words.length; word++) {
        const off = unit * between(said, way.word, word) - goal;
        if (off > slack) return;
        if (off >= -slack) yield word;
      }
    },
    cost(way, burst, word) {
      const off = unit * between(said, way.word, word) - heard(way, burst);
      const inside = between(skipped, way.burst + 1, burst);
      const passed = between(unheard, way.word, word - 1);
      const ending = burst < bursts.length && marks[word - 1] === 'none' ? 3 : 0;
      return off ** 2 / (deviation ** 2 * Math.max(1, word - way.word)) + inside + passed + ending;
    },
  };
}

/** What is written behind a word: where a pause is to be expected. */
function markAfter(word: string): 'none' | 'comma' | 'stop' {
  if (/[.!?…。！？]["'”’)\]]*$/u.test(word)) return 'stop';
  return /[,;:–—،、，；：]["'”’)\]]*$/u.test(word) || /^[-–—]+$/.test(word) ? 'comma' : 'none';
}

/** `sums[i]`: what stands before `i`, together. */
function sums(values: readonly number[]): readonly number[] {
  const all = [0];
  for (const value of values) all.push((all.at(-1) ?? 0) + value);
  return all;
}

const between = (sum: readonly number[], from: number, to: number): number => (to > from ? (sum[to] ?? 0) - (sum[from] ?? 0) : 0);

function laidOut(words: readonly string[], lengths: readonly number[], { from, to, bursts }: Group): EstimatedWord[] {
  const ends = sums(lengths.slice(from, to));
  const whole = ends.at(-1) ?? 1;
  const total = bursts.reduce((sum, { start, end }) => sum + end - start, 0);
  return words.slice(from, to).map((text, at) => ({
    text,
    start: instant(bursts, ((ends[at] ?? 0) / whole) * total, 'start'),
    end: instant(bursts, ((ends[at + 1] ?? whole) / whole) * total, 'end'),
  }));
}

/** Where in the recording so much has sounded; at a pause its near side or its far side. */
function instant(bursts: readonly Burst[], sounded: number, side: 'start' | 'end'): number {
  let left = sounded;
  for (const { start, end } of bursts) {
    const length = end - start;
    if (left < length - 1e-9 || (side === 'end' && left <= length + 1e-9)) return Math.min(end, start + left);
    left -= length;
  }
  return bursts.at(-1)?.end ?? 0;
}
