/**
 * Brings a value that does not fit into the form that its schema asks for.
 *
 * K1. What fits where it stands is not touched.
 * K2. Nothing is lost or guessed: "3" is 3, "3s" is not; a list of one is that one, a list of two is not.
 * K3. The visits are bounded by the size of the value, and their nesting altogether, however a schema refers to itself.
 */
import { isFields, isList, type Fields } from '../../core/data/fields.ts';
import type { Json } from '../../core/data/json.ts';
import { sizeOf } from './depth.ts';
import { allowedTypes, convert, fitsType, matchAllowed } from './convert.ts';
import { matcher } from './patterns.ts';
import type { Validator } from './schemas.ts';

/** A part of the schema, and where it stands. */
interface Part {
  readonly schema: Fields;
  readonly pointer: string;
}

const visitsForOne = 16;
const visitsForAll = 10_000;
const mostNested = 300;
const mostReferences = 32;

export function coerce(value: Json, validator: Validator): Json {
  return new Coercion(validator, visitsForAll + visitsForOne * sizeOf(value)).at(value, '', 0);
}

class Coercion {
  readonly #validator: Validator;
  #left: number;
  #nested = 0;

  constructor(validator: Validator, visits: number) {
    this.#validator = validator;
    this.#left = visits;
  }

  /** `references` is how often the schema sent on from one part to another for this same value. */
  at(value: Json, pointer: string, references: number): Json {
    const schema = partAt(this.#validator.schema, pointer);
    if (schema === undefined || this.#left-- <= 0 || this.#nested === mostNested) return value;
    this.#nested++;
    const made = this.#made(value, { schema, pointer }, references);
    this.#nested--;
    return made;
  }

  #made(value: Json, part: Part, references: number): Json {
    const { schema } = part;
    let made = value;
    const target = schema['$ref'];
    if (typeof target === 'string' && target.startsWith('#') && references < mostReferences) {
      made = this.at(made, target.slice(1), references + 1);
    }
    for (const each of this.#listed(part, 'allOf')) made = this.at(made, each, references + 1);
    for (const keyword of ['anyOf', 'oneOf']) made = this.#anyOf(made, this.#listed(part, keyword), references);
    made = matchAllowed(made, schema);
    return this.#inside(this.#convert(made, part), part);
  }

  #listed({ schema, pointer }: Part, keyword: string): readonly string[] {
    const parts = schema[keyword];
    return Array.isArray(parts) ? parts.map((_, i) => `${pointer}/${keyword}/${i}`) : [];
  }

  #anyOf(value: Json, pointers: readonly string[], references: number): Json {
    if (pointers.length === 0 || references >= mostReferences || pointers.some((pointer) => this.#accepts(value, pointer))) return value;
    for (const pointer of pointers) {
      const made = this.at(value, pointer, references + 1);
      if (made !== value && this.#accepts(made, pointer)) return made;
    }
    return value;
  }

  #convert(value: Json, { schema }: Part): Json {
    const types = allowedTypes(schema);
    if (types.length === 0 || types.some((type) => fitsType(value, type))) return value;
    for (const type of types) {
      const made = convert(value, type);
      if (made !== undefined) return made;
    }
    return value;
  }

  #inside(value: Json, part: Part): Json {
    if (typeof value !== 'object' || value === null) return value;
    return isList(value) ? this.#items(value, part) : this.#fields(value, part);
  }

  #items(value: readonly Json[], { schema, pointer }: Part): Json {
    if (!('items' in schema || 'prefixItems' in schema)) return value;
    const first = ['prefixItems', 'items'].find((keyword) => Array.isArray(schema[keyword]));
    const positions = first === undefined ? 0 : (schema[first] as readonly Json[]).length;
    const rest = first === 'items' ? 'additionalItems' : 'items';
    const made = value.map((item, i) => this.at(item, i < positions ? `${pointer}/${first}/${i}` : `${pointer}/${rest}`, 0));
    return made.every((item, i) => item === value[i]) ? value : made;
  }

  #fields(value: Fields, part: Part): Json {
    const { schema, pointer } = part;
    const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
    const properties = isFields(schema['properties']) ? schema['properties'] : {};
    const made: [string, Json][] = [];
    for (const [key, before] of Object.entries(value)) {
      const where = pointerOfField(key, part, properties);
      if (where === undefined) continue;
      // Absent says the same as null where null is not allowed.
      if (before === null && !required.has(key) && Object.hasOwn(properties, key) && !this.#accepts(null, where)) continue;
      made.push([key, this.at(before, where, 0)]);
    }
    // When no field is known, it is something else altogether.
    if (made.length === 0 && Object.keys(value).length > 0) return value;
    for (const key of required) {
      if (typeof key !== 'string' || Object.hasOwn(value, key)) continue;
      const standard = partAt(this.#validator.schema, `${pointer}/properties/${encode(key)}`)?.['default'];
      if (standard !== undefined) made.push([key, standard]);
    }
    const same = made.length === Object.keys(value).length && made.every(([key, field]) => field === value[key]);
    return same ? value : Object.fromEntries(made);
  }

  #accepts(value: Json, pointer: string): boolean {
    return this.#left-- > 0 && this.#validator.accepts(value, pointer);
  }
}

/** The part of the schema that a field must fit; undefined when the schema does not let it be there. */
function pointerOfField(key: string, { schema, pointer }: Part, properties: Fields): string | undefined {
  if (Object.hasOwn(properties, key)) return `${pointer}/properties/${encode(key)}`;
  const patterns = isFields(schema['patternProperties']) ? Object.keys(schema['patternProperties']) : [];
  const pattern = patterns.find((source) => matcher(source, 'u').test(key));
  if (pattern !== undefined) return `${pointer}/patternProperties/${encode(pattern)}`;
  return schema['additionalProperties'] === false ? undefined : `${pointer}/additionalProperties`;
}

/** The part of a schema under a JSON Pointer (written for a URI), if it says anything. */
function partAt(schema: Json, pointer: string): Fields | undefined {
  let at: Json | undefined = schema;
  for (const key of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return undefined;
    const name = decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~');
    // A list has its items under their numbers.
    at = Object.hasOwn(at, name) ? (at as Fields)[name] : undefined;
  }
  return at !== undefined && isFields(at) ? at : undefined;
}

function encode(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}
