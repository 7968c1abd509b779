/** Words as they are compared: in one spelling, without their endings, and forgiving a slip of the finger. */

const spellings: Readonly<Record<string, string>> = {
  aeroplane: 'airplane',
  aeroplanes: 'airplane',
  built: 'build',
  bulding: 'building',
  children: 'child',
  colour: 'color',
  closets: 'closet',
  dyeing: 'dye',
  kids: 'kid',
  knives: 'knife',
  leaves: 'leaf',
  mould: 'mold',
  organise: 'organize',
  plough: 'plow',
  resumé: 'resume',
  résumé: 'resume',
  shelves: 'shelf',
  theatre: 'theater',
  tshirt: 'shirt',
  tee: 'shirt',
  tying: 'tie',
  tied: 'tie',
  ties: 'tie',
  tyre: 'tire',
  tyres: 'tire',
  tires: 'tire',
  bike: 'bicycle',
  bikes: 'bicycle',
};

const withoutMarks = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '');

/** The words of a text, lower case, without marks on letters; compounds with a hyphen come apart. */
export function wordsOf(text: string): readonly string[] {
  const plain = withoutMarks(text.toLowerCase())
    .replace(/t-shirt/g, 'tshirt')
    .replace(/[’`]/g, "'")
    .replace(/'s\b/g, '')
    .replace(/'/g, '');
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const singular = (word: string): string => {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(word) && word.length > 4) return word.slice(0, -2);
  return /[^su]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word;
};

const withoutEnding = (word: string): string => {
  const found = /^(.*[aeiouy].*?)(?:ing|ed)$/.exec(word);
  if (found?.[1] === undefined || found[1].length < 3) return word;
  return found[1].replace(/([bdfgmnprt])\1$/, '$1');
};

/** What a word is compared by; two forms of one word have the same. */
export function stemOf(word: string): string {
  const known = spellings[word] ?? word;
  const stem = withoutEnding(singular(known));
  return stem.length > 3 && stem.endsWith('e') ? stem.slice(0, -1) : stem;
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other, up to a limit. */
export function editsBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const steps = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1)];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps.push((before[j - 2] ?? 0) + 1);
      next.push(Math.min(...steps));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Short words have too many neighbours that are words themselves, so that a slip in them is not forgiven. */
const forgiven = (length: number): number => (length >= 9 ? 2 : length >= 6 ? 1 : 0);

const doubled = /(.)\1/g;

/** Whether a word that was written is meant to be one that is known; both are given by their stems. */
export function meansStem(written: string, known: string): boolean {
  if (written === known) return true;
  if (written[0] !== known[0]) return false;
  if (known.length >= 4 && written.replace(doubled, '$1') === known.replace(doubled, '$1')) return true;
  const limit = forgiven(Math.min(written.length, known.length));
  return limit > 0 && editsBetween(written, known, limit) <= limit;
}
