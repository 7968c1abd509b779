/** JSON Schemas that stand in plans: the mistakes that would make them say something else than was meant. */
import { isList, isObject, type JsonObject } from './fields.ts';
import type { Json } from '../data/json.ts';
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

export function checkSchema(schema: Json, path: string, report: Report): void {
  if (typeof schema === 'boolean') return;
  if (!isObject(schema)) {
    report(
      path,
      `${quote(schema).slice(0, 60)} is not a JSON Schema`,
      'Give an object, such as { "type": "object", "properties": { … } }, or true for anything.',
    );
    return;
  }
  checkType(schema['type'], `${path}.type`, report);
  checkWords(schema, path, report);
  checkNumbers(schema, path, report);
  checkPatterns(schema, path, report);
  for (const name of schemas) if (schema[name] !== undefined) checkInner(schema[name], name, path, report);
  for (const name of schemaMaps) {
    const map = schema[name];
    if (isObject(map)) for (const [key, inner] of Object.entries(map)) checkSchema(inner, `${path}.${name}.${key}`, report);
    else if (map !== undefined) report(`${path}.${name}`, `"${name}" is not an object of schemas`, 'Give { "<name>": <schema> }.');
  }
  for (const name of schemaLists) {
    const list = schema[name];
    if (isList(list) && list.length > 0)
      for (const [index, inner] of list.entries()) checkSchema(inner, `${path}.${name}[${index}]`, report);
    else if (list !== undefined) report(`${path}.${name}`, `"${name}" is not a list of schemas`, 'Give at least one schema in a list.');
  }
}

/** Before 2020-12, `items` could be a list with a schema for each place. */
function checkInner(inner: Json, name: string, path: string, report: Report): void {
  if (name === 'items' && isList(inner))
    report(`${path}.items`, '"items" is a list', 'Give one schema for all items; a schema for each place goes into "prefixItems".');
  else checkSchema(inner, `${path}.${name}`, report);
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

function checkPatterns(schema: JsonObject, path: string, report: Report): void {
  const { pattern, patternProperties } = schema;
  if (pattern !== undefined && !isPattern(pattern))
    report(`${path}.pattern`, `${quote(pattern)} is not a regular expression`, 'Correct it.');
  if (!isObject(patternProperties)) return;
  for (const key of Object.keys(patternProperties))
    if (!isPattern(key)) report(`${path}.patternProperties`, `${quote(key)} is not a regular expression`, 'Correct it.');
}

/** JSON Schema asks for the Unicode flag, but patterns that only work without it are common. */
function isPattern(source: Json): boolean {
  return typeof source === 'string' && ['u', ''].some((flags) => compiles(source, flags));
}

function compiles(source: string, flags: string): boolean {
  try {
    return new RegExp(source, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
