/** Splits a MiniJinja template into tokens. What is outside of tags is left out: nothing is read there. */

export type Token =
  | { readonly is: 'name'; readonly text: string; readonly line: number; readonly at: number; readonly end: number }
  | { readonly is: 'string'; readonly text: string; readonly line: number; readonly at: number; readonly end: number }
  | { readonly is: 'number'; readonly text: string; readonly line: number; readonly at: number; readonly end: number }
  /** An operator, a bracket, or `{{`, `}}`, `{%`, `%}`. */
  | { readonly is: 'mark'; readonly text: string; readonly line: number; readonly at: number; readonly end: number };

export class TemplateSyntaxError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const opening = /\{\{|\{%|\{#/g;
const rawTag = /\{%[-+]?\s*raw\s*[-+]?%\}/y;
const endRawTag = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;
const blank = /\s+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /0[bB][01_]+|0[oO][0-7_]+|0[xX][0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const text = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y;
const operator = /\/\/|\*\*|==|!=|>=|<=|[-+*/%.,:~|=<>()[\]{}]/y;

export function tokensOf(source: string): readonly Token[] {
  const lines = new Lines(source);
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    opening.lastIndex = at;
    const open = opening.exec(source);
    if (open === null) return tokens;
    if (open[0] === '{#') {
      at = afterComment(source, open.index, lines);
      continue;
    }
    at = afterRaw(source, open.index, lines) ?? readTag(source, open.index, open[0] === '{{' ? '}}' : '%}', tokens, lines);
  }
}

/** The value of a string token. */
export function unquoted(token: Token): string {
  return token.text.slice(1, -1).replaceAll(/\\([^])/g, (_, escaped: string) => ({ n: '\n', t: '\t', r: '\r' })[escaped] ?? escaped);
}

function afterComment(source: string, start: number, lines: Lines): number {
  const end = source.indexOf('#}', start + 2);
  if (end === -1) throw new TemplateSyntaxError('a comment is not closed', lines.of(start));
  return end + 2;
}

function afterRaw(source: string, start: number, lines: Lines): number | undefined {
  rawTag.lastIndex = start;
  if (rawTag.exec(source) === null) return undefined;
  endRawTag.lastIndex = rawTag.lastIndex;
  if (endRawTag.exec(source) === null) throw new TemplateSyntaxError('a raw block is not closed', lines.of(start));
  return endRawTag.lastIndex;
}

function readTag(source: string, start: number, close: string, tokens: Token[], lines: Lines): number {
  push(tokens, 'mark', source, start, start + 2, lines);
  let at = start + 2;
  if (source[at] === '-' || source[at] === '+') at++;
  // Inside brackets `}}` closes two dictionaries.
  let depth = 0;
  for (;;) {
    at = match(blank, source, at) ?? at;
    if (at >= source.length) throw new TemplateSyntaxError(`a tag is not closed with ${close}`, lines.of(start));
    const trimmed = source[at] === '-' || source[at] === '+' ? at + 1 : at;
    if (depth === 0 && source.startsWith(close, trimmed)) {
      push(tokens, 'mark', source, trimmed, trimmed + 2, lines);
      return trimmed + 2;
    }
    at = readToken(source, at, tokens, lines);
    const last = source[at - 1];
    if (tokens.at(-1)?.is !== 'mark') continue;
    if (last === '{' || last === '(' || last === '[') depth++;
    else if ((last === '}' || last === ')' || last === ']') && depth > 0) depth--;
  }
}

const kinds = [
  ['name', name],
  ['string', text],
  ['number', number],
  ['mark', operator],
] as const;

function readToken(source: string, at: number, tokens: Token[], lines: Lines): number {
  for (const [is, pattern] of kinds) {
    const end = match(pattern, source, at);
    if (end === undefined) continue;
    push(tokens, is, source, at, end, lines);
    return end;
  }
  throw new TemplateSyntaxError(`unexpected ${JSON.stringify(source[at])}`, lines.of(at));
}

function match(pattern: RegExp, source: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source) === null ? undefined : pattern.lastIndex;
}

function push(tokens: Token[], is: Token['is'], source: string, at: number, end: number, lines: Lines): void {
  tokens.push({ is, text: source.slice(at, end), line: lines.of(at), at, end });
}

/** Counts lines once, since positions only grow. */
class Lines {
  readonly #source: string;
  #at = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source;
  }

  of(at: number): number {
    if (at < this.#at) return this.#source.slice(0, at).split('\n').length;
    for (; this.#at < at; this.#at++) if (this.#source[this.#at] === '\n') this.#line++;
    return this.#line;
  }
}
