/**
 * JSON Schemas that come with a call, from people who need not be trusted.
 *
 * F1. What such a schema is held against costs at most its size times that of the value: references are written out
 *     where they stand and lead nowhere twice, patterns are bounded and never go back over a text, and keywords that are
 *     not known here, which may hold schemas of their own, are left out. The model is told the whole schema all the same.
 * F2. What is too large, too deep, or leads elsewhere is refused before anything is compiled.
 */
import { isFields, isList, type Fields } from '../../core/data/fields.ts';
import { patternSize, PatternRefused } from '../../core/schema/pattern.ts';
import type { Json } from '../../core/data/json.ts';

export type Foreign = { readonly is: 'good'; readonly judged: Json } | { readonly is: 'bad'; readonly problem: string };

const most = 1000;
const deepest = 32;
/** Instructions of all patterns. */
const mostOfPatterns = 2000;

const ofOne = new Set([
  'additionalProperties',
  'additionalItems',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const ofList = new Set(['prefixItems', 'anyOf', 'allOf', 'oneOf']);
const ofNames = new Set(['properties', 'patternProperties', 'dependentSchemas']);
/** What says something of a value by itself. */
const asItIs = new Set(
  (
    'type enum const pattern uniqueItems required dependentRequired default ' +
    'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength ' +
    'minItems maxItems minContains maxContains minProperties maxProperties'
  ).split(' '),
);
/** Written out where they are referred to, or said to people alone. */
const passedOver = new Set(['$defs', '$schema', '$comment']);

export function foreignSchema(schema: Json): Foreign {
  try {
    return { is: 'good', judged: new Copy(schema).made };
  } catch (error) {
    if (error instanceof Unfit) return { is: 'bad', problem: error.message };
    throw error;
  }
}

class Unfit extends Error {}

class Copy {
  readonly made: Json;
  readonly #root: Json;
  readonly #within: string[] = [];
  #size = 0;
  #patterns = 0;

  constructor(root: Json) {
    if (!isFields(root)) throw new Unfit('it must be an object');
    this.#root = root;
    this.made = this.#schema(root, 0);
  }

  #schema(schema: Json, depth: number): Json {
    if (++this.#size > most) throw new Unfit(`it has more than ${most} parts, with those that it refers to`);
    if (depth > deepest) throw new Unfit(`it is nested more than ${deepest} levels deep`);
    if (typeof schema === 'boolean') return schema;
    if (!isFields(schema)) throw new Unfit('each of its parts must be an object, true or false');
    const { $ref: reference, ...others } = schema;
    const copy = this.#fields(others, depth);
    if (reference === undefined) return copy;
    const meant = this.#referred(reference, depth);
    return Object.keys(copy).length === 0 ? meant : { ...copy, allOf: [...(isList(copy['allOf']) ? copy['allOf'] : []), meant] };
  }

  #fields(fields: Fields, depth: number): Fields {
    const copied: [string, Json][] = [];
    for (const [name, value] of Object.entries(fields)) {
      if (passedOver.has(name)) continue;
      if (name.startsWith('$')) throw new Unfit(`${name} is not understood in a schema that comes with a call`);
      if (name === 'pattern') this.#pattern(value);
      if (asItIs.has(name)) copied.push([name, value]);
      else if (name === 'items' || ofOne.has(name) || ofList.has(name) || ofNames.has(name))
        copied.push([name, this.#keyword(name, value, depth)]);
    }
    return Object.fromEntries(copied);
  }

  #keyword(name: string, value: Json, depth: number): Json {
    if (name === 'items' && !isList(value)) return this.#schema(value, depth + 1);
    if (ofOne.has(name)) return this.#schema(value, depth + 1);
    if (ofList.has(name) || name === 'items') {
      if (!isList(value)) throw new Unfit(`${name} must be a list`);
      return value.map((part) => this.#schema(part, depth + 1));
    }
    if (!isFields(value)) throw new Unfit(`${name} must be an object`);
    if (name === 'patternProperties') for (const source of Object.keys(value)) this.#pattern(source);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.#schema(part, depth + 1)]));
  }

  #pattern(source: Json): void {
    if (typeof source !== 'string') throw new Unfit('a pattern must be a string');
    try {
      this.#patterns += patternSize(source);
    } catch (error) {
      if (error instanceof PatternRefused)
        throw new Unfit(`the pattern ${JSON.stringify(source.slice(0, 60))} cannot be used: ${error.message}`);
      throw error;
    }
    if (this.#patterns > mostOfPatterns) throw new Unfit('its patterns are too large together; let them repeat less, or without a bound');
  }

  /** What leads back to where it stands is not looked into again. */
  #referred(reference: Json, depth: number): Json {
    if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference))
      throw new Unfit('$ref must lead to a place in the schema itself, as "#/$defs/name"');
    if (this.#within.includes(reference)) return true;
    this.#within.push(reference);
    const made = this.#schema(this.#at(reference), depth + 1);
    this.#within.pop();
    return made;
  }

  #at(reference: string): Json {
    let at: Json | undefined = this.#root;
    for (const part of reference.split('/').slice(1)) {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      if (isList(at)) at = at[Number(name)];
      else at = isFields(at) && Object.hasOwn(at, name) ? at[name] : undefined;
      if (at === undefined) throw new Unfit(`there is nothing at ${reference}`);
    }
    return at;
  }
}
