/** Words for a text that nobody speaks: in the time in which it would be read aloud. */
import type { Word } from '../film/speech.ts';
import { writtenWords } from './reading/tokens.ts';

const wordsPerSecond = 2.6;
const signsPerSecond = 4;
/** As many signs of a script without spaces are shown as one word. */
const signsTogether = 4;
/** Scripts that put no spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

export function silentWords(text: string, rate = 1): { readonly words: readonly Word[]; readonly seconds: number } {
  const written = captionWords(text);
  const spaced = written.filter((word) => !unspaced.test(word));
  const average = spaced.reduce((sum, word) => sum + weightOf(word), 0) / Math.max(1, spaced.length);
  const words: Word[] = [];
  for (const word of written) {
    const start = words.at(-1)?.end ?? 0;
    const seconds = (unspaced.test(word) ? signsOf(word) / signsPerSecond : weightOf(word) / average / wordsPerSecond) / rate;
    words.push({ text: word, start, end: start + seconds });
  }
  return { words, seconds: words.at(-1)?.end ?? 0 };
}

/** The words of a text as captions show them: at white space, or by a few signs where a script has none. */
export const captionWords = (text: string): readonly string[] =>
  writtenWords(text).flatMap((word) => (unspaced.test(word) && signsOf(word) > signsTogether ? fewSigns(word) : [word]));

function fewSigns(text: string): readonly string[] {
  const parts: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const last = parts.at(-1);
    // Punctuation stands with the word before it, and ends a part.
    const fits =
      last !== undefined && (isWordLike !== true || (signsOf(last) + signsOf(segment) <= signsTogether && /[\p{L}\p{N}]$/u.test(last)));
    if (fits) parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

const weightOf = (word: string): number => 3 + signsOf(word);

const signsOf = (word: string): number => Math.max(1, word.match(/[\p{L}\p{N}]/gu)?.length ?? 0);
