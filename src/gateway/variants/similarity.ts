/**
 * How near texts are to each other, without a model: cosine of their words, where a word counts the more the fewer
 * texts have it.
 */

/** Cosine distance of each text to the query: 0 says the same words, 1 has none in common. */
export function distances(query: string, texts: readonly string[]): readonly number[] {
  const all = [query, ...texts].map(wordsOf);
  const spread = new Map<string, number>();
  for (const words of all) for (const word of words.keys()) spread.set(word, (spread.get(word) ?? 0) + 1);
  const weigh = (words: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
    new Map([...words].map(([word, times]) => [word, (1 + Math.log(times)) * Math.log(1 + all.length / (spread.get(word) ?? 1))]));
  const [first = new Map<string, number>(), ...others] = all.map(weigh);
  return others.map((other) => 1 - cosine(first, other));
}

export function vectorDistance(a: readonly number[], b: readonly number[]): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (const [place, x] of a.entries()) {
    const y = b[place] ?? 0;
    dot += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? 1 : 1 - dot / Math.sqrt(squareA * squareB);
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let dot = 0;
  for (const [word, weight] of a) dot += weight * (b.get(word) ?? 0);
  const size = Math.sqrt(squares(a) * squares(b));
  return size === 0 ? 0 : dot / size;
}

function squares(weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const weight of weights.values()) sum += weight * weight;
  return sum;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Words of any script, each with how often it comes. */
function wordsOf(text: string): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  for (const { segment, isWordLike } of segmenter.segment(text.toLowerCase().normalize('NFKC'))) {
    if (isWordLike === true) words.set(segment, (words.get(segment) ?? 0) + 1);
  }
  return words;
}
