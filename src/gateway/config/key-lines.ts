/**
 * On which line of a TOML text each key stands.
 *
 * K1. The text has been parsed before, so it is taken to be valid.
 * K2. Every statement moves on, so that any text comes to its end.
 * K3. Keys inside a value (an inline table, a list) have no line of their own: they are found under the key that they
 *     lie in.
 */
import { entryOf, keyIn, outwards } from './key-path.ts';

const blank = /[ \t\r]*/y;
const keyPart = /[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const quotedText = /"""[^]*?(?<!\\)(?:\\\\)*"{3,5}|'''[^]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const comment = /#[^\n]*/y;
const restOfLine = /[^\n]*/y;
const space = /\s*/y;

export function keyLines(text: string): ReadonlyMap<string, number> {
  const scanner = new Scanner(text);
  while (!scanner.isDone) scanner.statement();
  return scanner.lines;
}

class Scanner {
  readonly lines = new Map<string, number>();
  readonly #text: string;
  /** How many tables each `[[list]]` has so far. */
  readonly #lists = new Map<string, number>();
  readonly #lineAt: (at: number) => number;
  /** What the keys that follow lie in. */
  #table = '';
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lineAt = lineCounter(text);
    this.#take(space);
  }

  get isDone(): boolean {
    return this.#at >= this.#text.length;
  }

  /** One comment, header, or key with its value, and the space behind it. */
  statement(): void {
    const line = this.#lineAt(this.#at);
    if (this.#text[this.#at] === '[') this.#header(line);
    else if (this.#take(comment) === '') {
      this.#note(this.#dotted(this.#table, line), line);
      this.#value();
    }
    this.#take(space);
  }

  #header(line: number): void {
    const isList = this.#text[this.#at + 1] === '[';
    this.#at += isList ? 2 : 1;
    const key = this.#dotted('', line);
    this.#note(key, line);
    const count = this.#lists.get(key) ?? 0;
    if (isList) this.#lists.set(key, count + 1);
    this.#table = isList ? entryOf(key, count) : key;
    this.#note(this.#table, line);
    this.#take(restOfLine);
  }

  /** Reads `a."b c".d` below a key; what lies in a list of tables lies in the last of them. */
  #dotted(parent: string, line: number): string {
    for (let key = parent; ;) {
      this.#take(blank);
      key = keyIn(key, nameOf(this.#take(keyPart)));
      this.#take(blank);
      if (this.#text[this.#at] !== '.') return key;
      this.#at++;
      const count = this.#lists.get(key);
      if (count !== undefined) key = entryOf(key, count - 1);
      this.#note(key, line);
    }
  }

  #value(): void {
    for (let depth = 0; !this.isDone;) {
      const char = this.#text[this.#at] ?? '';
      if (char === '\n' && depth === 0) return;
      if (this.#take(comment) !== '' || this.#take(quotedText) !== '') continue;
      if (char === '[' || char === '{') depth++;
      if (char === ']' || char === '}') depth--;
      this.#at++;
    }
  }

  #note(key: string, line: number): void {
    if (!this.lines.has(key)) this.lines.set(key, line);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}

/** The line of a key, or of what it lies in. */
export function lineOf(lines: ReadonlyMap<string, number>, key: string): number | undefined {
  for (const outer of outwards(key)) if (lines.has(outer)) return lines.get(outer);
  return undefined;
}

function nameOf(part: string): string {
  if (part.startsWith("'")) return part.slice(1, -1);
  if (!part.startsWith('"')) return part;
  try {
    return String(JSON.parse(part));
  } catch {
    // TOML has escapes that JSON has not; such a key is found by what it lies in.
    return part.slice(1, -1);
  }
}

/** Counts on from where it was asked last. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let from = 0;
  return (at) => {
    for (; from < at; from++) if (text[from] === '\n') line++;
    return line;
  };
}
