/**
 * Regular expressions as JavaScript writes them, read into a tree.
 *
 * T1. JavaScript itself says what a pattern is: with its Unicode flag, or else without. What it takes and this cannot
 *     read is refused with a mend, never read as something else.
 * T2. What a single character may be is left to JavaScript: over one character no expression can take long.
 */

export type Tree =
  | { readonly is: 'one'; readonly fits: (sign: string) => boolean }
  | { readonly is: 'sequence'; readonly parts: readonly Tree[] }
  | { readonly is: 'choice'; readonly of: readonly Tree[] }
  | { readonly is: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number }
  | { readonly is: 'edge'; readonly at: 'start' | 'end' | 'word' | 'no-word' }
  | Look;

/** Something that stands before or behind a place, and takes nothing of the text. */
export interface Look {
  readonly is: 'look';
  readonly ahead: boolean;
  readonly not: boolean;
  readonly part: Tree;
}

export interface PatternTree {
  readonly tree: Tree;
  /** Whether a text is read by code points, or by their halves. */
  readonly unicode: boolean;
}

/** Why a pattern cannot be used. */
export class PatternRefused extends Error {
  readonly mend: string;
  constructor(problem: string, mend: string) {
    super(problem);
    this.mend = mend;
  }
}

const longest = 10_000;
const deepest = 100;
/** Beyond it a count is as good as another: a program of that size is refused. */
const mostTimes = 1e6;

export function treeOf(source: string): PatternTree {
  if (source.length > longest) throw new PatternRefused(`a pattern has ${source.length} characters`, `Write it with at most ${longest}.`);
  const unicode = compiles(source, 'u');
  if (!unicode && !compiles(source, '')) throw new PatternRefused('it is not a regular expression', 'Correct it.');
  return { tree: new Reader(source, unicode).all(), unicode };
}

/** JSON Schema asks for the Unicode flag, but patterns that only work without it are common. */
function compiles(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

const escapes = {
  unicode: /\\(?:u\{[\da-f]+\}|u[dD][89abAB][\da-f]{2}\\u[dD][c-fC-F][\da-f]{2}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|p\{[^}]*\}|[^])/iuy,
  halves: /\\(?:u[\da-f]{4}|x[\da-f]{2}|c[a-z]|0[0-7]{0,2}|[^])/iy,
};

const counts = /\{(\d+)(?:(,)(\d*))?\}/y;

class Reader {
  readonly #source: string;
  readonly #unicode: boolean;
  #at = 0;
  #depth = 0;

  constructor(source: string, unicode: boolean) {
    this.#source = source;
    this.#unicode = unicode;
  }

  all(): Tree {
    return this.#choice();
  }

  #choice(): Tree {
    if (++this.#depth > deepest) throw new PatternRefused(`its groups are nested more than ${deepest} deep`, 'Nest them less.');
    const of = [this.#sequence()];
    while (this.#takes('|')) of.push(this.#sequence());
    this.#depth--;
    return of.length === 1 && of[0] !== undefined ? of[0] : { is: 'choice', of };
  }

  #sequence(): Tree {
    const parts: Tree[] = [];
    while (this.#at < this.#source.length && !this.#sees('|') && !this.#sees(')')) parts.push(this.#counted(this.#term()));
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { is: 'sequence', parts };
  }

  #counted(part: Tree): Tree {
    const range = this.#range();
    if (range === undefined) return part;
    // Whether it takes much or little at first: what fits altogether is the same.
    this.#takes('?');
    return { is: 'repeat', part, ...range };
  }

  #range(): { readonly least: number; readonly most: number } | undefined {
    if (this.#takes('*')) return { least: 0, most: Infinity };
    if (this.#takes('+')) return { least: 1, most: Infinity };
    if (this.#takes('?')) return { least: 0, most: 1 };
    const found = this.#match(counts);
    if (found === undefined) return undefined;
    const [, low, comma, high] = found;
    const least = Math.min(Number(low), mostTimes);
    const most = comma === undefined ? least : high === '' ? Infinity : Math.min(Number(high), mostTimes);
    return { least, most };
  }

  #term(): Tree {
    if (this.#takes('^')) return { is: 'edge', at: 'start' };
    if (this.#takes('$')) return { is: 'edge', at: 'end' };
    if (this.#takes('.')) return this.#one('.');
    if (this.#sees('[')) return this.#one(this.#class());
    if (this.#sees('\\')) return this.#escape();
    if (this.#takes('(')) return this.#group();
    const sign = this.#unicode ? String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0) : this.#source.charAt(this.#at);
    this.#at += sign.length;
    return { is: 'one', fits: (other) => other === sign };
  }

  #group(): Tree {
    const begins = this.#match(/\?(?::|=|!|<=|<!|<[^>]*>)/y)?.[0];
    if (begins === undefined && this.#sees('?'))
      throw new PatternRefused('it switches flags within a group', 'Write out both cases: "[aA]".');
    const part = this.#choice();
    this.#takes(')');
    if (begins === undefined || !/[=!]$/.test(begins)) return part;
    return { is: 'look', ahead: !begins.includes('<'), not: begins.endsWith('!'), part };
  }

  #escape(): Tree {
    const token = this.#match(this.#unicode ? escapes.unicode : escapes.halves)?.[0] ?? '';
    if (token === '\\b') return { is: 'edge', at: 'word' };
    if (token === '\\B') return { is: 'edge', at: 'no-word' };
    if (/^\\[1-9k]$/.test(token))
      throw new PatternRefused(`it refers back to what a group found (${token})`, 'Write it without: say what may stand there.');
    if (token === '\\c') throw new PatternRefused('"\\c" is not followed by a letter', 'Write "\\\\c" for a backslash and a c.');
    return this.#one(token);
  }

  /** From `[` to the `]` that closes it. */
  #class(): string {
    const from = this.#at++;
    while (!this.#sees(']')) this.#at += this.#sees('\\') ? 2 : 1;
    return this.#source.slice(from, ++this.#at);
  }

  #one(source: string): Tree {
    const pattern = new RegExp(`^(?:${source})$`, this.#unicode ? 'u' : '');
    const known: boolean[] = [];
    return {
      is: 'one',
      fits: (sign) => {
        const code = sign.codePointAt(0) ?? 0;
        return code < 128 ? (known[code] ??= pattern.test(sign)) : pattern.test(sign);
      },
    };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source) ?? undefined;
    if (found !== undefined) this.#at = pattern.lastIndex;
    return found;
  }

  #sees(sign: string): boolean {
    return this.#source[this.#at] === sign;
  }

  #takes(sign: string): boolean {
    if (!this.#sees(sign)) return false;
    this.#at++;
    return true;
  }
}
