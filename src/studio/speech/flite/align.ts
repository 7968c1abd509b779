/** Finds which phones of a sentence belong to which of its words, by what each word sounds like alone. */

/** What a word is expected to sound like. */
export interface ExpectedWord {
  readonly phones: readonly string[];
  /** Whether a pause is expected behind it. */
  readonly pause: boolean;
}

interface Expected {
  readonly phone: string;
  readonly word: number;
}

export const silence = 'pau';

/** For each phone that is heard, the index of its word; -1 for silence, and where there are no words. */
export function align(words: readonly ExpectedWord[], heard: readonly string[]): readonly number[] {
  const expected = words.flatMap(({ phones, pause }, word): readonly Expected[] => [
    ...phones.map((phone) => ({ phone, word })),
    ...(pause ? [{ phone: silence, word }] : []),
  ]);
  return follow(table(expected, heard), expected, heard);
}

/** The least cost of bringing the first i expected phones to the first j that are heard, for all i and j. */
function table(expected: readonly Expected[], heard: readonly string[]): readonly Float64Array[] {
  const rows = Array.from({ length: expected.length + 1 }, () => new Float64Array(heard.length + 1));
  for (let i = 0; i <= expected.length; i++) {
    for (let j = 0; j <= heard.length; j++) {
      if (i === 0 && j === 0) continue;
      put(rows, i, j, Math.min(...ways(rows, expected, heard, i, j)));
    }
  }
  return rows;
}

/** What it costs to come to (i, j): by taking two phones for each other, by an expected one that is not heard, by one too many. */
function ways(rows: readonly Float64Array[], expected: readonly Expected[], heard: readonly string[], i: number, j: number): Ways {
  const [wanted, got] = [expected[i - 1]?.phone, heard[j - 1]];
  return [
    wanted !== undefined && got !== undefined ? at(rows, i - 1, j - 1) + difference(wanted, got) : Infinity,
    wanted !== undefined ? at(rows, i - 1, j) + single(wanted) : Infinity,
    got !== undefined ? at(rows, i, j - 1) + single(got) : Infinity,
  ];
}

type Ways = readonly [both: number, missing: number, extra: number];

function follow(rows: readonly Float64Array[], expected: readonly Expected[], heard: readonly string[]): readonly number[] {
  const found = new Array<number>(heard.length).fill(-1);
  let [i, j] = [expected.length, heard.length];
  while (i > 0 || j > 0) {
    const [both, missing, extra] = ways(rows, expected, heard, i, j);
    const least = Math.min(both, missing, extra);
    if (both === least) {
      i--;
      j--;
      if (heard[j] !== silence) found[j] = expected[i]?.word ?? -1;
    } else if (missing === least) i--;
    else {
      j--;
      // One too many belongs to the word that is under way, or to the first.
      if (heard[j] !== silence) found[j] = (expected[i - 1] ?? expected[i])?.word ?? -1;
    }
  }
  return found;
}

/** How unlike two phones are: 0 the same, below 1 where one is said for the other, above 2 where it would be a mistake. */
function difference(one: string, other: string): number {
  if (one === other) return 0;
  if (one === silence || other === silence) return 4;
  if (kin.some((family) => family.has(one) && family.has(other))) return 0.4;
  return isVowel(one) === isVowel(other) ? 0.9 : 1.8;
}

const single = (phone: string): number => (phone === silence ? 0.6 : 1);

const isVowel = (phone: string): boolean => /^[aeiou]/.test(phone);

const kin: readonly ReadonlySet<string>[] = [
  ['ax', 'ah', 'ih', 'uh', 'eh', 'iy', 'ey', 'aa', 'ae'],
  ['aa', 'ao', 'ah', 'ow', 'aw'],
  ['er', 'r'],
  ['uw', 'uh', 'w'],
  ['iy', 'y', 'ay'],
  ['t', 'd', 'dx'],
  ['s', 'z'],
  ['dh', 'th'],
  ['v', 'f'],
  ['l', 'el'],
  ['n', 'en', 'ng'],
].map((family) => new Set(family));

const at = (rows: readonly Float64Array[], i: number, j: number): number => rows[i]?.[j] ?? Infinity;

function put(rows: readonly Float64Array[], i: number, j: number, cost: number): void {
  const row = rows[i];
  if (row !== undefined) row[j] = cost;
}
