/**
 * The part of the Standard Schema interface (https://standardschema.dev) that we use:
 * how schema libraries say what they accept and what they make of it.
 */
import { toJson, type Json } from '../data/json.ts';
import { copyOf } from './copy.ts';

export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    /** Some libraries give the result later, which only the engine can wait for. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Later<SchemaResult<Output>>;
    /** Never there at run time. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/** Whatever has a `then`: the core itself never waits. */
export interface Later<T> {
  then(done?: ((value: T) => unknown) | null): unknown;
}

export function isStandardSchema(value: unknown): value is StandardSchemaV1 {
  return standardOf(value) !== undefined;
}

/** The JSON Schema of what a schema accepts, where its library can say it. */
export function jsonSchemaOf(schema: StandardSchemaV1): Json | undefined {
  const converters = recordOf(recordOf(standardOf(schema))?.['jsonSchema']);
  const convert = converters?.['input'];
  if (typeof convert !== 'function') return undefined;
  try {
    return toJson(copyOf(convert.call(converters, { target: 'draft-2020-12' })), 'schema');
  } catch {
    // Some schemas, such as those of dates, cannot be said in JSON Schema; they still validate.
    return undefined;
  }
}

function standardOf(value: unknown): unknown {
  return recordOf(value)?.['~standard'];
}

/** Schemas of some libraries are functions. */
function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const holds = (typeof value === 'object' && value !== null) || typeof value === 'function';
  // Any object can be read by its own keys; what is read stays unknown.
  return holds ? (value as Readonly<Record<string, unknown>>) : undefined;
}
