/**
 * What stands in the files that a configuration names: templates and grammars, each with the schema of what it is given.
 *
 * Judges and fusers have templates too. Without a schema a template is given text, and of its variables nothing can be
 * said.
 */
import { checkGrammar, problemLine } from '../rules/check-grammar.ts';
import { checkTemplate } from '../templates/check-template.ts';
import { keyIn } from './key-path.ts';
import type { FunctionConfig, SchemaFile, SourceFile } from './model.ts';
import { promptingsOf } from './promptings.ts';
import type { Reading } from './reading.ts';

type Functions = Readonly<Record<string, FunctionConfig>>;

interface TemplateUse {
  readonly name: string;
  readonly template: SourceFile;
  readonly schema: SchemaFile | undefined;
  /** Where it is used. */
  readonly key: string;
}

/** Every template that a function names, by where it is used first. */
export function inspectTemplates(functions: Functions, reading: Reading): ReadonlyMap<string, SourceFile> {
  const seen = new Set<string>();
  const templates = new Map<string, SourceFile>();
  for (const fn of Object.values(functions)) {
    for (const { name, template, schema, key } of templateUses(fn)) {
      // A function's template is used by all of its variants.
      const pair = JSON.stringify([template.path, schema?.path]);
      if (seen.has(pair)) continue;
      seen.add(pair);
      templates.set(key, template);
      for (const { path, line, message } of checkTemplate(template, schema?.schema))
        reading.error(key, `${path}${line === undefined ? '' : `:${line}`}: ${message}`, mendFor(name, schema));
    }
  }
  return templates;
}

export function inspectGrammars(functions: Functions, reading: Reading): void {
  for (const fn of Object.values(functions))
    for (const { name, ...variant } of Object.values(fn.variants)) {
      if (variant.type !== 'rules' || variant.from.is !== 'grammar') continue;
      const key = keyIn(variantKey(fn, name), 'grammar');
      for (const problem of checkGrammar(variant.from.file, inputSchema(fn)))
        if (problem.level === 'error') reading.error(key, problemLine(problem), 'Correct the grammar: docs/gateway-grammars.md.');
        else reading.warn(key, problemLine(problem), 'Correct the grammar, or leave it so if it is meant.');
    }
}

/** A grammar sees all of the input, and with two schemas neither has all of it. */
function inputSchema({ schemas: { system, user } }: FunctionConfig): SchemaFile['schema'] | undefined {
  return system === undefined ? user?.schema : undefined;
}

const mendFor = (name: string, schema: SchemaFile | undefined): string =>
  schema === undefined ? 'Correct the template.' : `Correct the template, or the ${name} schema of the function.`;

function* templateUses(fn: FunctionConfig): Generator<TemplateUse> {
  for (const variant of Object.values(fn.variants))
    for (const [part, prompting] of Object.entries(promptingsOf(variant))) {
      const at = variantKey(fn, variant.name);
      for (const [name, template] of Object.entries(prompting.templates)) {
        const key = keyIn(keyIn(part === 'itself' ? at : keyIn(at, part), 'templates'), name);
        yield { name, template, schema: fn.schemas[name], key };
      }
    }
}

function variantKey({ name }: FunctionConfig, variant: string): string {
  return keyIn(keyIn(keyIn('functions', name), 'variants'), variant);
}
