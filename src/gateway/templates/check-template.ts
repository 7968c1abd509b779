import type { Json } from '../../core/data/json.ts';
import type { SourceFile } from '../config/model.ts';
import { readEngineError } from './engine-error.ts';
import { openEngine, retire } from './engine.ts';
import { suggestion } from './explain.ts';
import { scan } from './statements.ts';
import { TemplateSyntaxError } from './tokens.ts';

export interface TemplateProblem {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

/**
 * What is wrong with a template: its syntax, and variables that the schema of its input does not have.
 *
 * A schema without `properties` says nothing about names, and one that asks for more (`additionalProperties: true` or a
 * schema) allows any. A schema that is silent about them counts as closed here, although JSON Schema would let
 * them pass: a prompt that reads what nobody described is a mistyped name far more often than a wish.
 */
export function checkTemplate(file: SourceFile, schema?: Json): readonly TemplateProblem[] {
  const syntax = syntaxProblem(file);
  if (syntax !== undefined) return [syntax];
  const names = propertiesOf(schema);
  if (names === undefined) return [];
  try {
    return unknownNames(file, names);
  } catch (error) {
    // The engine has read it: what this scanner does not follow is no problem of the template.
    if (error instanceof TemplateSyntaxError) return [];
    throw error;
  }
}

function syntaxProblem({ path, text }: SourceFile): TemplateProblem | undefined {
  const engine = openEngine();
  try {
    engine.environment.addTemplate('template', text);
    engine.environment.free();
    return undefined;
  } catch (thrown) {
    const error = readEngineError(thrown);
    if (error.is === 'broken') {
      retire(engine);
      return { path, message: 'it is nested so deep that it broke the template engine' };
    }
    engine.environment.free();
    return { path, ...(error.line === undefined ? {} : { line: error.line }), message: error.what };
  }
}

function unknownNames({ path, text }: SourceFile, names: readonly string[]): readonly TemplateProblem[] {
  const { reads, assigned } = scan(text);
  const told = new Set<string>([...names, ...assigned]);
  const problems: TemplateProblem[] = [];
  for (const { name, line } of reads) {
    if (told.has(name)) continue;
    told.add(name);
    problems.push({ path, line, message: `the schema of its input has no \`${name}\`${suggestion(name, names)}` });
  }
  return problems;
}

function propertiesOf(schema: Json | undefined): readonly string[] | undefined {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return undefined;
  // Not a list, so that it has fields.
  const { properties, additionalProperties, patternProperties, ...rest } = schema as { readonly [key: string]: Json };
  if (typeof properties !== 'object' || properties === null) return undefined;
  if (additionalProperties !== undefined && additionalProperties !== false) return undefined;
  if (patternProperties !== undefined || composing.some((keyword) => keyword in rest)) return undefined;
  return Object.keys(properties);
}

/** Keywords by which properties come from elsewhere. */
const composing = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'if'];
