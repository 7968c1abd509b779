/**
 * JSON Schemas that users write, compiled once.
 *
 * S1. Equal schemas share a validator, whoever loaded them; the number of validators is bounded.
 * S2. A schema's dialect is what its `$schema` says; without one it is 2020-12, except where it is written with
 *     keywords that only draft-07 has. Formats are not checked, and unknown keywords are passed over.
 * S3. The work of a value grows with the value alone: patterns never go back over a text, and items are not held against
 *     each other. Only patterns of the configuration that refer back to what they found are JavaScript's to match.
 * S4. Whether a value fits is found at its first fault; every fault is looked for when someone wants to read them.
 */
import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { canonicalJson } from '../../core/data/canonical.ts';
import { contentHash } from '../../core/data/sha256.ts';
import type { Json } from '../../core/data/json.ts';
import { ContinuoError } from '../../core/errors.ts';
import { TooMuchWork } from '../../core/schema/work.ts';
import { matcher } from './patterns.ts';
import { problemsOf, type Problem } from './problems.ts';

export interface Validator {
  readonly schema: Json;
  /** Undefined when it fits. */
  validate(value: Json): undefined | readonly Problem[];
  /** Whether it fits the schema, or the part of the schema that a JSON Pointer names. */
  accepts(value: Json, pointer?: string): boolean;
}

const kept = 500;
/** Larger values are told their first fault alone: a list of a million wrong items has as many. */
const tellingLimit = 200_000;

export class Schemas {
  readonly #byObject: WeakMap<object, Validator> = new WeakMap();
  readonly #byContent: Map<string, Validator> = new Map();

  /** Throws GATEWAY_CONFIG_INVALID for what is no schema. */
  validator(schema: Json): Validator {
    const known = typeof schema === 'object' && schema !== null ? this.#byObject.get(schema) : undefined;
    if (known !== undefined) return known;
    const hash = contentHash(schema);
    const found = this.#byContent.get(hash) ?? compile(schema);
    // Set anew, it is the last to go.
    this.#byContent.delete(hash);
    this.#byContent.set(hash, found);
    const [oldest] = this.#byContent.keys();
    if (this.#byContent.size > kept && oldest !== undefined) this.#byContent.delete(oldest);
    if (typeof schema === 'object' && schema !== null) this.#byObject.set(schema, found);
    return found;
  }

  /** What is wrong with a schema. Only where its meta-schema leaves a doubt it is compiled: that costs far more. */
  check(schema: Json): string | undefined {
    const text = JSON.stringify(schema);
    try {
      if (mayMislead.test(text)) this.validator(schema);
      else mustBeSchema(schema);
      return undefined;
    } catch (error) {
      if (error instanceof ContinuoError) return error.message;
      throw error;
    }
  }
}

/** What the meta-schema cannot judge: references, patterns, and what Ajv refuses besides. */
const mayMislead = /"(?:\$\w*(?:ref|id|anchor)|pattern|patternProperties|nullable|discriminator)":|"id":"|"enum":\[\]/i;

type Dialect = typeof Ajv | typeof Ajv2020;

const lenient: Options = {
  strict: false,
  validateFormats: false,
  logger: false,
  code: { regExp: Object.assign(matcher, { code: 'matcher' }) },
};

function withLinearItems(ajv: Ajv): Ajv {
  return ajv.removeKeyword('uniqueItems').addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must not have an item twice' },
    compile: (on: boolean) => (items: readonly Json[]) => !on || new Set(items.map(canonicalJson)).size === items.length,
  });
}

/** One for each dialect knows what a schema is; building it is dear. */
const judges = new Map<Dialect, Ajv>();

/** As its own dialect has it, with the meta-schema that judged it. */
function mustBeSchema(schema: Json): { readonly plain: boolean | { readonly [key: string]: Json }; readonly Dialect: Dialect } {
  const Dialect = dialectOf(schema);
  const judge = judges.get(Dialect) ?? new Dialect(lenient);
  judges.set(Dialect, judge);
  const plain = withoutDialect(schema);
  if (!isSchema(plain)) throw wrong('it must be an object, true or false');
  if (judge.validateSchema(plain) !== true) throw wrong(judge.errorsText(judge.errors, { dataVar: 'schema', separator: '; ' }));
  return { plain, Dialect };
}

