/** Text in the pieces between which a line may be broken. */

export interface Token {
  readonly text: string;
  /** Follows the one before without a space, as in scripts that write none between words. */
  readonly glued: boolean;
}

/** Scripts that put no spaces between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function tokensOf(text: string): readonly Token[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word) => (unspaced.test(word) ? wordsWithin(word) : [word]).map((part, at) => ({ text: part, glued: at > 0 })));
}

/** What people see as one letter, with its marks. */
export const lettersOf = (text: string): readonly string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

/** Marks stay with the word before them; an opening one goes with the word after it. */
function wordsWithin(text: string): readonly string[] {
  const parts: string[] = [];
  let opening = '';
  for (const { segment, isWordLike } of words.segment(text)) {
    if (isWordLike === true || parts.length === 0) {
      parts.push(opening + segment);
      opening = '';
    } else if (/^[\p{Ps}\p{Pi}]+$/u.test(segment)) opening += segment;
    else parts.push((parts.pop() ?? '') + opening + segment);
  }
  return joined(opening === '' ? parts : [...parts, opening]);
}

const mostJoined = 4;
const spoken = (text: string): number => lettersOf(text.replace(/\p{P}/gu, '')).length;

/** A letter alone is hardly a word to look at: it goes with the word before it while that is short. */
function joined(parts: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (const part of parts) {
    const before = whole.at(-1);
    const fits = before !== undefined && !/\p{P}$/u.test(before) && spoken(before) + spoken(part) <= mostJoined;
    if (fits && (spoken(before) === 1 || spoken(part) === 1)) whole[whole.length - 1] = before + part;
    else whole.push(part);
  }
  return whole;
}

export const isRightToLeft = (text: string): boolean => {
  const strong = /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}]|\p{L}/u.exec(text)?.[0];
  return strong !== undefined && /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}]/u.test(strong);
};

/**
 * The word in that many parts, each but the last with a hyphen; in scripts without hyphens, without.
 * A part ends where a syllable may end: before a consonant that a vowel follows.
 */
export function brokenInto(word: string, count: number): readonly string[] {
  const letters = lettersOf(word);
  const parts: string[] = [];
  let from = 0;
  for (let part = 1; part < count; part++) {
    const ideal = from + Math.round((letters.length - from) / (count - part + 1));
    const to = nearestBreak(letters, ideal, from);
    const text = letters.slice(from, to).join('');
    parts.push(unspaced.test(text) || /\p{Pd}$/u.test(text) ? text : `${text}-`);
    from = to;
  }
  return [...parts, letters.slice(from).join('')];
}

function nearestBreak(letters: readonly string[], ideal: number, from: number): number {
  for (const away of [0, 1, -1, 2, -2, -3]) {
    const at = ideal + away;
    if (at - from >= 2 && letters.length - at >= 2 && maySplit(letters, at)) return at;
  }
  return Math.max(from + 1, Math.min(letters.length - 1, ideal));
}

function maySplit(letters: readonly string[], at: number): boolean {
  const [before, after, next] = [letters[at - 1] ?? '', letters[at] ?? '', letters[at + 1] ?? ''];
  if (/\p{Pd}/u.test(before)) return true;
  if (isVowel(before)) return !isVowel(after) && (isVowel(next) || /[lrh]/i.test(next));
  return !isVowel(after) && isVowel(next) && !/^(ch|ph|sh|th|qu|[^aeiou][lr])$/i.test(before + after);
}

const isVowel = (letter: string): boolean => /^[aeiouyäöü]/i.test(letter.normalize('NFD'));
