/**
 * JSON that means one thing alone.
 *
 * J1. No name stands twice in an object, so that nobody who reads the text sees another value than we do.
 * J2. No name changes what an object is (`__proto__`, `constructor.prototype`), wherever the value is copied to.
 * J3. Every text is whole Unicode and every number finite, so that what is kept is what was sent.
 * J4. What is read is at most `deepest` levels deep, so that nobody's recursion over it ends the process.
 *
 * `JSON.parse` reads. Whether anything was lost is told by counting: a name that stands twice is there once in the
 * value, and its quotes are still in the text. Only what is refused is read again, for the place.
 */
import { isUtf8 } from 'node:buffer';
import type { Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import { deepest, findFault, isTrick, unreadable } from './json-fault.ts';

export function readJson(bytes: Buffer): Json {
  if (!isUtf8(bytes)) throw notUtf8(bytes);
  const text = bytes.toString('utf8');
  let value: Json;
  try {
    // JSON.parse gives JSON.
    value = JSON.parse(text) as Json;
  } catch {
    throw faultOf(text);
  }
  // In whole UTF-8 half of a surrogate pair can only stand as an escape.
  if (quotesIn(text) !== 2 * textsIn(value, 0, text.includes('\\'))) throw faultOf(text);
  return value;
}

const backslash = 0x5c;

/** Quotes that open or close a text. */
function quotesIn(text: string): number {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) if (!isEscaped(text, at)) quotes++;
  return quotes;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before--;
  return (at - before) % 2 === 0;
}

/** How many texts and names a value has; not a number where it breaks J2, J3 or J4. */
function textsIn(value: Json, depth: number, escapes: boolean): number {
  if (typeof value === 'string') return escapes && !value.isWellFormed() ? NaN : 1;
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= deepest) return NaN;
  let texts = 0;
  if (isList(value)) {
    for (let at = 0; at < value.length; at++) texts += textsIn(value[at] ?? null, depth + 1, escapes);
    return texts;
  }
  for (const name in value) {
    const inner = value[name] ?? null;
    if (isTrick(name, inner) || (escapes && !name.isWellFormed())) return NaN;
    texts += 1 + textsIn(inner, depth + 1, escapes);
  }
  return texts;
}

// The language's own check does not narrow readonly lists.
const isList = (value: object): value is readonly Json[] => Array.isArray(value);

function faultOf(text: string): ContinuoError {
  const fault = findFault(text);
  return fault === undefined ? new ContinuoError('BODY_UNREADABLE', 'the body is not JSON') : unreadable(text, fault);
}

/** The first character that only a mend could make: every character before it stands in the bytes as it does in the text. */
function notUtf8(bytes: Buffer): ContinuoError {
  const text = bytes.toString('utf8');
  let offset = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.codePointAt(at) ?? 0;
    const isMended = sign === 0xfffd && !(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd);
    if (isMended) return unreadable(text, { at, what: 'bytes that are not UTF-8' });
    offset += sign < 0x80 ? 1 : sign < 0x800 ? 2 : sign < 0x10000 ? 3 : 4;
    if (sign > 0xffff) at++;
  }
  return new ContinuoError('BODY_UNREADABLE', 'the body is not UTF-8');
}
