/**
 * Reads TypeScript just far enough to see what it imports, without a parser.
 *
 * S1. `code` has the length of the source: what is in a comment, a string, a regular expression or the text of a
 *     template is blanked, so that an index into one is an index into the other.
 * S2. A source that this reader loses its way in throws; it is never half read.
 */

export interface Import {
  readonly specifier: string;
  readonly line: number;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

const REGEX_MAY_FOLLOW =
  /(?:^|[(,=:[!&|?{};+\-*%<>~^\n]|=>|\b(?:return|typeof|case|in|of|else|do|void|delete|throw|yield|await|new|instanceof))$/;

const IMPORTS = [
  // import … from '…', export … from '…'; the clause holds nothing but names, braces, commas and stars
  /\b(?<keyword>import|export)(?<type>\s+type\b(?!\s*(?:from|,)))?(?<clause>[\w\s{},*$]+?)\bfrom\s*(?<quote>["'])/g,
  // import '…'
  /\bimport\s*(?<quote>["'])/g,
];
const DYNAMIC_IMPORT = /(?<![.\w$])import\s*\(\s*(?<quote>["'`])?/g;

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** The source with everything blanked that is not code; quotes stay, so that an import still shows its place. */
export function codeOf(source: string): string {
  const out = source.split('');
  const openBraces: ('block' | 'template')[] = [];
  let at = 0;

  const blank = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (out[i] !== '\n') out[i] = ' ';
  };
  const lost = (what: string, index: number): Error => new Error(`${what} is not closed, line ${lineOf(source, index)}`);

  const skipComment = (): void => {
    const isLine = source[at + 1] === '/';
    const end = source.indexOf(isLine ? '\n' : '*/', at + 2);
    if (end < 0 && !isLine) throw lost('a comment', at);
    const stop = end < 0 ? source.length : isLine ? end : end + 2;
    blank(at, stop);
    at = stop;
  };
  const skipString = (): void => {
    const start = at++;
    while (source[at] !== source[start]) {
      if (at >= source.length || source[at] === '\n') throw lost('a string', start);
      at += source[at] === '\\' ? 2 : 1;
    }
    blank(start + 1, at++);
  };
  const skipRegex = (): void => {
    const start = at++;
    for (let inClass = false; inClass || source[at] !== '/'; at++) {
      if (at >= source.length || source[at] === '\n') throw lost('a regular expression', start);
      if (source[at] === '\\') at++;
      else if (source[at] === '[') inClass = true;
      else if (source[at] === ']') inClass = false;
    }
    blank(start + 1, at++);
  };
  /** From the text of a template to its end, or into the code of its next `${`. */
  const skipTemplateText = (): void => {
    const start = at;
    for (; source[at] !== '`'; at++) {
      if (at >= source.length) throw lost('a template', start);
      if (source[at] === '\\') at++;
      else if (source[at] === '$' && source[at + 1] === '{') {
        blank(start, at);
        at += 2;
        openBraces.push('template');
        return;
      }
    }
    blank(start, at++);
  };

  while (at < source.length) {
    const char = source[at];
    if (char === '/' && (source[at + 1] === '/' || source[at + 1] === '*')) skipComment();
    else if (char === '"' || char === "'") skipString();
    else if (char === '`') {
      at++;
      skipTemplateText();
    } else if (
      char === '/' &&
      REGEX_MAY_FOLLOW.test(
        out
          .slice(Math.max(0, at - 40), at)
          .join('')
          .trimEnd(),
      )
    )
      skipRegex();
    else {
      at++;
      if (char === '{') openBraces.push('block');
      if (char === '}' && openBraces.pop() === 'template') skipTemplateText();
    }
  }
  if (openBraces.length > 0) throw new Error('a brace is not closed');
  return out.join('');
}

/** Every import of a module: static, re-exported and dynamic. A dynamic one of a computed name has the specifier "". */
export function importsOf(source: string): readonly Import[] {
  const code = codeOf(source);
  const found: Import[] = [];
  const add = (match: RegExpMatchArray, dynamic: boolean): void => {
    const { quote, type } = match.groups ?? {};
    const start = (match.index ?? 0) + match[0].length;
    const specifier = quote === undefined ? '' : source.slice(start, code.indexOf(quote, start));
    found.push({ specifier, line: lineOf(source, match.index ?? 0), typeOnly: type !== undefined, dynamic });
  };
  for (const pattern of IMPORTS) for (const match of code.matchAll(pattern)) add(match, false);
  for (const match of code.matchAll(DYNAMIC_IMPORT)) add(match, true);
  return found.sort((a, b) => a.line - b.line);
}
