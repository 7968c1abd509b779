/**
 * On which line of a TOML text each key stands.
 *
 * The text has been parsed before, so it is taken to be valid. Keys inside a value (an inline table, a list) have no
 * line of their own: they are found under the key that they lie in.
 */
import { entryOf, keyIn, outwards } from './key-path.ts';

const blank = /[ \t\r]*/y;
const keyPart = /[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const quotedText = /"""[^]*?(?<!\\)(?:\\\\)*"{3,5}|'''[^]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;
const comment = /#[^\n]*/y;
const restOfLine = /[^\n]*/y;

export function keyLines(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  /** How many tables each `[[list]]` has so far. */
  const lists = new Map<string, number>();
  const lineAt = lineCounter(text);
  let at = 0;
  let table = '';

  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const note = (key: string, line: number): void => {
    if (!lines.has(key)) lines.set(key, line);
  };
  /** Reads `a."b c".d` below a key; what lies in a list of tables lies in the last of them. */
  const dotted = (parent: string, line: number): string => {
    let key = parent;
    for (;;) {
      take(blank);
      const part = take(keyPart);
      if (part === '') return key;
      key = keyIn(key, nameOf(part));
      take(blank);
      const more = text[at] === '.';
      if (!more) return key;
      at++;
      const count = lists.get(key);
      if (count !== undefined) key = entryOf(key, count - 1);
      note(key, line);
    }
  };
  const skipValue = (): void => {
    for (let depth = 0; at < text.length;) {
      const char = text[at] ?? '';
      if (char === '\n' && depth === 0) return;
      if (char === '#') take(comment);
      else if (take(quotedText) === '') {
        if (char === '[' || char === '{') depth++;
        if (char === ']' || char === '}') depth--;
        at++;
      }
    }
  };

  while (at < text.length) {
    take(/[\s]*/y);
    if (text[at] === '#') {
      take(comment);
      continue;
    }
    const line = lineAt(at);
    if (text[at] === '[') {
      const isList = text[at + 1] === '[';
      at += isList ? 2 : 1;
      const key = dotted('', line);
      note(key, line);
      const count = lists.get(key) ?? 0;
      if (isList) lists.set(key, count + 1);
      table = isList ? entryOf(key, count) : key;
      note(table, line);
      take(restOfLine);
    } else {
      note(dotted(table, line), line);
      skipValue();
    }
  }
  return lines;
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
