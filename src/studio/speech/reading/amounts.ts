/** Amounts: numbers as they stand in front of what is counted, with fractions, ranges and dimensions. */
import { cardinal, decimal, digits, partName } from './numbers.ts';

export interface Amount {
  readonly words: readonly string[];
  /** `part` is less than one, and takes "of a" before what it is a part of. */
  readonly kind: 'one' | 'part' | 'many';
}

const vulgar: Readonly<Record<string, readonly [string, string]>> = {
  '½': ['1', '2'],
  '⅓': ['1', '3'],
  '⅔': ['2', '3'],
  '¼': ['1', '4'],
  '¾': ['3', '4'],
  '⅕': ['1', '5'],
  '⅖': ['2', '5'],
  '⅗': ['3', '5'],
  '⅘': ['4', '5'],
  '⅙': ['1', '6'],
  '⅚': ['5', '6'],
  '⅛': ['1', '8'],
  '⅜': ['3', '8'],
  '⅝': ['5', '8'],
  '⅞': ['7', '8'],
};
const signs: Readonly<Record<string, readonly string[]>> = {
  '-': ['minus'],
  '−': ['minus'],
  '–': ['minus'],
  '+': ['plus'],
  '±': ['plus', 'or', 'minus'],
  '~': ['about'],
  '≈': ['about'],
  '<': ['less', 'than'],
  '>': ['more', 'than'],
  '≤': ['at', 'most'],
  '≥': ['at', 'least'],
};

const vulgarSigns = `[${Object.keys(vulgar).join('')}]`;
const fraction = String.raw`(?:\d+-|\d+(?=${vulgarSigns}))?(?:\d{1,3}[/⁄]\d{1,3}|${vulgarSigns})`;
const plain = String.raw`(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*[.,]?\d+)`;
const single = `(?:${fraction}|${plain})`;
const joint = String.raw`\s*(?:[-–—x×X*]|\.{2,3}|…)\s*`;
const pattern = new RegExp(String.raw`^([-−–+±~≈<>≤≥]?)(${single}(?:${joint}${single})*)`, 'u');
const fractionParts = new RegExp(String.raw`^(?:(\d+)-)?(\d+)[/⁄](\d+)$|^(\d+)?-?(${vulgarSigns})$`, 'u');

/** The amount that the text begins with, and what stands behind it. */
export function amountAt(text: string): { readonly amount: Amount; readonly rest: string } | undefined {
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [all, sign = '', numbers = ''] = found;
  const amount = amountOf(numbers);
  const rest = text.slice(all.length);
  // "1/2/3" and "1.2.3" are other things than amounts.
  if (amount === undefined || /^[/.,]\d/.test(rest)) return undefined;
  return { amount: { ...amount, words: [...(signs[sign] ?? []), ...amount.words] }, rest };
}

/** The whole text as an amount. */
export function wholeAmount(text: string): Amount | undefined {
  const found = amountAt(text);
  return found?.rest === '' ? found.amount : undefined;
}

function amountOf(numbers: string): Amount | undefined {
  const alone = singleAmount(numbers);
  if (alone !== undefined) return alone;
  const parts = numbers.split(new RegExp(`(${joint})(?=[\\d.½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])`, 'u'));
  const joints = parts.filter((_part, index) => index % 2 === 1).map((text) => text.trim());
  const amounts = parts.filter((_part, index) => index % 2 === 0).map(singleAmount);
  if (joints.some((sign) => /^[-–—]$/.test(sign)) && joints.length > 1) return counted(amounts);
  if (/^\d{3}-\d{4}$/.test(numbers)) return { words: [...digits(numbers.slice(0, 3)), ...digits(numbers.slice(4))], kind: 'many' };
  const words: string[] = [];
  for (const [index, amount] of amounts.entries()) {
    if (amount === undefined) return undefined;
    if (index > 0) words.push(/^[x×X*]$/.test(joints[index - 1] ?? '') ? 'by' : 'to');
    words.push(...amount.words);
  }
  return { words, kind: amounts.every((amount) => amount?.kind === 'part') ? 'part' : 'many' };
}

/** "3-2-1": one after the other. */
const counted = (amounts: readonly (Amount | undefined)[]): Amount | undefined =>
  amounts.includes(undefined) ? undefined : { words: amounts.flatMap((amount) => amount?.words ?? []), kind: 'many' };

function singleAmount(text: string): Amount | undefined {
  const parts = fractionParts.exec(text);
  if (parts !== null) return fractionAmount(parts);
  if (!new RegExp(`^${plain}$`).test(text)) return undefined;
  // A comma before one or two digits is the decimal comma of much of the world.
  const [whole = '', behind] = /^\d*,\d{1,2}$/.test(text) ? text.split(',') : text.replaceAll(',', '').split('.');
  if (behind !== undefined) return { words: decimal(whole, behind), kind: 'many' };
  return { words: cardinal(whole), kind: whole === '1' ? 'one' : 'many' };
}

function fractionAmount([, before, above, below, joined, sign = '']: RegExpExecArray): Amount | undefined {
  const whole = before ?? joined;
  const [numerator, denominator] = above !== undefined && below !== undefined ? [above, below] : (vulgar[sign] ?? ['0', '0']);
  const [up, down] = [Number(numerator), Number(denominator)];
  const words = fractionWords(numerator, denominator);
  if (down === 0 || (whole !== undefined && up >= down)) return undefined;
  if (whole === undefined) return { words, kind: up < down ? 'part' : 'many' };
  return { words: [...cardinal(whole), 'and', ...(words[0] === 'one' ? ['a', ...words.slice(1)] : words)], kind: 'many' };
}

function fractionWords(numerator: string, denominator: string): readonly string[] {
  const [up, down] = [Number(numerator), Number(denominator)];
  if (up >= down && down > 4) return [...cardinal(numerator), 'out', 'of', ...cardinal(denominator)];
  if (down < 2 || (down > 20 && ![32, 64, 100].includes(down))) return [...cardinal(numerator), 'over', ...cardinal(denominator)];
  return [...cardinal(numerator), ...partName(denominator, up !== 1)];
}
