/**
 * JSON Schemas that stand in plans: the mistakes that would make them say something else than was meant, and what nobody
 * could hold a value against in a bounded time.
 */
import { isList, isObject, type JsonObject } from './fields.ts';
import type { Json } from '../data/json.ts';
import { largest as largestPattern } from '../schema/pattern-program.ts';
import { PatternRefused, patternSize } from '../schema/pattern.ts';
import { References } from '../schema/resolve.ts';
import { quote, suggest, type Report } from './problem.ts';

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
const schemas = [
  'items',
  'additionalProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
];
const schemaMaps = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const schemaLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const counts = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains', 'maxContains'];
const numbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
const ranges = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

const unjudged = ['unevaluatedProperties', 'unevaluatedItems', '$dynamicRef', '$recursiveRef'];
/** Schemas within a schema, and how deep they lie in each other. */
const bounds = { parts: 5000, depth: 64, patterns: 10 * largestPattern };

interface Looked {
  readonly report: Report;
  /** Every schema in it, where it stands, and what it refers to. */
  readonly parts: Map<Json, string>;
  patterns: number;
}

export function checkSchema(schema: Json, path: string, report: Report): void {
  const looked: Looked = { report, parts: new Map(), patterns: 0 };
  checkPart(schema, path, looked, 0);
  if (looked.parts.size > bounds.parts)
    report(path, `it is made of more than ${bounds.parts} schemas`, 'Say less of what lies deep, or check it in an agent.');
  if (looked.patterns > bounds.patterns)
    report(path, 'its patterns are too large together', 'Let them repeat less, or without a bound ("*", "+").');
  checkReferences(schema, looked);
}

function checkPart(schema: Json, path: string, looked: Looked, depth: number): void {
  const { report, parts } = looked;
  if (typeof schema === 'boolean' || parts.size > bounds.parts) return;
  if (!isObject(schema)) {
    report(
      path,
      `${quote(schema).slice(0, 60)} is not a JSON Schema`,
      'Give an object, such as { "type": "object", "properties": { … } }, or true for anything.',
    );
    return;
  }
  if (depth > bounds.depth) {
    report(path, `schemas lie in each other more than ${bounds.depth} deep`, 'Name the inner ones in "$defs", and refer to them.');
    return;
  }
  parts.set(schema, path);
  checkType(schema['type'], `${path}.type`, report);
  checkWords(schema, path, report);
  checkNumbers(schema, path, report);
  checkPatterns(schema, path, looked);
  for (const word of unjudged)
    if (schema[word] !== undefined)
      report(`${path}.${word}`, `values are not held against ${quote(word)}`, 'Say it with "additionalProperties", "items" or "$ref".');
  for (const name of schemas) if (schema[name] !== undefined) checkInner(schema[name], name, path, looked, depth);
  for (const name of schemaMaps) {
    const map = schema[name];
    if (isObject(map)) for (const [key, inner] of Object.entries(map)) checkPart(inner, `${path}.${name}.${key}`, looked, depth + 1);
    else if (map !== undefined) report(`${path}.${name}`, `"${name}" is not an object of schemas`, 'Give { "<name>": <schema> }.');
  }
  for (const name of schemaLists) {
    const list = schema[name];
    if (isList(list) && list.length > 0)
      for (const [index, inner] of list.entries()) checkPart(inner, `${path}.${name}[${index}]`, looked, depth + 1);
    else if (list !== undefined) report(`${path}.${name}`, `"${name}" is not a list of schemas`, 'Give at least one schema in a list.');
  }
}

/** Before 2020-12, `items` could be a list with a schema for each place. */
function checkInner(inner: Json, name: string, path: string, looked: Looked, depth: number): void {
  if (name === 'items' && isList(inner))
    looked.report(`${path}.items`, '"items" is a list', 'Give one schema for all items; a schema for each place goes into "prefixItems".');
  else checkPart(inner, `${path}.${name}`, looked, depth + 1);
}

function checkType(type: Json | undefined, path: string, report: Report): void {
  if (type === undefined) return;
  const list = isList(type) ? type : [type];
  if (list.length === 0) report(path, 'the list of types is empty', 'Name one, or remove "type".');
  for (const one of list) {
    if (typeof one !== 'string' || !types.includes(one)) report(path, `there is no type ${quote(one)}`, suggest(one, types));
  }
}

