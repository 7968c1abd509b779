/** The fields that a function takes, as a person reads them, and an example to be filled in. */
import type { FunctionConfig } from '../../compose.ts';
import type { Json } from '../../core/data/json.ts';

export interface Field {
  readonly name: string;
  readonly isRequired: boolean;
  /** `text`, `number, 20 to 300`, `kid or adult`. */
  readonly takes: string;
  readonly isText: boolean;
  readonly about: string;
  readonly example: Json;
}

type Schema = { readonly [key: string]: Json };

/** Schemas inside schemas that an example goes into. */
const deepest = 12;

/** The required ones first; none where the function has no schema for what it is asked, and so takes text. */
export function fieldsOf({ schemas }: FunctionConfig): readonly Field[] {
  const found = new Map<string, Field>();
  for (const name of ['system', 'user']) {
    const root = schemas[name]?.schema;
    if (isSchema(root)) for (const field of fieldsIn(root)) if (!found.has(field.name)) found.set(field.name, field);
  }
  return [...found.values()].toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

/** The field that a plain text is for: the only one that is required, or the only one that there is. */
export function textField(fields: readonly Field[]): Field | undefined {
  const required = fields.filter(({ isRequired }) => isRequired);
  const [only, ...others] = required.length === 0 ? fields : required;
  return only?.isText === true && others.length === 0 ? only : undefined;
}

/** The smallest input that has everything it must have. */
export function exampleInput(fields: readonly Field[]): Json {
  const required = fields.filter(({ isRequired }) => isRequired);
  return Object.fromEntries((required.length === 0 ? fields : required).map(({ name, example }) => [name, example]));
}

function fieldsIn(root: Schema): readonly Field[] {
  const schema = resolved(root, root);
  const { properties } = schema;
  const required = requiredIn(schema);
  return Object.entries(isSchema(properties) ? properties : {}).map(([name, given]) => {
    const property = resolved(isSchema(given) ? given : {}, root);
    const { description } = property;
    return {
      name,
      isRequired: required.includes(name),
      takes: takesOf(property),
      isText: typesOf(property).includes('string') && !Array.isArray(property['enum']),
      about: typeof description === 'string' ? description : '',
      example: exampleOf(property, root, 0),
    };
  });
}

const words: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false', array: 'a list', object: 'an object' };

function takesOf(schema: Schema): string {
  const { enum: choices, minimum, maximum } = schema;
  if (Array.isArray(choices)) return choices.map((choice) => (typeof choice === 'string' ? choice : JSON.stringify(choice))).join(' or ');
  const kinds = typesOf(schema).filter((type) => type !== 'null');
  const what = kinds.length === 0 ? 'anything' : kinds.map((type) => words[type] ?? type).join(' or ');
  if (minimum === undefined && maximum === undefined) return what;
  if (maximum === undefined) return `${what}, from ${JSON.stringify(minimum)}`;
  return minimum === undefined
    ? `${what}, up to ${JSON.stringify(maximum)}`
    : `${what}, ${JSON.stringify(minimum)} to ${JSON.stringify(maximum)}`;
}

/** The least that fits, where the schema says plainly what that is. */
function exampleOf(schema: Schema, root: Schema, depth: number): Json {
  const { enum: choices, default: usual, const: constant, examples, properties, items } = schema;
  for (const given of [constant, usual, firstOf(examples), firstOf(choices)]) if (given !== undefined) return given;
  const [type] = typesOf(schema);
  const inside = (part: Json | undefined): Json => (isSchema(part) ? exampleOf(resolved(part, root), root, depth + 1) : '…');
  switch (type) {
    case 'number':
    case 'integer':
      return leastNumber(schema);
    case 'boolean':
      return true;
    case 'array':
      return depth < deepest ? Array.from({ length: Math.max(1, sizeOf(schema, 'minItems')) }, () => inside(items)) : [];
    case 'object': {
      const known = isSchema(properties) ? properties : {};
      return Object.fromEntries(depth < deepest ? requiredIn(schema).map((name) => [name, inside(known[name])]) : []);
    }
    default:
      return '…'.repeat(Math.max(1, sizeOf(schema, 'minLength')));
  }
}

function leastNumber({ minimum, exclusiveMinimum }: Schema): number {
  if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + 1;
  return typeof minimum === 'number' ? minimum : 1;
}

function sizeOf(schema: Schema, name: string): number {
  const size = schema[name];
  return typeof size === 'number' ? size : 0;
}

function requiredIn({ required }: Schema): readonly string[] {
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

function typesOf({ type }: Schema): readonly string[] {
  return (Array.isArray(type) ? type : [type]).filter((one) => typeof one === 'string');
}

/** What `#/$defs/name` leads to; schemas elsewhere stay what they are. */
function resolved(schema: Schema, root: Schema): Schema {
  const { $ref: ref } = schema;
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return schema;
  let found: Json | undefined = root;
  for (const part of ref.slice(2).split('/')) found = isSchema(found) ? found[part] : undefined;
  return isSchema(found) && found !== schema ? found : schema;
}

function firstOf(list: Json | undefined): Json | undefined {
  return Array.isArray(list) ? list[0] : undefined;
}

function isSchema(value: Json | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
