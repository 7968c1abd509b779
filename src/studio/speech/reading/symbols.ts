/** Reads signs that stand for words. */
import { isNumber, type Rule } from './place.ts';

const said: Readonly<Record<string, string>> = {
  '&': 'and',
  '+': 'plus',
  '=': 'equals',
  '@': 'at',
  '%': 'percent',
  '÷': 'divided by',
  '≠': 'is not',
  '≈': 'about',
  '±': 'plus or minus',
  '+/-': 'plus or minus',
  '√': 'the square root of',
  '∞': 'infinity',
  π: 'pi',
  '°': 'degrees',
  'w/': 'with',
  '§': 'section',
};
const betweenNumbers: Readonly<Record<string, string>> = {
  '-': 'minus',
  '−': 'minus',
  '–': 'to',
  '—': 'to',
  '/': 'over',
  '*': 'times',
  '×': 'times',
  '<': 'is less than',
  '>': 'is more than',
  '≤': 'is at most',
  '≥': 'is at least',
  ':': 'to',
  '→': 'to',
};
const beforeNumber: Readonly<Record<string, string>> = {
  '~': 'about',
  '<': 'less than',
  '>': 'more than',
  '≤': 'at most',
  '<=': 'at most',
  '>=': 'at least',
  '≥': 'at least',
};

export const symbol: Rule = ({ core, previous, next, tokens, index }) => {
  if (/[\p{L}\p{N}]/u.test(core) && core !== 'w/' && core !== 'π') return undefined;
  if (isNumber(next)) {
    // "30 - 5 = 25" is a sum; without its result a spaced dash is a range.
    const sum = tokens.slice(index + 1, index + 4).some((token) => token.core === '=');
    const between = isNumber(previous) ? (core === '-' && !sum ? 'to' : betweenNumbers[core]) : beforeNumber[core];
    if (between !== undefined) return between.split(' ');
  }
  return said[core]?.split(' ');
};

/** A sign within a word: "2+2=4", "AT&T". */
export function signBetween(sign: string, left: string, right: string): readonly string[] {
  const numbers = /\d$/.test(left) && /^[\d.-]/.test(right);
  const single = /^[+=&@%]$/.test(sign) ? said[sign] : undefined;
  const counted = numbers && /^[/*×<>]$/.test(sign) ? betweenNumbers[sign] : undefined;
  return (single ?? counted ?? '').split(' ').filter((word) => word !== '');
}