function checkWords(schema: JsonObject, path: string, report: Report): void {
  const { required, enum: values } = schema;
  if (required !== undefined && !(isList(required) && required.every((name) => typeof name === 'string')))
    report(`${path}.required`, '"required" is not a list of strings', 'Give the names of fields that must be there.');
  if (values !== undefined && !(isList(values) && values.length > 0))
    report(`${path}.enum`, '"enum" allows no value', 'Give at least one value in a list.');
}

function checkNumbers(schema: JsonObject, path: string, report: Report): void {
  for (const name of counts) {
    const value = schema[name];
    if (value !== undefined && !(typeof value === 'number' && Number.isInteger(value) && value >= 0))
      report(`${path}.${name}`, `${quote(value)} is not a count`, 'Give a whole number from 0.');
  }
  for (const name of numbers) {
    const value = schema[name];
    const allowed = typeof value === 'number' && (name !== 'multipleOf' || value > 0);
    if (value !== undefined && !allowed)
      report(`${path}.${name}`, `${quote(value)} is not a number that "${name}" can have`, 'Give a number.');
  }
  for (const [least, most] of ranges) {
    const [low, high] = [schema[least], schema[most]];
    if (typeof low === 'number' && typeof high === 'number' && low > high)
      report(`${path}.${most}`, `"${most}" ${high} is below "${least}" ${low}`, 'Exchange them.');
  }
}

function checkPatterns(schema: JsonObject, path: string, looked: Looked): void {
  const { pattern, patternProperties } = schema;
  if (pattern !== undefined) checkPattern(pattern, `${path}.pattern`, looked);
  if (isObject(patternProperties)) for (const key of Object.keys(patternProperties)) checkPattern(key, `${path}.patternProperties`, looked);
}

function checkPattern(source: Json, path: string, looked: Looked): void {
  if (typeof source !== 'string') return looked.report(path, `${quote(source)} is not a regular expression`, 'Correct it.');
  try {
    looked.patterns += patternSize(source);
  } catch (error) {
    if (!(error instanceof PatternRefused)) throw error;
    looked.report(path, `${quote(source)} cannot be used: ${error.message}`, error.mend);
  }
}

/** They lead to a schema within, and not back without going deeper into the value. */
function checkReferences(root: Json, { parts, report }: Looked): void {
  const targets = new Map<Json, Json>();
  const references = new References(root);
  for (const [part, path] of parts) {
    const reference = isObject(part) ? part['$ref'] : undefined;
    if (reference === undefined) continue;
    const target = typeof reference === 'string' ? references.at(reference) : undefined;
    if (target !== undefined && (typeof target === 'boolean' || parts.has(target))) targets.set(part, target);
    else
      report(
        `${path}.$ref`,
        `${quote(reference)} leads to no schema within this one`,
        'Refer to one that stands in it: "#/$defs/<name>"; nothing is fetched from elsewhere.',
      );
  }
  for (const part of backToThemselves(parts.keys(), targets))
    report(
      `${parts.get(part)}`,
      'it leads back to itself without going deeper into the value',
      'Let it refer to itself in "properties" or "items".',
    );
}

const inPlace = ['not', 'if', 'then', 'else'];
const inPlaceLists = ['allOf', 'anyOf', 'oneOf'];

/** Of each circle of schemas that are all asked about the same value, one. */
function* backToThemselves(parts: Iterable<Json>, targets: ReadonlyMap<Json, Json>): Generator<Json> {
  const done = new Map<Json, boolean>();
  for (const start of parts) {
    const way: { readonly part: Json; readonly next: Json[] }[] = [];
    const enter = (part: Json): void => {
      done.set(part, false);
      way.push({ part, next: besides(part, targets) });
    };
    if (!done.has(start)) enter(start);
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      const next = here.next.pop();
      if (next === undefined) done.set(way.pop()?.part ?? null, true);
      else if (!done.has(next)) enter(next);
      else if (done.get(next) === false) yield next;
    }
  }
}

function besides(part: Json, targets: ReadonlyMap<Json, Json>): Json[] {
  if (!isObject(part)) return [];
  const { dependentSchemas } = part;
  const found = [
    targets.get(part),
    ...inPlace.map((name) => part[name]),
    ...inPlaceLists.flatMap((name) => part[name] ?? []),
    ...(isObject(dependentSchemas) ? Object.values(dependentSchemas) : []),
  ];
  return found.filter((one): one is JsonObject => isObject(one));
}
