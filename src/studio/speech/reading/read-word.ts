/** What is said for one word of a text: the first rule that knows it decides. */
import { abbreviation, dottedLetters } from './abbreviations.ts';
import { asRule, fileName, handle, mailAddress, webAddress } from './addresses.ts';
import { clock, dayOfMonth, decade, numericDate, ratio, shortName, yearNumber } from './dates.ts';
import { capitals, mixed, singleLetter } from './letters.ts';
import { dimensionSign, measured, numberSign, ordinalNumber, plainAmount, scaled, unitWord } from './measures.ts';
import { money } from './money.ts';
import type { Place, Rule } from './place.ts';
import { signBetween, symbol } from './symbols.ts';

/** What nobody could say in one breath is cut off. */
const longestWord = 40;
const mostParts = 60;

const readAlone = (core: string): readonly string[] => readPart(core, undefined);

const rules: readonly Rule[] = [
  ...[webAddress, mailAddress, handle].map((read) => asRule(read, readAlone)),
  numericDate,
  shortName,
  dayOfMonth,
  yearNumber,
  decade,
  ratio,
  clock,
  money,
  ordinalNumber,
  numberSign,
  unitWord,
  dimensionSign,
  abbreviation,
  dottedLetters,
  scaled,
  plainAmount,
  measured,
  symbol,
  asRule(fileName, readAlone),
  capitals,
  singleLetter,
  mixed,
];

/** Words for the voice; none for what is not spoken. */
export function readWord(place: Place): readonly string[] {
  for (const rule of rules) {
    const words = rule(place);
    if (words !== undefined) return words;
  }
  return readCompound(place);
}

function readPart(core: string, place: Place | undefined): readonly string[] {
  if (core === '') return [];
  const token = place?.token ?? { written: core, core, opening: '', closing: '', breaks: 'none' };
  const alone = { core, token, tokens: [], index: 0, previous: undefined, next: undefined, shouting: place?.shouting ?? false };
  return readWord(alone);
}

/** "step-by-step", "2+2=4", "5-minute", "on/off": its parts, each by itself. */
function readCompound(place: Place): readonly string[] {
  const word = plainWord(place.core);
  if (/^[a-z']*$/.test(word) && /^[\p{L}\p{M}']+$/u.test(place.core)) return word === '' ? [] : [word.slice(0, longestWord)];
  const parts = place.core.match(/\d+(?:[.,]\d+)*|[\p{L}\p{M}']+|[^\p{L}\p{M}\p{N}']+/gu)?.slice(0, mostParts) ?? [];
  if (parts.length < 2) return [];
  if (/^[a-z]{2,}\/[a-z]{2,}$/.test(place.core)) return [...readPart(parts[0] ?? '', place), 'or', ...readPart(parts[2] ?? '', place)];
  return parts.flatMap((part, index) => {
    if (/^[\p{L}\p{N}']/u.test(part)) return readPart(part, place);
    return signBetween(part, parts[index - 1] ?? '', parts[index + 1] ?? '');
  });
}

/** Small letters without marks, as the voice knows them; empty for another script. */
function plainWord(core: string): string {
  return core
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøłđþð]/g, (letter) => relatives[letter] ?? '')
    .replaceAll(/^'+|'+$/g, '')
    .replaceAll(/[^a-z']/g, '');
}

const relatives: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', þ: 'th', ð: 'th' };
