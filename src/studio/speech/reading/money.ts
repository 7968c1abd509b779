/** Reads sums of money: "$4.50", "€3", "5 €", "$2–3", "£1 million". */
import { wholeAmount } from './amounts.ts';
import { cardinal } from './numbers.ts';
import { joined, type Rule } from './place.ts';

interface Currency {
  readonly one: string;
  readonly many: string;
  readonly small: string;
}

const cents = 'cents';
const currencies: Readonly<Record<string, Currency>> = {
  $: { one: 'dollar', many: 'dollars', small: cents },
  '€': { one: 'euro', many: 'euros', small: cents },
  '£': { one: 'pound', many: 'pounds', small: 'pence' },
  '¥': { one: 'yen', many: 'yen', small: '' },
  '₹': { one: 'rupee', many: 'rupees', small: 'paise' },
  '¢': { one: 'cent', many: 'cents', small: '' },
};
const scales: Readonly<Record<string, string>> = { k: 'thousand', K: 'thousand', m: 'million', M: 'million', bn: 'billion', B: 'billion' };
const signs = '[$€£¥₹¢]';
const inFront = new RegExp(`^([-−+~]?)(?:US|A|C)?(${signs})(\\d.*?)(k|K|m|M|bn|B)?$`, 'u');
const behind = new RegExp(`^(\\d.*?)(k|K|m|M|bn|B)?(${signs})$`, 'u');
const scaleWords = /^(?:thousand|million|billion|trillion)$/;

export const money: Rule = ({ core, previous, next, token }) => {
  const before = inFront.exec(core);
  if (before !== null) {
    const [, sign = '', currency = '', sum = '', scale] = before;
    // "$4 million": the dollars come behind the million.
    const open = joined(token) && scaleWords.test(next?.core ?? '');
    const said = sumOf(sum.replaceAll(new RegExp(signs, 'gu'), ''), scale, open ? undefined : currencies[currency]);
    return said === undefined ? undefined : [...(sign === '-' || sign === '−' ? ['minus'] : []), ...said];
  }
  const [, sum = '', scale, currency = ''] = behind.exec(core) ?? [];
  if (sum !== '') return sumOf(sum, scale, currencies[currency]);
  if (scaleWords.test(core) && joined(previous)) {
    const sign = inFront.exec(previous?.core ?? '')?.[2];
    return sign === undefined ? undefined : [core, currencies[sign]?.many ?? ''];
  }
  const alone = currencies[core];
  if (alone === undefined) return undefined;
  return joined(previous) && previous?.core === '1' ? [alone.one] : [alone.many];
};

function sumOf(sum: string, scale: string | undefined, currency: Currency | undefined): readonly string[] | undefined {
  const [, whole = '', part = ''] = /^(\d[\d,]*)\.(\d\d)$/.exec(sum) ?? [];
  if (whole !== '' && scale === undefined && currency !== undefined && currency.small !== '') return withCents(whole, part, currency);
  const amount = wholeAmount(sum);
  if (amount === undefined) return undefined;
  const name = amount.kind === 'one' && scale === undefined ? currency?.one : currency?.many;
  return [...amount.words, ...(scale === undefined ? [] : [scales[scale] ?? '']), ...(name === undefined ? [] : [name])];
}

function withCents(whole: string, part: string, { one, many, small }: Currency): readonly string[] {
  const large = [...cardinal(whole.replaceAll(',', '')), whole === '1' ? one : many];
  const cent = [...cardinal(String(Number(part))), part === '01' ? small.replace(/s$/, '') : small];
  if (part === '00') return large;
  return Number(whole) === 0 ? cent : [...large, 'and', ...cent];
}
