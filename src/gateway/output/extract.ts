/** Finds JSON in an answer: in code blocks, between sentences, after thoughts. Linear in the length of the text. */
import type { Json } from '../../core/data/json.ts';
import { readTolerantly } from './tolerant-json.ts';

/** JSON that stands in no other. */
export interface Found {
  readonly value: Json;
  /** How much of the text it takes. */
  readonly length: number;
  readonly rung: 'extracted' | 'syntax';
}

export interface Findings {
  /** The longest first. */
  readonly found: readonly Found[];
  /** Why the first that looked like JSON could not be read. */
  readonly unreadable: string | undefined;
}

const thought = /<(think|thinking|thought|reasoning)>/iy;
const thoughtEnd = /<\/(?:think|thinking|thought|reasoning)>/i;
const startsObject = /\{\s*(?:["'`“”„‘’}]|\/[/*]|#|[A-Za-z_$][\w$-]*\s*:)/y;
const startsList = /\[\s*(?:["'`“”„‘’\][{\d.+-]|\/[/*]|#|(?:true|false|null|none|nan)\b)/iy;
const fence = '```';

const language = /^[\w-]*\n/;

/** Each one that JSON.parse does not read takes walks of its own. */
const mostDamaged = 8;
const most = 64;

export function findJson(text: string): Findings {
  const after = endOfThoughts(text);
  const search = new Search(text);
  search.from(after);
  if (search.found.length === 0 && after > 0) search.from(0);
  const found = [...search.found, ...inCodeBlocks(text)].toSorted((a, b) => b.length - a.length);
  return { found: found.slice(0, most), unreadable: search.unreadable };
}

/** Values of all kinds, where a code block holds one and nothing else. */
function inCodeBlocks(text: string): readonly Found[] {
  const found: Found[] = [];
  let from = 0;
  for (let block = 0; block < most; block++) {
    const open = text.indexOf(fence, from);
    const end = open === -1 ? -1 : text.indexOf(fence, open + fence.length);
    if (end === -1) break;
    const parsed = parse(text.slice(open + fence.length, end).replace(language, ''));
    if (parsed !== undefined) found.push({ ...parsed, length: end - open - fence.length, rung: 'extracted' });
    from = end + fence.length;
  }
  return found;
}

/** Where thoughts end whose beginning the provider cut away. */
function endOfThoughts(text: string): number {
  const end = thoughtEnd.exec(text);
  if (end === null || /^\s*(?:[{["]|```)/.test(text)) return 0;
  const begin = text.search(/<(?:think|thinking|thought|reasoning)>/i);
  return begin === -1 || begin > end.index ? end.index + end[0].length : 0;
}

class Search {
  readonly #text: string;
  readonly found: Found[] = [];
  unreadable: string | undefined;
  #damaged = 0;

  constructor(text: string) {
    this.#text = text;
  }

  from(start: number): void {
    for (let at = start; at < this.#text.length;) {
      const char = this.#text[at];
      if (char === '<') at = afterThought(this.#text, at);
      else if ((char === '{' && matches(startsObject, this.#text, at)) || (char === '[' && matches(startsList, this.#text, at)))
        at = this.#take(at);
      else at++;
    }
  }

  /** Where to go on: behind what was found, as far as it reaches. */
  #take(start: number): number {
    const end = endOfBrackets(this.#text, start);
    const parsed = end === undefined ? undefined : parse(this.#text.slice(start, end));
    if (parsed !== undefined && end !== undefined) {
      this.found.push({ ...parsed, length: end - start, rung: 'extracted' });
      return end;
    }
    if (this.#damaged++ === mostDamaged) return this.#text.length;
    const reading = readTolerantly(this.#text, start);
    if (reading.is === 'read') {
      this.found.push({ value: reading.value, length: reading.end - start, rung: 'syntax' });
      return reading.end;
    }
    this.unreadable ??= reading.problem;
    return end ?? endOfBlock(this.#text, start);
  }
}

function afterThought(text: string, at: number): number {
  if (!matches(thought, text, at)) return at + 1;
  const end = thoughtEnd.exec(text.slice(at));
  // Thoughts that do not end are all there is.
  return end === null ? text.length : at + end.index + end[0].length;
}

/** Behind the bracket that closes the one that stands here. */
function endOfBrackets(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
  return undefined;
}

function endOfBlock(text: string, start: number): number {
  const block = text.indexOf(`\n${fence}`, start);
  return block === -1 ? text.length : block;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '"') return at;
  }
  return text.length;
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

export function parse(text: string): { readonly value: Json } | undefined {
  try {
    // JSON.parse gives JSON.
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}
