/** `[functions]`. */
import { defined } from '../../core/plan/fields.ts';
import { quote, suggest } from '../../core/plan/problem.ts';
import type { FunctionConfig, MetricConfig, ToolConfig, VariantConfig } from './model.ts';
import { readExperiment } from './read-experiment.ts';
import { schemaAt } from './read-files.ts';
import type { Models } from './read-models.ts';
import { readPrompting, type VariantSetting } from './read-prompting.ts';
import { readSchemas, readTemplates, templateKeys } from './read-templates.ts';
import { readVariant } from './read-variant.ts';
import { isTable, type Table } from './table.ts';

export interface FunctionSetting {
  readonly models: Models;
  readonly embeddingModels: Models;
  readonly metrics: Readonly<Record<string, MetricConfig>>;
  readonly tools: Readonly<Record<string, ToolConfig>>;
}

export function readFunctions(root: Table, setting: FunctionSetting): Readonly<Record<string, FunctionConfig>> {
  return Object.fromEntries(root.each('functions').map(([name, table]) => [name, readFunction(name, table, setting)]));
}

function readFunction(name: string, table: Table, setting: FunctionSetting): FunctionConfig {
  if (!table.has('type')) table.error('type', 'it is missing', 'Use "chat" or "json".');
  const type = table.oneOf('type', ['chat', 'json']) ?? 'json';
  table.ours(...templateKeys, 'model');
  const model = table.has('model') ? setting.models.named(table, 'model') : undefined;
  const variants = readVariants(table, { ...setting, templates: readTemplates(table), model });
  if (type === 'chat' && table.has('output_schema'))
    table.error('output_schema', 'a chat function answers in words', 'Write type = "json", or remove it.');
  const fn = defined<FunctionConfig>({
    name,
    type,
    description: table.string('description'),
    schemas: readSchemas(table),
    output: schemaAt(table, 'output_schema'),
    ...readTools(type, table, setting.tools),
    variants,
    experiment: readExperiment(table, variants, setting.metrics),
  });
  checkCandidates(table, variants, setting.metrics);
  table.idle('parallel_tool_calls', 'namespace', 'evaluators');
  table.close('a function');
  return fn;
}

function readVariants(table: Table, setting: VariantSetting): Readonly<Record<string, VariantConfig>> {
  const written = table.each('variants');
  if (written.length > 0)
    return Object.fromEntries(
      written.flatMap(([name, inner]) => {
        const variant = readVariant(name, inner, setting);
        return variant === undefined ? [] : [[name, variant]];
      }),
    );
  const missing = 'there are no variants';
  const mend = `Write [${table.at('variants')}.first] with its type and model.`;
  const said = setting.model !== undefined || Object.keys(setting.templates).length > 0;
  if (table.reading.strict || !said) {
    table.error('variants', missing, mend);
    return {};
  }
  table.warn('variants', `${missing}; one is made of what the function says itself, \`default\``, mend);
  const inner = table.nothing('variants').nothing('default');
  return { default: { type: 'chat_completion', name: 'default', ...readPrompting('default', inner, setting) } };
}

function readTools(type: string, table: Table, known: Readonly<Record<string, ToolConfig>>): Pick<FunctionConfig, 'tools' | 'toolChoice'> {
  const tools = table.strings('tools') ?? [];
  if (type === 'json' && tools.length > 0) table.error('tools', 'a json function calls no tools', 'Remove them, or write type = "chat".');
  for (const [index, name] of tools.entries()) {
    if (!Object.hasOwn(known, name))
      table.error('tools', `there is no tool ${quote(name)}`, suggest(name, Object.keys(known), 'Define it under [tools].'));
    if (tools.indexOf(name) < index) table.error('tools', `${quote(name)} is in it twice`, 'Keep one.');
  }
  const toolChoice = readToolChoice(table, tools);
  return { tools, ...(toolChoice === undefined ? {} : { toolChoice }) };
}

function readToolChoice(table: Table, tools: readonly string[]): FunctionConfig['toolChoice'] {
  const key = 'tool_choice';
  if (!isTable(table.raw(key))) return table.oneOf(key, ['none', 'auto', 'required']);
  const inner = table.table(key);
  const specific = inner?.need('specific', 'Write the name of a tool.') ?? '';
  inner?.close('a choice of tools');
  if (specific !== '' && !tools.includes(specific))
    inner?.error('specific', `${quote(specific)} is none of the function’s tools`, suggest(specific, tools));
  return { specific };
}

/** What variants say of each other and of metrics. */
function checkCandidates(
  table: Table,
  variants: Readonly<Record<string, VariantConfig>>,
  metrics: Readonly<Record<string, MetricConfig>>,
): void {
  const inner = table.table('variants');
  const loops = (name: string): boolean => ['best_of_n', 'mixture_of_n'].includes(variants[name]?.type ?? '');
  for (const variant of Object.values(variants)) {
    const at = inner?.table(variant.name);
    if (
      variant.type === 'dicl' &&
      variant.metric !== undefined &&
      variant.metric !== 'demonstration' &&
      !Object.hasOwn(metrics, variant.metric)
    )
      at?.error(
        'metric',
        `there is no metric ${quote(variant.metric)}`,
        suggest(variant.metric, ['demonstration', ...Object.keys(metrics)]),
      );
    if (variant.type !== 'best_of_n' && variant.type !== 'mixture_of_n') continue;
    const others = Object.keys(variants).filter((name) => !loops(name));
    for (const name of new Set(variant.candidates)) {
      if (!Object.hasOwn(variants, name)) at?.error('candidates', `there is no variant ${quote(name)}`, suggest(name, others));
      else if (loops(name))
        at?.error('candidates', `${quote(name)} has candidates itself`, suggest('', others, 'Name variants that answer by themselves.'));
    }
  }
}
