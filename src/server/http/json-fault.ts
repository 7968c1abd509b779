/** Where a text stops being JSON that means one thing alone: read slowly, and only where it was refused. */
import type { Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';

/** Objects and lists in one another. */
export const deepest = 64;

export interface JsonFault {
  /** UTF-16 units before it. */
  readonly at: number;
  readonly what: string;
}

/** Names that reach behind an object once it is copied carelessly. */
export function isTrick(name: string, value: Json): boolean {
  if (name === '__proto__') return true;
  return name === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}

export function unreadable(text: string, { at, what }: JsonFault): ContinuoError {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return new ContinuoError('BODY_UNREADABLE', `the body cannot be read at line ${line}, column ${column}: ${what}`, { line, column });
}

export function findFault(text: string): JsonFault | undefined {
  if (text.startsWith('\uFEFF')) return { at: 0, what: 'a byte order mark stands before the JSON' };
  const reader = new Reader(text);
  try {
    reader.document();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

class Fault extends Error implements JsonFault {
  readonly at: number;
  readonly what: string;
  constructor(at: number, what: string) {
    super(what);
    this.at = at;
    this.what = what;
  }
}

const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
// oxlint-disable-next-line no-control-regex -- JSON forbids exactly these inside of a text
const piece = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#skip(space);
    if (this.#at === this.#text.length) throw new Fault(this.#at, 'there is nothing to read');
    this.#value(0);
    this.#skip(space);
    if (this.#at < this.#text.length) throw new Fault(this.#at, 'more stands after the end of the JSON');
  }

  #value(depth: number): void {
    const sign = this.#text[this.#at];
    if (sign === '{' || sign === '[') {
      if (depth >= deepest) throw new Fault(this.#at, `it is nested more than ${deepest} levels deep`);
      return sign === '{' ? this.#object(depth) : this.#list(depth);
    }
    if (sign === '"') return void this.#string();
    if (this.#skip(word) !== '') return;
    const from = this.#at;
    const digits = this.#skip(number);
    if (digits === '') throw this.#unexpected('a value');
    if (!Number.isFinite(Number(digits))) throw new Fault(from, 'the number is too large to be kept');
  }

  #object(depth: number): void {
    const from = this.#at;
    const names = new Set<string>();
    this.#members('}', () => {
      const at = this.#at;
      if (this.#text[at] !== '"') throw this.#unexpected('a name in quotes');
      const name = this.#string();
      if (names.has(name)) throw new Fault(at, `the name ${shown(name)} stands twice in one object`);
      names.add(name);
      if (name === '__proto__') throw new Fault(at, 'the name "__proto__" is not taken');
      this.#skip(space);
      this.#take(':');
      this.#skip(space);
      const inner = this.#at;
      this.#value(depth + 1);
      // What was read is JSON with each name once, so that this reads it as it stands.
      if (name === 'constructor' && isTrick(name, JSON.parse(this.#text.slice(inner, this.#at)) as Json))
        throw new Fault(at, 'the name "constructor" with a "prototype" in it is not taken');
    });
    if (from === this.#at) throw this.#unexpected('an object');
  }

  #list(depth: number): void {
    this.#members(']', () => this.#value(depth + 1));
  }

  #members(end: '}' | ']', member: () => void): void {
    this.#at++;
    this.#skip(space);
    if (this.#text[this.#at] === end) return void this.#at++;
    for (;;) {
      member();
      this.#skip(space);
      if (this.#text[this.#at] === end) return void this.#at++;
      this.#take(',', `"," or "${end}"`);
      this.#skip(space);
    }
  }

  #string(): string {
    const from = this.#at++;
    while (this.#skip(piece) !== '');
    if (this.#at >= this.#text.length) throw new Fault(from, 'a text begins here and does not end');
    if (this.#text[this.#at] !== '"')
      throw new Fault(this.#at, this.#text[this.#at] === '\\' ? 'the escape is none of JSON' : 'a control character stands in a text');
    this.#at++;
    // A text between quotes, with no escapes but those of JSON.
    const read = JSON.parse(this.#text.slice(from, this.#at)) as string;
    if (!read.isWellFormed()) throw new Fault(from, 'the text has half of a surrogate pair in it');
    return read;
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #take(sign: string, what = `"${sign}"`): void {
    if (this.#text[this.#at] !== sign) throw this.#unexpected(what);
    this.#at++;
  }

  #unexpected(what: string): Fault {
    const sign = this.#text[this.#at];
    return new Fault(this.#at, `${sign === undefined ? 'the body ends' : `${shown(sign)} stands`} where ${what} should be`);
  }
}

/** What somebody else wrote is quoted, and not at length. */
const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
