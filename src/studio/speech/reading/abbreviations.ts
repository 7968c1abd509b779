/** Reads shortened words. */
import { isCapitalised, isNumber, joined, type Place, type Rule } from './place.ts';

/** Shortened with a full stop, which is then no end of a sentence by itself. */
const dotted: Readonly<Record<string, string>> = {
  'e.g': 'for example',
  eg: 'for example',
  'i.e': 'that is',
  ie: 'that is',
  etc: 'et cetera',
  approx: 'approximately',
  vs: 'versus',
  mr: 'mister',
  mrs: 'missis',
  ms: 'miz',
  mt: 'mount',
  prof: 'professor',
  jr: 'junior',
  sr: 'senior',
  ave: 'avenue',
  blvd: 'boulevard',
  dept: 'department',
  est: 'estimated',
  incl: 'including',
  excl: 'excluding',
  max: 'maximum',
  min: 'minimum',
  qty: 'quantity',
  temp: 'temperature',
  misc: 'miscellaneous',
  ext: 'extension',
  inc: 'incorporated',
  ltd: 'limited',
  corp: 'corporation',
  'a.k.a': 'also known as',
  pkg: 'package',
  assoc: 'association',
  intro: 'intro',
};
/** Known without a full stop, too. */
const plain: Readonly<Record<string, string>> = {
  vs: 'versus',
  etc: 'et cetera',
  approx: 'approximately',
  'w/': 'with',
  'w/o': 'without',
  'b/c': 'because',
  aka: 'also known as',
  mr: 'mister',
  mrs: 'missis',
  qty: 'quantity',
  'and/or': 'and or',
  'c#': 'C sharp',
  'c++': 'C plus plus',
  '50/50': 'fifty fifty',
  ok: 'okay',
  phd: 'P H D',
  '24/7': 'twenty four seven',
  tbsp: 'tablespoons',
  tsp: 'teaspoons',
  oz: 'ounces',
  lbs: 'pounds',
  lb: 'pounds',
  cm: 'centimeters',
  mm: 'millimeters',
  kg: 'kilograms',
  ml: 'milliliters',
  km: 'kilometers',
  mph: 'miles an hour',
  'km/h': 'kilometers an hour',
  rpm: 'turns a minute',
};
const beforeNumbers: Readonly<Record<string, string>> = {
  fig: 'figure',
  figs: 'figures',
  vol: 'volume',
  p: 'page',
  pp: 'pages',
  ch: 'chapter',
  sec: 'section',
  pt: 'part',
  ver: 'version',
};
/** A sentence never ends with these. */
const leading = new Set('e.g eg i.e ie vs mr mrs ms mt prof approx dr no fig vol incl max min'.split(' '));

export const abbreviation: Rule = (place) => {
  const { core, token, next, previous } = place;
  const key = core.toLowerCase();
  const stop = token.closing.startsWith('.');
  if (stop && isNumber(next) && beforeNumbers[key] !== undefined) return [beforeNumbers[key]];
  if (key === 'n' && token.opening.endsWith("'")) return ['and'];
  if (key === 'dr' && (stop || core === 'Dr'))
    return [isCapitalised(next) && !(isCapitalised(previous) && joined(previous)) ? 'doctor' : 'drive'];
  if (core === 'St' && (stop || isCapitalised(next)))
    return [isCapitalised(next) && !(isCapitalised(previous) && joined(previous)) ? 'saint' : 'street'];
  if (core === 'Rd' && stop) return ['road'];
  const said = (stop || key.includes('.') ? dotted[key] : undefined) ?? plain[key];
  return said?.split(' ');
};

/** "U.S.", "a.m.", "Ph.D.": letters with full stops between them. */
export const dottedLetters: Rule = ({ core }) =>
  /^(?:[A-Za-z]\.)+[A-Za-z]$|^Ph\.D$/.test(core) && core.length <= 11 ? Array.from(core.replaceAll('.', '').toUpperCase()) : undefined;

/** Whether the full stop behind the word belongs to the word alone, and no sentence ends there. */
export function keepsStop({ core, token, next }: Place, isUnit: boolean): boolean {
  if (token.closing !== '.' || next === undefined || token.breaks === 'paragraph') return false;
  const key = core.toLowerCase();
  if (leading.has(key) || (beforeNumbers[key] !== undefined && isNumber(next))) return true;
  // "Jan. 5".
  if (isNumber(next) && /^(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/.test(key)) return true;
  // An initial: "J. Smith".
  if (/^(?:St|[A-Z])$/.test(core) && isCapitalised(next) && core !== 'I') return true;
  const shortened =
    isUnit ||
    /^(?:St|Dr|Rd|Mon|Tues?|Wed|Thur?s?|Fri)$/.test(core) ||
    dotted[key] !== undefined ||
    plain[key] !== undefined ||
    /^\p{L}(?:\.\p{L})+$/u.test(core);
  return shortened && !isCapitalised(next);
}
