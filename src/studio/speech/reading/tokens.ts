/** A text as the words that it is written in, each without the punctuation around it. */

export interface Token {
  readonly written: string;
  /** What stands between the punctuation; empty where there is nothing else. */
  readonly core: string;
  /** Punctuation in front of the core, and behind it. */
  readonly opening: string;
  readonly closing: string;
  /** What comes behind it in the text: more of the line, the next line, or an empty one. */
  readonly breaks: 'none' | 'line' | 'paragraph';
}

const openings = /^(?:["“”„«‹([{¿¡*_‘]|'(?!\d0s)|#(?!\p{L}|\d))+/u;
const closings = /(?:["“”»›)\]}>’‘',.;:!?*_]|…|\.{3})+$/u;
/** A digit with a prime or a quotation mark behind it is a measure: 5' 10". */
const measure = /\d['"’”]+$|[½⅓⅔¼¾⅛⅜⅝⅞]["”']$/u;

export function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(/(\S+)(\s*)/gu)].map(([, written = '', white = '']) => tokenOf(written, breakOf(white)));
}

/** Just the words, as captions show them. */
export const writtenWords = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== '');

function tokenOf(written: string, breaks: Token['breaks']): Token {
  const opening = openings.exec(written)?.[0] ?? '';
  const bare = written.slice(opening.length);
  const closing = closingOf(bare, opening);
  const core = straight(bare.slice(0, bare.length - closing.length));
  return { written, core, opening, closing: straight(closing), breaks };
}

function closingOf(bare: string, opening: string): string {
  const closing = closings.exec(bare)?.[0] ?? '';
  const marks = /^['"’”]+/u.exec(closing)?.[0] ?? '';
  if (marks === '' || /["“']/u.test(opening) || !measure.test(bare.slice(0, bare.length - closing.length + marks.length))) return closing;
  return closing.slice(marks.length);
}

/** One sign for each of the ways in which a sign is typed; what cannot be seen goes. */
function straight(text: string): string {
  return text
    .replaceAll(/[\u200b-\u200f\u2060\ufeff\u00ad]/gu, '')
    .replaceAll(/[’‘ʼ]/gu, "'")
    .replaceAll(/[“”„]/gu, '"')
    .replaceAll(/[‐‑]/gu, '-')
    .replaceAll(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
}

function breakOf(white: string): Token['breaks'] {
  const lines = white.split(/\r\n|[\n\r\u2028\u2029]/u).length - 1;
  if (lines === 0) return 'none';
  return lines === 1 ? 'line' : 'paragraph';
}
