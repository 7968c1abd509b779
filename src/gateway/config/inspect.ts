/**
 * The place for checks of a template against the schema of what it is given.
 *
 * Every prompting of every variant comes by here, judges and fusers too, each template with the schema of its name;
 * without a schema a template is given text, and nothing can be said of its variables.
 */
import { keyIn } from './key-path.ts';
import type { FunctionConfig, GatewayConfig, Prompting, SchemaFile, SourceFile, VariantConfig } from './model.ts';
import type { Reading } from './reading.ts';

export interface TemplateUse {
  readonly function: FunctionConfig;
  readonly variant: VariantConfig;
  /** `system`, `user`, `assistant`, or a name of one's own. */
  readonly name: string;
  readonly template: SourceFile;
  readonly schema: SchemaFile | undefined;
  /** Where the prompting stands, for problems. */
  readonly key: string;
}

/** What is wrong with one use, and its mend. */
export type CheckTemplate = (use: TemplateUse) => readonly { readonly message: string; readonly mend: string }[];

export function inspectTemplates(config: GatewayConfig, check: CheckTemplate, reading: Reading): void {
  for (const use of templateUses(config)) for (const { message, mend } of check(use)) reading.error(use.key, message, mend);
}

export function* templateUses(config: GatewayConfig): Generator<TemplateUse> {
  for (const fn of Object.values(config.functions))
    for (const variant of Object.values(fn.variants))
      for (const [part, prompting] of promptingsOf(variant)) {
        const at = keyIn(keyIn(keyIn('functions', fn.name), 'variants'), variant.name);
        for (const [name, template] of Object.entries(prompting.templates)) {
          const key = keyIn(part === '' ? at : keyIn(at, part), 'templates');
          yield { function: fn, variant, name, template, schema: fn.schemas[name], key: keyIn(key, name) };
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
