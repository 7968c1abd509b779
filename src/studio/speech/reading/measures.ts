/** Reads amounts, with their units beside them or behind them. */
import { amountAt, wholeAmount, type Amount } from './amounts.ts';
import { cardinal, ordinal } from './numbers.ts';
import { isNumber, joined, type Place, type Rule } from './place.ts';
import type { Token } from './tokens.ts';
import { articleOf, attachedUnitOf, isMeasure, unitOf, type Unit } from './units.ts';

const fractionSigns = /[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\d[/⁄]\d/u;
const inchesOf = new Set('wide long thick tall deep high square across x × by apart diameter'.split(' '));

/** "5", "1,000", "2–3", "1/2", "2½", "20×30", "-5". */
export const plainAmount: Rule = (place) => {
  const { core, previous, next, token } = place;
  const amount = wholeAmount(core);
  if (amount === undefined) return undefined;
  const isFraction = amount.kind === 'part' && fractionSigns.test(core);
  if (isFraction && isWhole(previous)) return behindWhole(amount);
  // "10 000": the thousands stand apart.
  if (core === '000' && isWhole(previous)) return ['thousand'];
  if (!isFraction || !joined(token) || next === undefined) return amount.words;
  const whole = unitOf(next.core)?.one ?? (isMeasure(next.core) ? next.core : undefined);
  return whole === undefined ? amount.words : partOf(amount, whole);
};

/** "5cm", "350°F", "10%", "½-inch", "5'10\"". */
export const measured: Rule = (place) => {
  const { core, previous, next } = place;
  const [, feet, inches] = /^(\d+)'(\d+)(?:"|'')?$/.exec(core) ?? [];
  if (feet !== undefined && inches !== undefined) return [...cardinal(feet), 'foot', ...cardinal(inches)];
  const found = amountAt(core);
  if (found === undefined || found.rest === '') return undefined;
  // "2x4s" are boards.
  if (found.rest === 's' && found.amount.words.includes('by'))
    return [...found.amount.words.slice(0, -1), `${found.amount.words.at(-1) ?? ''}s`];
  const unit = attachedUnitOf(found.rest);
  // "2 1/2-inch", '2 1/2"': the whole of it was the word before.
  const isRest = found.amount.kind === 'part' && isWhole(previous);
  if (unit !== undefined)
    return isRest
      ? [...behindWhole(found.amount), ...unit.many.split(' ')]
      : withUnit(found.amount, isTurn(unit, next) ? single(unit) : unit);
  const sign = found.rest.startsWith('-') ? found.rest.slice(1) : '';
  // "a 5-cm strip", "a 3/4-inch board": what is measured stands in the singular.
  const measure = attachedUnitOf(sign)?.one ?? (isMeasure(sign) ? sign : undefined);
  if (measure !== undefined) return [...(isRest ? behindWhole(found.amount) : asAdjective(found.amount)), ...measure.split(' ')];
  // "30°C–40°C".
  const [, sides, until] = /^([^\d–—-]+)[–—-](.+)$/u.exec(found.rest) ?? [];
  const end = until === undefined || attachedUnitOf(sides ?? '') === undefined ? undefined : measured({ ...place, core: until });
  return end === undefined ? undefined : [...found.amount.words, 'to', ...end];
};

/** The unit of the amount in front of it: "5 cm", "1 tbsp", "2 in. wide". */
export const unitWord: Rule = (place) => {
  const { previous, core, next, tokens, index } = place;
  if (core === 'fl' && next?.core === 'oz') return ['fluid'];
  const counted = core === 'oz' && previous?.core === 'fl' ? tokens[index - 2] : previous;
  if (!isNumber(counted) || !joined(previous)) return undefined;
  const amount = wholeAmount(counted?.core ?? '');
  const unit = unitOf(core) ?? (core === 'in' && isInch(place) ? attachedUnitOf('in') : undefined);
  if (unit === undefined || amount === undefined) return undefined;
  // "2 1/2 tsp" are teaspoons, "1/2 tsp" is part of one.
  const one = amount.kind === 'one' || (amount.kind === 'part' && !isWhole(tokens[index - 2]));
  return (one ? unit.one : unit.many).split(' ');
};

/** "×" and "x" between the sides of something, or between factors. */
export const dimensionSign: Rule = ({ core, previous, next, tokens, index }) => {
  if (!/^[×xX*]$/.test(core) || !isNumber(previous) || !isNumber(next)) return undefined;
  return tokens.slice(index + 1, index + 4).some((token) => token.core === '=') ? ['times'] : ['by'];
};

/** "1st", "22nd". */
export const ordinalNumber: Rule = ({ core }) => {
  const digits = /^(\d+)(?:st|nd|rd|th)$/i.exec(core)?.[1];
  return digits === undefined ? undefined : ordinal(digits);
};

/** "#5", "№5", "No. 5": a number as a name. */
export const numberSign: Rule = ({ core, token, next }) => {
  const digits = /^[#№](\d+)$/u.exec(core)?.[1];
  if (digits !== undefined) return ['number', ...cardinal(digits)];
  const sign = /^[#№]$/u.test(core) || (/^(?:no|nos|nr)$/i.test(core) && token.closing === '.');
  return sign && isNumber(next) ? ['number'] : undefined;
};

/** "5k", "2bn". */
export const scaled: Rule = ({ core }) => {
  const [, number = '', letters] = /^(\d[\d.,]*)(k|bn)$/.exec(core) ?? [];
  const amount = wholeAmount(number);
  return amount === undefined ? undefined : [...amount.words, letters === 'k' ? 'thousand' : 'billion'];
};

function withUnit(amount: Amount, { one, many }: Unit): readonly string[] {
  if (amount.kind === 'part') return [...partOf(amount, one), ...one.split(' ')];
  return [...amount.words, ...(amount.kind === 'one' ? one : many).split(' ')];
}

/** A part with what leads to the whole: "half a", "three quarters of an". */
function partOf({ words }: Amount, whole: string): readonly string[] {
  const article = articleOf(whole);
  return words.at(-1) === 'half' ? [...words.slice(0, -2), 'half', article] : [...words, 'of', article];
}

/** "… and a half", "… and three quarters". */
const behindWhole = ({ words }: Amount): readonly string[] => ['and', ...(words[0] === 'one' ? ['a', ...words.slice(1)] : words)];

const single = ({ one }: Unit): Unit => ({ one, many: one });

/** "a 45° angle" is of forty-five degree. */
const isTurn = ({ one }: Unit, next: Token | undefined): boolean =>
  one === 'degree' && /^(?:angle|turn|bend|corner|cut|fold|rotation)$/.test(next?.core ?? '');

function asAdjective({ words, kind }: Amount): readonly string[] {
  if (kind !== 'part') return words;
  const name = words.at(-1) ?? '';
  return name === 'half' ? [...words.slice(0, -2), 'half'] : [...words.slice(0, -1), name.replace(/s$/, '')];
}

/** A whole number in front of its fraction, or of its thousands. */
const isWhole = (token: Token | undefined): boolean => joined(token) && /^\d{1,3}$/.test(token?.core ?? '');

/** "in" is rarely an inch; with a full stop inside a sentence, or before "wide", it is. */
function isInch({ token, next }: Place): boolean {
  return inchesOf.has(next?.core ?? '') || (token.closing === '.' && next !== undefined && /^\p{Ll}/u.test(next.core));
}