const wrong = (why: string): ContinuoError => new ContinuoError('GATEWAY_CONFIG_INVALID', `it is not a JSON Schema: ${why}`);

function compile(schema: Json): Validator {
  const { plain, Dialect } = mustBeSchema(schema);
  const make = (options: Options): Ajv =>
    withLinearItems(new Dialect({ ...lenient, ...options, meta: false, validateSchema: false })).addSchema(plain, 'root');
  const quick = make({});
  try {
    // One of each kind: a schema that leads back to itself without going deeper would never end.
    for (const probe of [null, true, 0, '', [], {}]) void quick.getSchema('root')?.(probe);
  } catch (error) {
    throw wrong(error instanceof RangeError ? 'it leads back to itself without going deeper into the value' : messageOf(error));
  }
  return new Compiled(schema, quick, () => make({ allErrors: true }));
}

class Compiled implements Validator {
  readonly schema: Json;
  readonly #quick: Ajv;
  readonly #whole: ValidateFunction | undefined;
  readonly #makeTelling: () => Ajv;
  #telling: Ajv | undefined;

  constructor(schema: Json, quick: Ajv, makeTelling: () => Ajv) {
    this.schema = schema;
    this.#quick = quick;
    this.#whole = quick.getSchema('root');
    this.#makeTelling = makeTelling;
  }

  accepts(value: Json, pointer = ''): boolean {
    return pointer === '' ? passes(this.#whole, value) : fitsAt(this.#quick, pointer, value);
  }

  validate(value: Json): undefined | readonly Problem[] {
    if (this.accepts(value)) return undefined;
    const ajv = isLarge(value) ? this.#quick : (this.#telling ??= this.#makeTelling());
    const whole = ajv.getSchema('root');
    if (ajv !== this.#quick) passes(whole, value);
    const errors = whole?.errors ?? [];
    return errors.length > 0
      ? problemsOf(value, errors)
      : [{ path: '', message: 'leads the schema back to itself, or a pattern to too much work, so that it cannot be judged' }];
  }
}

function passes(validate: ValidateFunction | undefined, value: Json): boolean {
  try {
    return validate?.(value) === true;
  } catch (error) {
    // A circle that no probe found, or a text that takes too much work.
    if (!(error instanceof RangeError || error instanceof TooMuchWork || isOfComparing(error))) throw error;
    // What it said of another value.
    if (validate !== undefined) validate.errors = null;
    return false;
  }
}

/** Ajv compares objects with "enum" and "const" by their "toString" and "valueOf", which may be fields of the value. */
const isOfComparing = (error: unknown): boolean =>
  error instanceof TypeError && /(?:toString|valueOf) is not a function/.test(error.message);

function fitsAt(ajv: Ajv, pointer: string, value: Json): boolean {
  try {
    return ajv.getSchema(`root#${pointer}`)?.(value) === true;
  } catch {
    // A circle, or a part of the schema that has a base of its own.
    return false;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function dialectOf(schema: Json): Dialect {
  const says = isSchema(schema) && typeof schema === 'object' ? schema['$schema'] : undefined;
  if (typeof says === 'string') return /draft-0[4-7]/.test(says) ? Ajv : Ajv2020;
  return hasOldKeywords(schema) ? Ajv : Ajv2020;
}

/** Lists of schemas in `items` are `prefixItems` today, and 2020-12 refuses them. */
function hasOldKeywords(schema: Json): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  if (Array.isArray(schema)) return schema.some(hasOldKeywords);
  return Object.entries(schema).some(
    ([key, value]) => (key === 'items' && Array.isArray(value)) || key === 'additionalItems' || hasOldKeywords(value),
  );
}

/** The meta-schema of another version is not at hand. */
function withoutDialect(schema: Json): Json {
  if (!isSchema(schema) || typeof schema !== 'object') return schema;
  const { $schema: _, ...rest } = schema;
  return rest;
}

function isSchema(schema: Json): schema is boolean | { readonly [key: string]: Json } {
  return typeof schema === 'boolean' || (typeof schema === 'object' && schema !== null && !Array.isArray(schema));
}

function isLarge(value: Json): boolean {
  return typeof value === 'object' && JSON.stringify(value).length > tellingLimit;
}
