/**
 * Reads JSON as models write it: comments, trailing and missing commas, other quotes, bare keys, the literals of
 * Python and JavaScript, raw newlines and unescaped quotes in strings, brackets missing at the end.
 *
 * R1. What is JSON is read as JSON.parse reads it.
 * R2. What was cut in the middle of a string, after a comma or after a colon is refused: nobody knows what came next.
 * R3. The time is linear, and the depth bounded.
 */
import type { Json } from '../../core/data/json.ts';
import { readString, quoteAt, type Surroundings } from './tolerant-string.ts';
import { Unreadable } from './unreadable.ts';

export const deepest = 500;

export type Reading =
  { readonly is: 'read'; readonly value: Json; readonly end: number } | { readonly is: 'unreadable'; readonly problem: string };

export function readTolerantly(text: string, start: number): Reading {
  const reader = new Reader(text, start);
  try {
    const value = reader.value('top');
    return { is: 'read', value, end: reader.at };
  } catch (error) {
    if (error instanceof Unreadable) return { is: 'unreadable', problem: error.message };
    throw error;
  }
}

// `#` begins a comment in Python and YAML.
const blankOrLineComment = /[\s\uFEFF]+|\/\/[^\n]*|#[^\n]*/y;
const number = /[-+]?(?:0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)(?![\w.])/y;
const word = /[-+]?[A-Za-z_$][\w$]*/y;
const bareKey = /[A-Za-z_$][\w$-]*/y;
const leadingZero = /^[-+]?0[0-9]/;

const literals: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...['true', 'True', 'TRUE'].map((name) => [name, true] as const),
  ...['false', 'False', 'FALSE'].map((name) => [name, false] as const),
  // JSON has nothing that is nearer to what is not a number.
  ...['null', 'None', 'NULL', 'nil', 'undefined', 'NaN', 'nan', '-NaN', 'Infinity', '+Infinity', '-Infinity', 'inf', '-inf'].map(
    (name) => [name, null] as const,
  ),
]);

class Reader {
  readonly #text: string;
  readonly #open: ('object' | 'list')[] = [];
  at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  value(within: Surroundings): Json {
    this.#skipGap();
    const char = this.#text[this.at];
    if (char === '{') return this.#nested('object', () => this.#object());
    if (char === '[') return this.#nested('list', () => this.#list());
    if (quoteAt(this.#text, this.at) !== undefined) return this.#string(within);
    return this.#scalar();
  }

  #nested(kind: 'object' | 'list', read: () => Json): Json {
    if (this.#open.length === deepest) throw new Unreadable(`it is nested more than ${deepest} levels deep`);
    this.#open.push(kind);
    this.at++;
    const found = read();
    this.#open.pop();
    return found;
  }

  #object(): Json {
    const fields: [string, Json][] = [];
    for (;;) {
      this.#skipGap();
      if (this.#closes('}', fields.length === 0)) break;
      const key = this.#key();
      this.#skipGap();
      if (this.#text[this.at] !== ':') throw this.#unreadable(`there is no colon after the key ${JSON.stringify(key)}`);
      this.at++;
      fields.push([key, this.value('object')]);
      if (this.#endsAfterItem('}')) break;
    }
    // Unlike an assignment, it makes `__proto__` a field.
    return Object.fromEntries(fields);
  }

  #list(): Json {
    const items: Json[] = [];
    for (;;) {
      this.#skipGap();
      if (this.#closes(']', items.length === 0)) break;
      items.push(this.value('list'));
      if (this.#endsAfterItem(']')) break;
    }
    return items;
  }

  /** At the beginning of an item: whether the bracket closes here. */
  #closes(bracket: string, empty: boolean): boolean {
    if (this.#atEnd()) {
      if (empty) return true;
      throw this.#unreadable('it ends after a comma');
    }
    if (this.#text[this.at] !== bracket) return this.#closesOuter(bracket);
    this.at++;
    return true;
  }

  /** After an item: skips the comma; whether the bracket closes, or is missing at the end. */
  #endsAfterItem(bracket: string): boolean {
    this.#skipGap();
    if (this.#atEnd()) return true;
    const char = this.#text[this.at];
    if (char === bracket) {
      this.at++;
      return true;
    }
    if (char === ',') {
      this.at++;
      return false;
    }
    if (this.#closesOuter(bracket)) return true;
    // A comma that is missing between things that cannot be one.
    const begins =
      quoteAt(this.#text, this.at) !== undefined ||
      char === '{' ||
      char === '[' ||
      (bracket === '}' && this.#match(bareKey, false) !== undefined);
    if (!begins) throw this.#unreadable(`there is neither a comma nor ${bracket}`);
    return false;
  }

  /** `{"a": [1, 2}`: the list closes with what it stands in. */
  #closesOuter(bracket: string): boolean {
    const outer = this.#open.at(-2);
    const char = this.#text[this.at];
    return (bracket === ']' && char === '}' && outer === 'object') || (bracket === '}' && char === ']' && outer === 'list');
  }

  #key(): string {
    if (quoteAt(this.#text, this.at) !== undefined) return this.#string('key');
    const key = this.#match(bareKey) ?? this.#match(number);
    if (key === undefined) throw this.#unreadable('there is no key');
    return key;
  }

  #string(within: Surroundings): string {
    const { value, end } = readString(this.#text, this.at, within);
    this.at = end;
    return value;
  }

  #scalar(): Json {
    const digits = this.#match(number);
    if (digits !== undefined) {
      // A zip code or a phone number: as a number it would lose its zeros.
      if (leadingZero.test(digits)) return digits;
      const value = Number(digits.replace(/^\+/, ''));
      return Number.isFinite(value) ? value : null;
    }
    const name = this.#match(word);
    if (name === undefined) throw this.#unreadable('there is no value');
    const literal = literals.get(name);
    if (literal !== undefined) return literal;
    if (this.#open.length === 0) throw this.#unreadable('there is no value');
    return name;
  }

  #skipGap(): void {
    for (;;) {
      if (this.#match(blankOrLineComment) !== undefined) continue;
      if (!this.#text.startsWith('/*', this.at)) return;
      const end = this.#text.indexOf('*/', this.at + 2);
      if (end === -1) throw this.#unreadable('a comment is not closed');
      this.at = end + 2;
    }
  }

  #match(pattern: RegExp, taking = true): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined && taking) this.at = pattern.lastIndex;
    return found;
  }

  /** The end of the text, or of the code block that it stands in. */
  #atEnd(): boolean {
    return this.at >= this.#text.length || this.#text.startsWith('```', this.at);
  }

  #unreadable(what: string): Unreadable {
    const line = this.#text.slice(0, this.at).split('\n').length;
    return new Unreadable(this.#atEnd() ? `${what}, at the end of the answer` : `${what}, in line ${line}`);
  }
}
