/** Reads a text: what is said for each of its words, and where the voice rests. */
import { keepsStop } from './abbreviations.ts';
import { isShouting } from './letters.ts';
import { isNumber, type Place } from './place.ts';
import { readWord } from './read-word.ts';
import type { Pause, Read, ReadWord, Sentence } from './reading.ts';
import { tokensOf, type Token } from './tokens.ts';
import { attachedUnitOf } from './units.ts';

/** A longer sentence is spoken in parts: nobody has that much breath. */
const longestSentence = 40;

export function readText(text: string): Read {
  const tokens = tokensOf(text);
  const shouting = isShouting(tokens.map(({ core }) => core));
  const words = tokens.map((token, index) => {
    const place: Place = { core: token.core, token, tokens, index, previous: tokens[index - 1], next: tokens[index + 1], shouting };
    return { written: token.written, spoken: readWord(place), pause: pauseBehind(place) };
  });
  const unread = words.filter(({ written, spoken }) => spoken.length === 0 && /[\p{L}\p{N}]/u.test(written)).map(({ written }) => written);
  return { sentences: sentencesOf(restBehindSpeech(words)), unread };
}

function pauseBehind(place: Place): Pause {
  const { token, next } = place;
  const { closing } = token;
  if (closing.includes('?')) return 'question';
  if (closing.includes('!')) return 'exclamation';
  // "etc., and": the sentence goes on.
  if (/^\.[,;:)]/.test(closing)) return 'comma';
  // "1. Fold it": the number of an item.
  if (closing === '.' && /^\d{1,2}$/.test(token.core) && next !== undefined && (place.previous?.breaks ?? 'line') !== 'none')
    return 'comma';
  const trailing = /\.{3}|…/.test(closing) && next !== undefined && /^\p{Ll}/u.test(next.core);
  if (trailing) return 'comma';
  if (/[.…]/.test(closing) && !keepsStop(place, isNumber(place.previous) && attachedUnitOf(place.core) !== undefined)) return 'stop';
  if (token.breaks === 'paragraph' || (token.breaks === 'line' && beginsLine(next))) return 'stop';
  if (/[,;:)\]]/.test(closing) || isDash(token) || /^[([]/.test(next?.opening ?? '')) return isRange(place) ? 'none' : 'comma';
  // A dash that touches its word: "paper— then".
  return /[–—]$/u.test(token.core) || /^[—]/u.test(next?.core ?? '') ? 'comma' : 'none';
}

const dashes = /^(?:[-–—|•·→⇒]+|--+)$/u;

const isDash = ({ core }: Token): boolean => dashes.test(core);

/** A dash between numbers is said, and no rest. */
const isRange = ({ token, previous, next }: Place): boolean => isDash(token) && isNumber(previous) && isNumber(next);

/** A new line begins something new unless the sentence plainly goes on. */
const beginsLine = (next: Token | undefined): boolean => next !== undefined && !/^\p{Ll}/u.test(next.core);

const strength: Readonly<Record<Pause, number>> = { none: 0, comma: 1, stop: 2, question: 3, exclamation: 3 };

/** Where a dash or an emoji rests, it is the word before it that the rest comes behind. */
function restBehindSpeech(words: readonly ReadWord[]): readonly ReadWord[] {
  const moved = [...words];
  let last: number | undefined;
  for (const [index, { spoken, pause }] of words.entries()) {
    const before = last === undefined ? undefined : moved[last];
    if (spoken.length > 0) last = index;
    else if (last !== undefined && before !== undefined && strength[pause] > strength[before.pause]) moved[last] = { ...before, pause };
  }
  return moved;
}

/** Ends a sentence where the voice stops. What says nothing stands with its neighbours. */
function sentencesOf(words: readonly ReadWord[]): readonly Sentence[] {
  const sentences: ReadWord[][] = [[]];
  let said = 0;
  for (const word of words) {
    const current = sentences.at(-1) ?? [];
    // What follows a sentence without being said still stands on its screen.
    if (word.spoken.length === 0 && current.length === 0 && sentences.length > 1) {
      sentences.at(-2)?.push(word);
      continue;
    }
    current.push(word);
    said += word.spoken.length;
    const ends = word.pause !== 'none' && word.pause !== 'comma';
    const tooLong = said >= longestSentence && (word.pause === 'comma' || said >= longestSentence * 1.5);
    if (said === 0 || (!ends && !tooLong)) continue;
    sentences.push([]);
    said = 0;
  }
  return joinSilent(sentences);
}

/** What is left at the end without a word to say goes to the sentence before it. */
function joinSilent(sentences: readonly ReadWord[][]): readonly Sentence[] {
  const last = sentences.at(-1) ?? [];
  if (last.some(({ spoken }) => spoken.length > 0)) return sentences;
  const before = sentences.at(-2);
  if (before === undefined) return [];
  return [...sentences.slice(0, -2), [...before, ...last]];
}
