/** What is said for one word of a text: the first rule that knows it decides. */
import { abbreviation, dottedLetters } from './abbreviations.ts';
import { asRule, fileName, handle, mailAddress, webAddress } from './addresses.ts';
import { clock, dayOfMonth, decade, numericDate, ratio, shortName, yearNumber } from './dates.ts';
import { capitals, mixed, singleLetter } from './letters.ts';
import { dimensionSign, measured, numberSign, ordinalNumber, plainAmount, scaled, unitWord } from './measures.ts';
import { money } from './money.ts';
import { homograph } from './homographs.ts';
import { cardinal } from './numbers.ts';
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
  homograph,
];

/** Words for the voice; none for what is not spoken. */
export function readWord(place: Place): readonly string[] {
  for (const rule of rules) {
    const words = rule(place);
    if (words !== undefined) return words;
  }
  return readCompound(place);
}

function readPart(core: string, place: Place | undefined, before?: string): readonly string[] {
  if (core === '') return [];
  const token = { written: core, core, opening: '', closing: '', breaks: 'none' } as const;
  const previous = before === undefined ? undefined : { ...token, core: before };
  return readWord({ core, token, tokens: [], index: 0, previous, next: undefined, shouting: place?.shouting ?? false });
}

/** "step-by-step", "mid-1990s", "on/off", "2+2=4": its parts, each by itself. */
function readCompound(place: Place): readonly string[] {
  const { core } = place;
  if (/^[\p{L}\p{M}']+$/u.test(core)) return readLetters(core);
  const hyphenated = core.split('-').slice(0, mostParts);
  if (hyphenated.length > 1) return hyphenated.flatMap((part, index) => readPart(part, place, hyphenated[index - 1]));
  const [left, right, ...more] = core.split('/');
  if (right !== undefined && more.length === 0 && /^[a-z]{2,}\/[a-z]{2,}$/.test(core))
    return [...readPart(left ?? '', place), 'or', ...readPart(right, place)];
  const parts = core.match(/\d+(?:[.,]\d+)*|[\p{L}\p{M}']+|[^\p{L}\p{M}\p{N}']+/gu)?.slice(0, mostParts) ?? [];
  if (parts.length < 2) return listOfNumbers(core);
  return parts.flatMap((part, index) =>
    /^[\p{L}\p{N}']/u.test(part) ? readPart(part, place) : signBetween(part, parts[index - 1] ?? '', parts[index + 1] ?? ''),
  );
}

function readLetters(core: string): readonly string[] {
  const word = plainWord(core).slice(0, longestWord).replace(/'+$/, '');
  return word === '' ? [] : [word];
}

/** "1,2,3", "3.11.2". */
function listOfNumbers(core: string): readonly string[] {
  if (!/^\d[\d.,]*$/.test(core)) return [];
  return core.split(/([.,])/).flatMap((part) => (part === '.' ? ['point'] : part === ',' || part === '' ? [] : cardinal(part)));
}

/** Small letters without marks, as the voice knows them; empty for another script. */
function plainWord(core: string): string {
  return core
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøłđþð]/g, (letter) => relatives[letter] ?? '')
    .replaceAll(/[^a-z']/g, '')
    .replaceAll(/^'+|'+$/g, '');
}

const relatives: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', þ: 'th', ð: 'th' };
