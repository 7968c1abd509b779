/** Whether a schema that somebody supplied is one. */
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { toJson, type Json } from '../../core/data/json.ts';

// Formats and keywords that nobody knows are no reason to refuse a schema; two files may have the same $id.
const options = { strict: false, validateFormats: false, logger: false, addUsedSchema: false } as const;

const compilers: { draft07?: Ajv; draft2020?: Ajv2020 } = {};

/** The schema, and what is wrong with it, as the end of a sentence. */
export function readSchema(text: string): { readonly schema?: Json; readonly problem?: string } {
  let schema: Json;
  try {
    schema = toJson(JSON.parse(text), 'schema');
  } catch (error) {
    return { problem: `is not JSON: ${messageOf(error)}` };
  }
  const problem = problemOf(schema, mayMislead.test(text));
  return problem === undefined ? { schema } : { schema, problem };
}

/**
 * What the meta-schema cannot judge: references, patterns, and what Ajv refuses besides. Compiling finds it, and costs
 * more than all the rest of reading a configuration; whoever uses a schema compiles it anyway.
 */
const mayMislead = /"(?:\$\w*(?:ref|id|anchor)|id|pattern|patternProperties|nullable|discriminator)"\s*:|"enum"\s*:\s*\[\s*\]/i;

function problemOf(schema: Json, isToBeCompiled: boolean): string | undefined {
  if (typeof schema === 'boolean') return undefined;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return 'is not a JSON Schema: it is no object';
  const { $schema: draft } = schema as { readonly [key: string]: Json };
  const compiler = compilerOf(typeof draft === 'string' ? draft : '');
  try {
    if (!isToBeCompiled) return compiler.validateSchema(schema) === true ? undefined : notASchema(compiler.errorsText(compiler.errors));
    compiler.compile(schema);
    return undefined;
  } catch (error) {
    return notASchema(messageOf(error));
  } finally {
    compiler.removeSchema(schema);
  }
}

const notASchema = (why: string): string => `is not a JSON Schema: ${why}`;

/** Each is made once: compiling its meta-schema is most of the work. */
function compilerOf(draft: string): Ajv | Ajv2020 {
  if (draft.includes('draft-07')) return (compilers.draft07 ??= new Ajv(options));
  return (compilers.draft2020 ??= new Ajv2020(options));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message.replace(/^schema is invalid: /, '') : String(error));
