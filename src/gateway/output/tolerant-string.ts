/** Strings as models write them: any quotes, raw newlines, quotes inside that should have been escaped. */
import { Unreadable } from './unreadable.ts';

export type Surroundings = 'key' | 'object' | 'list' | 'top';

/** What may end a string, by the quote that began it. */
const endings: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”“"'],
  ['”', '”“"'],
  ['„', '“”"'],
  ['‘', "’‘'"],
  ['’', "’‘'"],
]);

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' };

/** The quotes that would end the string that begins here; undefined when none does. */
export function quoteAt(text: string, at: number): string | undefined {
  // Three are the end of a code block.
  return text.startsWith('```', at) ? undefined : endings.get(text[at] ?? '');
}

export function readString(text: string, start: number, within: Surroundings): { readonly value: string; readonly end: number } {
  const special = new RegExp(`[\\\\${quoteAt(text, start) ?? '"'}]`, 'g');
  const parts: string[] = [];
  let from = start + 1;
  special.lastIndex = from;
  for (let found = special.exec(text); found !== null; found = special.exec(text)) {
    const at = found.index;
    if (found[0] === '\\') {
      const { written, length } = readEscape(text, at);
      parts.push(text.slice(from, at), written);
      from = at + length;
      special.lastIndex = from;
    } else if (isEnd(text, at + 1, within)) {
      parts.push(text.slice(from, at));
      return { value: parts.join(''), end: at + 1 };
    }
  }
  throw new Unreadable('it ends in the middle of a string');
}

const unicode = /\\u([0-9a-fA-F]{4})/y;
const hex = /\\x([0-9a-fA-F]{2})/y;

function readEscape(text: string, at: number): { readonly written: string; readonly length: number } {
  for (const pattern of [unicode, hex]) {
    pattern.lastIndex = at;
    const code = pattern.exec(text)?.[1];
    if (code !== undefined) return { written: String.fromCharCode(Number.parseInt(code, 16)), length: code.length + 2 };
  }
  const char = text[at + 1] ?? '';
  const known = escapes[char];
  if (known !== undefined) return { written: known, length: 2 };
  // A backslash before anything else was meant as one: `\d`, `\alpha`.
  return { written: /["'`\\/“”‘’]/.test(char) ? char : `\\${char}`, length: 1 + char.length };
}

const blank = /[\s\uFEFF]*/y;
const startsKey = /["'`“”„‘’}/#]|[A-Za-z_$][\w$-]{0,80}\s*:/y;
const startsItem = /["'`“”„‘’[{\]/#\d.+-]|(?:true|false|null|none|nan|infinity|undefined)\b/iy;
const startsQuote = /["'`“”„‘’]/;

/** Whether a quote before this place ends its string, or stands inside and should have been escaped. */
function isEnd(text: string, at: number, within: Surroundings): boolean {
  const next = skipBlank(text, at);
  const char = text[next];
  if (char === undefined || text.startsWith('```', next)) return true;
  if (within === 'top') return true;
  if (within === 'key') return char === ':';
  if (char === '}' || char === ']' || char === '/' || char === '#') return true;
  if (char === ',') return isSeparator(text, next + 1, within);
  // A comma that is missing at the end of a line.
  return startsQuote.test(char) && text.slice(at, next).includes('\n');
}

function isSeparator(text: string, at: number, within: 'object' | 'list'): boolean {
  const next = skipBlank(text, at);
  if (next >= text.length) return true;
  const starts = within === 'object' ? startsKey : startsItem;
  starts.lastIndex = next;
  return starts.test(text);
}

function skipBlank(text: string, at: number): number {
  blank.lastIndex = at;
  blank.exec(text);
  return blank.lastIndex;
}
