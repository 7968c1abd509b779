/** For a voice of another language: the text as it is written, of which the voice knows best how it is read. */
import type { Pause, Read, ReadWord } from './reading.ts';

export function readAsWritten(words: readonly string[]): Read {
  const sentences: ReadWord[][] = [[]];
  for (const written of words) {
    const silent = !/[\p{L}\p{N}]/u.test(written);
    const word: ReadWord = { written, spoken: silent ? [] : [withoutMark(written)], pause: pauseOf(written) };
    const current = sentences.at(-1) ?? [];
    if (silent && current.length === 0 && sentences.length > 1) sentences.at(-2)?.push(word);
    else current.push(word);
    if (word.pause !== 'none' && word.pause !== 'comma' && current.some(({ spoken }) => spoken.length > 0)) sentences.push([]);
  }
  const last = sentences.at(-1) ?? [];
  if (!last.some(({ spoken }) => spoken.length > 0)) {
    sentences.pop();
    if (sentences.length > 0) sentences.at(-1)?.push(...last);
  }
  return { sentences, unread: [] };
}

const withoutMark = (written: string): string => written.replace(/[.!?,;:。！？，、；：؟،]+["”»」』)]*$/u, '');

function pauseOf(written: string): Pause {
  if (/[?？؟]["”»」』)]*$/u.test(written)) return 'question';
  if (/[!！]["”»」』)]*$/u.test(written)) return 'exclamation';
  // "3." and "z.B." go on more often than not; a stop too few is heard less than one too many.
  if (/(?:[^\d.]\p{L}|\p{L}{2})\.["”»)]*$|[。…]["”」』]*$/u.test(written)) return 'stop';
  return /[,;:，、；：،]$/u.test(written) ? 'comma' : 'none';
}
