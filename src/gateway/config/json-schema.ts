/** Whether a schema that somebody supplied is one. */
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { toJson, type Json } from '../../core/data/json.ts';

/** The schema, and what is wrong with it, as the end of a sentence. */
export function readSchema(text: string): { readonly schema?: Json; readonly problem?: string } {
  let schema: Json;
  try {
    schema = toJson(JSON.parse(text), 'schema');
  } catch (error) {
    return { problem: `is not JSON: ${messageOf(error)}` };
  }
  const problem = problemOf(schema);
  return problem === undefined ? { schema } : { schema, problem };
}

function problemOf(schema: Json): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return 'is not a JSON Schema: it is no object';
  const { $schema: draft } = schema as { readonly [key: string]: Json };
  // Formats that nobody knows are no reason to refuse a schema, and neither are keywords.
  const options = { strict: false, validateFormats: false, logger: false } as const;
  try {
    const ajv = typeof draft === 'string' && /draft-07/.test(draft) ? new Ajv(options) : new Ajv2020(options);
    ajv.compile(schema);
    return undefined;
  } catch (error) {
    return `is not a JSON Schema: ${messageOf(error)}`;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message.replace(/^schema is invalid: /, '') : String(error));
