/** Words on lines: where to break them, and where each word stands. Pure: widths in, positions out. */

export interface WordWidth {
  readonly width: number;
  /** The space before it, unless it begins a line. */
  readonly gap: number;
}

export interface Lines {
  /** Index of the first word of each line. */
  readonly begins: readonly number[];
  /** Of the widest line. */
  readonly width: number;
}

/**
 * The words on so many lines that the widest is as narrow as can be; `dislike` is what a break before a word is worth
 * in pixels of width. Fewer words than lines give as many lines as there are words.
 */
export function balanced(words: readonly WordWidth[], count: number, dislike: (before: number) => number = () => 0): Lines {
  const lines = Math.max(1, Math.min(count, words.length));
  // best[at]: the cheapest way to put the words from `at` on onto the lines that are left.
  let best = words.map((_, at) => ({ cost: widthOf(words, at, words.length), begins: [at] as readonly number[] }));
  for (let line = 1; line < lines; line++)
    best = words.map((_, at) => {
      let cheapest = { cost: Number.POSITIVE_INFINITY, begins: [at] as readonly number[] };
      for (let next = at + 1; next < words.length; next++) {
        const width = widthOf(words, at, next);
        if (width >= cheapest.cost) break;
        const rest = best[next] ?? cheapest;
        const cost = Math.max(width, rest.cost) + dislike(next);
        if (cost < cheapest.cost) cheapest = { cost, begins: [at, ...rest.begins] };
      }
      return cheapest;
    });
  const begins = best[0]?.begins ?? [];
  return { begins, width: Math.max(0, ...begins.map((at, line) => widthOf(words, at, begins[line + 1] ?? words.length))) };
}

export function widthOf(words: readonly WordWidth[], from: number, to: number): number {
  let width = 0;
  for (let at = from; at < to; at++) width += (at > from ? (words[at]?.gap ?? 0) : 0) + (words[at]?.width ?? 0);
  return width;
}

/**
 * Where each word of a line begins, from the line's left edge. On a line that runs from right to left, words of the
 * other direction keep their order among themselves.
 */
export function placed(words: readonly WordWidth[], direction: 'ltr' | 'rtl', runs: readonly ('ltr' | 'rtl')[]): readonly number[] {
  const order = direction === 'ltr' ? words.map((_, at) => at) : fromTheRight(runs);
  const lefts = words.map(() => 0);
  let x = 0;
  order.forEach((at, turn) => {
    if (turn > 0) x += gapBetween(words, order[turn - 1] ?? 0, at);
    lefts[at] = x;
    x += words[at]?.width ?? 0;
  });
  return lefts;
}

/** The gap belongs to the later of two neighbours, wherever they stand. */
const gapBetween = (words: readonly WordWidth[], one: number, other: number): number => words[Math.max(one, other)]?.gap ?? 0;

function fromTheRight(runs: readonly ('ltr' | 'rtl')[]): readonly number[] {
  const groups: number[][] = [];
  runs.forEach((run, at) => {
    const last = groups.at(-1);
    if (run === 'ltr' && last !== undefined && runs[at - 1] === 'ltr') last.push(at);
    else groups.push([at]);
  });
  return groups.reverse().flat();
}
