/** What a schema says of a value itself, and not of what lies in it. */
import { canonicalJson } from '../data/canonical.ts';
import { isFields, isList, type Fields } from '../data/fields.ts';
import type { Json } from '../data/json.ts';
import { formats } from './formats.ts';
import { patternOf } from './pattern.ts';
import type { Work } from './work.ts';

export interface Said {
  readonly schema: Fields;
  readonly value: Json;
  readonly work: Work;
}

export function faultsOfItself(said: Said): readonly string[] {
  const { schema, value } = said;
  const faults = [...ofType(schema, value), ...ofValues(said)];
  if (typeof value === 'number') faults.push(...ofNumber(schema, value));
  else if (typeof value === 'string') faults.push(...ofText(said, value));
  else if (isList(value)) faults.push(...ofList(said, value));
  else if (isFields(value)) faults.push(...ofObject(said, value));
  return faults;
}

const articles: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

function typeFits(type: Json, value: Json): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return isList(value);
    case 'object':
      return isFields(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function* ofType({ type }: Fields, value: Json): Generator<string> {
  if (type === undefined) return;
  const types = isList(type) ? type : [type];
  if (!types.some((one) => typeFits(one, value)))
    yield `must be ${types.map((one) => (typeof one === 'string' ? articles[one] : undefined) ?? JSON.stringify(one)).join(' or ')}, is ${shown(value)}`;
}

/** Values that are allowed, by their canonical text; primitives of a million and one are looked up alike. */
const allowed = new WeakMap<object, ReadonlySet<string>>();

function* ofValues({ schema, value, work }: Said): Generator<string> {
  const { enum: values, const: only } = schema;
  if (only === undefined && !isList(values)) return;
  const text = canonicalJson(value);
  work.spend(text.length >> 4);
  if (only !== undefined && canonicalJson(only) !== text) yield `must be ${shown(only)}, is ${shown(value)}`;
  if (!isList(values)) return;
  const set = allowed.get(values) ?? new Set(values.map(canonicalJson));
  allowed.set(values, set);
  if (!set.has(text))
    yield `must be one of ${values.slice(0, 12).map(shown).join(', ')}${values.length > 12 ? ', …' : ''}, is ${shown(value)}`;
}

const limit = (value: Json | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

function* ofNumber(schema: Fields, value: number): Generator<string> {
  const [least, most] = [limit(schema['minimum']), limit(schema['maximum'])];
  const [above, below] = [limit(schema['exclusiveMinimum']), limit(schema['exclusiveMaximum'])];
  const step = limit(schema['multipleOf']);
  if (least !== undefined && value < least) yield `must be at least ${least}, is ${value}`;
  if (most !== undefined && value > most) yield `must be at most ${most}, is ${value}`;
  if (above !== undefined && value <= above) yield `must be more than ${above}, is ${value}`;
  if (below !== undefined && value >= below) yield `must be less than ${below}, is ${value}`;
  if (step !== undefined && !isMultiple(value, step)) yield `must be a multiple of ${step}, is ${value}`;
}

/** 0.3 is a multiple of 0.1, although not quite in binary. */
function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return value % step === 0 || Math.abs(times - Math.round(times)) <= 1e-12 * Math.max(1, Math.abs(times));
}

function* ofText({ schema, work }: Said, value: string): Generator<string> {
  const { pattern, format } = schema;
  if (schema['minLength'] !== undefined || schema['maxLength'] !== undefined) {
    work.spend(value.length >> 4);
    yield* ofCount(schema, 'Length', lengthOf(value), 'characters');
  }
  if (typeof pattern === 'string' && !patternOf(pattern).test(value, work)) yield `must fit ${pattern}, is ${shown(value)}`;
  if (typeof format !== 'string' || !Object.hasOwn(formats, format)) return;
  if (formats[format]?.(value) === false) yield `must be of the format ${format}, is ${shown(value)}`;
}

/** In whole characters. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 1; at < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800) length--;
  }
  return length;
}

function* ofList({ schema, work }: Said, value: readonly Json[]): Generator<string> {
  yield* ofCount(schema, 'Items', value.length, 'items');
  if (schema['uniqueItems'] !== true) return;
  const seen = new Set<string>();
  for (const item of value) {
    const text = canonicalJson(item);
    work.spend(1 + (text.length >> 4));
    if (seen.has(text)) return yield `must not have an item twice, has ${shown(item)}`;
    seen.add(text);
  }
}

function* ofObject({ schema, work }: Said, value: Fields): Generator<string> {
  const { required, dependentRequired } = schema;
  if (schema['minProperties'] !== undefined || schema['maxProperties'] !== undefined)
    yield* ofCount(schema, 'Properties', Object.keys(value).length, 'fields');
  const missing = function* (names: Json | undefined): Generator<string> {
    if (!isList(names)) return;
    work.spend(names.length);
    for (const name of names) if (typeof name === 'string' && !Object.hasOwn(value, name)) yield `must have a field ${shown(name)}`;
  };
  yield* missing(required);
  if (isFields(dependentRequired))
    for (const name of Object.keys(dependentRequired)) {
      work.spend(1);
      if (Object.hasOwn(value, name)) yield* missing(dependentRequired[name]);
    }
}

function* ofCount(schema: Fields, of: 'Length' | 'Items' | 'Properties', count: number, what: string): Generator<string> {
  const [least, most] = [limit(schema[`min${of}`]), limit(schema[`max${of}`])];
  if (least !== undefined && count < least) yield `must have at least ${least} ${what}, has ${count}`;
  if (most !== undefined && count > most) yield `must have at most ${most} ${what}, has ${count}`;
}

/** The beginning, where it is long. */
function shown(value: Json): string {
  if (isList(value)) return `a list of ${value.length}`;
  if (isFields(value)) return 'an object';
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, 60) : value);
  return typeof value === 'string' && value.length > 60 ? `${text}…` : text;
}
