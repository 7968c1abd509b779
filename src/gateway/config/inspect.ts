/**
 * Every template with the schema of what it is given: whether it can be read, and names nothing that will not be there.
 *
 * Judges and fusers have templates too. Without a schema a template is given text, and of its variables nothing can be
 * said.
 */
import { checkTemplate } from '../templates/check-template.ts';
import { keyIn } from './key-path.ts';
import type { FunctionConfig, GatewayConfig, Prompting, SchemaFile, SourceFile, VariantConfig } from './model.ts';
import type { Reading } from './reading.ts';

interface TemplateUse {
  readonly name: string;
  readonly template: SourceFile;
  readonly schema: SchemaFile | undefined;
  /** Where it is used. */
  readonly key: string;
}

export function inspectTemplates(config: GatewayConfig, reading: Reading): void {
  const seen = new Set<string>();
  for (const fn of Object.values(config.functions)) {
    for (const { name, template, schema, key } of templateUses(fn)) {
      // A function's template is used by all of its variants.
      const pair = JSON.stringify([template.path, schema?.path]);
      if (seen.has(pair)) continue;
      seen.add(pair);
      for (const { path, line, message } of checkTemplate(template, schema?.schema))
        reading.error(key, `${path}${line === undefined ? '' : `:${line}`}: ${message}`, mendFor(name, schema));
    }
  }
}

const mendFor = (name: string, schema: SchemaFile | undefined): string =>
  schema === undefined ? 'Correct the template.' : `Correct the template, or the ${name} schema of the function.`;

function* templateUses(fn: FunctionConfig): Generator<TemplateUse> {
  for (const variant of Object.values(fn.variants))
    for (const [part, prompting] of promptingsOf(variant)) {
      const at = keyIn(keyIn(keyIn('functions', fn.name), 'variants'), variant.name);
      for (const [name, template] of Object.entries(prompting.templates)) {
        const key = keyIn(keyIn(part === '' ? at : keyIn(at, part), 'templates'), name);
        yield { name, template, schema: fn.schemas[name], key };
      }
    }
}

function promptingsOf(variant: VariantConfig): readonly (readonly [string, Prompting])[] {
  switch (variant.type) {
    case 'chat_completion':
    case 'dicl':
      return [['', variant]];
    case 'best_of_n':
      return [['evaluator', variant.evaluator]];
    case 'mixture_of_n':
      return [['fuser', variant.fuser]];
    case 'rules':
      return [];
  }
}
