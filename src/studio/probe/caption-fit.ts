/** How captions fit what is said: which words they show, and how far from them in time. */
import type { ShownCaption } from '../film/scene.ts';
import type { Word } from '../film/speech.ts';
import { coveredBy } from './span.ts';

/** Only letters and digits are compared, as capitals: captions leave signs out, and break long words. */
const lettersOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** Seconds that somebody speaks, and how many of them have a caption. A word without letters is not spoken. */
export function captionedSeconds(
  words: readonly Word[],
  captions: readonly ShownCaption[],
): { readonly spoken: number; readonly captioned: number } {
  const said = words.filter(({ text, start, end }) => end > start && lettersOf(text) !== '');
  return {
    spoken: said.reduce((sum, { start, end }) => sum + end - start, 0),
    captioned: said.reduce((sum, word) => sum + coveredBy(word, captions), 0),
  };
}

export interface CaptionTiming {
  readonly caption: ShownCaption;
  /** Seconds from the begin of its first word to its own begin; null where nobody says what it shows. */
  readonly offset: number | null;
}

/** A caption is looked for a little ahead of the one before, so that a wrong one does not throw off all that follow. */
const lookAhead = 60;

export function captionTimings(words: readonly Word[], captions: readonly ShownCaption[]): readonly CaptionTiming[] {
  const said = words.map(({ text, start, end }) => ({ letters: lettersOf(text), start, end }));
  const letters = said.map((word) => word.letters).join('');
  // A long word may be broken over two captions: its letters are spoken one after the other.
  const times = said.flatMap((word) =>
    Array.from({ length: word.letters.length }, (_, at) => word.start + ((word.end - word.start) * at) / word.letters.length),
  );
  let from = 0;
  return captions.flatMap((caption): readonly CaptionTiming[] => {
    const shown = lettersOf(caption.text);
    if (shown === '') return [];
    const at = letters.slice(0, from + lookAhead + shown.length).indexOf(shown, from);
    if (at < 0) return [{ caption, offset: null }];
    from = at + shown.length;
    return [{ caption, offset: caption.start - (times[at] ?? 0) }];
  });
}

/** Characters that have to be read; one of Chinese, Japanese or Korean takes as long as two. */
export const readingLength = (text: string): number =>
  [...text.matchAll(/\P{M}/gu)].reduce(
    (sum, [character]) => sum + (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(character) ? 2 : 1),
    0,
  );
