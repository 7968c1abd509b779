/** Reads the shape of an answer from TOML. What is no shape becomes a problem, and null in its place. */
import { toJson } from '../../core/data/json.ts';
import { closest } from '../../core/data/text.ts';
import type { Shape, Text } from './grammar.ts';

export type Fields = { readonly [key: string]: unknown };

export interface ShapeReader {
  text(key: string, kind: Text['kind'], source: string, given: readonly string[]): Text;
  error(key: string, message: string): void;
}

interface Place {
  readonly key: string;
  readonly given: readonly string[];
}

const nothing: Shape = { is: 'value', value: null };

/** Tables with these words are instructions, and no fields of the answer. */
const instructions: Readonly<
  Record<string, { readonly with: readonly string[]; read(table: Fields, at: Place, reader: ShapeReader): Shape }>
> = {
  _list: { with: ['_count'], read: readRepeat },
  _each: { with: ['_item', '_as'], read: readEach },
  _number: { with: ['_digits'], read: readNumber },
  _pick: { with: [], read: readPick },
  _value: { with: [], read: readComputed },
};

export function readShape(value: unknown, at: Place, reader: ShapeReader): Shape {
  if (typeof value === 'string') return { is: 'text', text: reader.text(at.key, 'text', value, at.given) };
  if (Array.isArray(value)) {
    return { is: 'list', items: value.map((item, i) => readShape(item, { ...at, key: `${at.key}[${i}]` }, reader)) };
  }
  if (!isTable(value)) return { is: 'value', value: toJson(value, at.key) };
  const word = Object.keys(value).find((key) => Object.hasOwn(instructions, key));
  return word === undefined ? readFields(value, at, reader) : readInstruction(word, value, at, reader);
}

/** A date of TOML has a text of its own. */
export function isTable(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function readFields(table: Fields, at: Place, reader: ShapeReader): Shape {
  for (const key of Object.keys(table)) {
    if (!key.startsWith('_')) continue;
    const known = [...Object.keys(instructions), ...Object.values(instructions).flatMap((instruction) => instruction.with)];
    const near = closest(key, known);
    if (near !== undefined)
      reader.error(`${at.key}.${key}`, known.includes(key) ? 'it stands without the word that it belongs to' : `did you mean ${near}?`);
  }
  return {
    is: 'fields',
    fields: Object.entries(table).map(([key, field]) => [key, readShape(field, { ...at, key: `${at.key}.${key}` }, reader)]),
  };
}

function readInstruction(word: string, table: Fields, at: Place, reader: ShapeReader): Shape {
  const instruction = instructions[word];
  if (instruction === undefined) return nothing;
  for (const key of Object.keys(table)) {
    if (key !== word && !instruction.with.includes(key)) reader.error(`${at.key}.${key}`, `it does not go with ${word}`);
  }
  return instruction.read(table, { ...at, key: `${at.key}.${word}` }, reader);
}

function readRepeat({ _list: item, _count: count = 1 }: Fields, at: Place, reader: ShapeReader): Shape {
  const [least, most] = rangeOf(count);
  if (!Number.isInteger(least) || !Number.isInteger(most) || least < 0 || most < least || most > 1000) {
    reader.error(at.key, '_count must be a whole number, or two of them, the smaller one first, up to 1000');
    return nothing;
  }
  return { is: 'repeat', item: readShape(item, at, reader), least, most };
}

function readEach({ _each: list, _item: item, _as: as = 'item' }: Fields, at: Place, reader: ShapeReader): Shape {
  if (typeof list !== 'string' || item === undefined || typeof as !== 'string' || !/^[A-Za-z_]\w*$/.test(as)) {
    reader.error(at.key, '_each must be an expression for a list, with _item for each of its entries, and _as for its name');
    return nothing;
  }
  const of = reader.text(at.key, 'expression', list, at.given);
  return {
    is: 'each',
    of,
    as,
    item: readShape(item, { key: at.key.replace(/_each$/, '_item'), given: [...at.given, as, 'index'] }, reader),
  };
}

function readNumber({ _number: range, _digits: digits = 0 }: Fields, at: Place, reader: ShapeReader): Shape {
  const [least, most] = rangeOf(range);
  if (
    !Array.isArray(range) ||
    !(least <= most) ||
    !Number.isFinite(most - least) ||
    !Number.isInteger(digits) ||
    Number(digits) < 0 ||
    Number(digits) > 6
  ) {
    reader.error(at.key, '_number must be two numbers, the smaller one first; _digits are those behind the point, up to 6');
    return nothing;
  }
  return { is: 'number', least, most, digits: Number(digits) };
}

function readPick({ _pick: from }: Fields, at: Place, reader: ShapeReader): Shape {
  if (!Array.isArray(from) || from.length === 0) {
    reader.error(at.key, '_pick must be a list of what is picked from');
    return nothing;
  }
  return { is: 'pick', from: from.map((each, i) => readShape(each, { ...at, key: `${at.key}[${i}]` }, reader)) };
}

function readComputed({ _value: expression }: Fields, at: Place, reader: ShapeReader): Shape {
  if (typeof expression !== 'string') {
    reader.error(at.key, '_value must be an expression; plain numbers and booleans stand for themselves');
    return nothing;
  }
  return { is: 'computed', value: reader.text(at.key, 'expression', expression, at.given) };
}

function rangeOf(value: unknown): readonly [number, number] {
  const [least, most = least, ...more]: readonly unknown[] = Array.isArray(value) ? value : [value];
  return typeof least === 'number' && typeof most === 'number' && more.length === 0 ? [least, most] : [Number.NaN, Number.NaN];
}
