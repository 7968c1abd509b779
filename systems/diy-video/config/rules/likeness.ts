/** Whether two texts are about the same thing, by the words that they share. */
import { fillers, joints, neutral } from './lexicon.ts';
import { stemOf, wordsOf } from './words.ts';

export const subjectWords = (text: string): ReadonlySet<string> =>
  new Set(
    wordsOf(text)
      .filter((word) => word.length > 2 && !fillers.has(word) && !joints.has(word))
      .map(stemOf)
      .filter((stem) => !neutral.has(stem)),
  );

/** How many words that tell something occur in both. */
export function sharedWords(a: string, b: string): number {
  const words = subjectWords(b);
  return [...subjectWords(a)].filter((word) => words.has(word)).length;
}
