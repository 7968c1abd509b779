/** `[functions.F.variants.V]`. */
import { defined } from '../../core/plan/fields.ts';
import { quote, suggest } from '../../core/plan/problem.ts';
import type { BestOfVariant, ExamplesVariant, MixtureVariant, Prompting, RulesVariant, Timeouts, VariantConfig } from './model.ts';
import { fileAt } from './read-files.ts';
import { readPrompting, type VariantSetting } from './read-prompting.ts';
import { readTimeouts } from './read-timeouts.ts';
import type { Table } from './table.ts';

type Reader = (name: string, table: Table, setting: VariantSetting) => VariantConfig;

const readers: Readonly<Record<string, Reader>> = {
  chat_completion: (name, table, setting) => ({ type: 'chat_completion', name, ...readPrompting(name, table, setting) }),
  experimental_best_of_n_sampling: readBestOf,
  experimental_mixture_of_n: readMixture,
  experimental_dynamic_in_context_learning: readExamples,
};

/** What upstream does not know under this name. */
const ours: Readonly<Record<string, Reader>> = { rules: readRules, experimental_best_of_n: readBestOf };

const instead: ReadonlyMap<string, string> = new Map([
  ['experimental_best_of_n', 'Upstream calls it "experimental_best_of_n_sampling".'],
  ['experimental_chain_of_thought', 'Use "chat_completion", and ask for the reasoning in its template.'],
]);

export function readVariant(name: string, table: Table, setting: VariantSetting): VariantConfig | undefined {
  const { strict } = table.reading;
  const known: Readonly<Record<string, Reader>> = strict ? readers : { ...readers, ...ours };
  if (strict && !table.has('type')) table.error('type', 'it is missing', `Use one of ${Object.keys(known).map(quote).join(', ')}.`);
  const type = table.string('type') ?? 'chat_completion';
  const read = Object.hasOwn(known, type) ? known[type] : undefined;
  if (read === undefined) {
    table.error('type', `there is no variant type ${quote(type)}`, instead.get(type) ?? suggest(type, Object.keys(known)));
    return undefined;
  }
  const weight = table.number('weight', { min: 0 });
  const variant = read(name, table, setting);
  table.close(`a variant of type ${quote(type)}`);
  return weight === undefined ? variant : { ...variant, weight };
}

function readBestOf(name: string, table: Table, setting: VariantSetting): BestOfVariant {
  return {
    type: 'best_of_n',
    name,
    candidates: readCandidates(table),
    evaluator: readInner('evaluator', table, setting),
    timeouts: readTotal(table),
  };
}

function readMixture(name: string, table: Table, setting: VariantSetting): MixtureVariant {
  return {
    type: 'mixture_of_n',
    name,
    candidates: readCandidates(table),
    fuser: readInner('fuser', table, setting),
    timeouts: readTotal(table),
  };
}

function readCandidates(table: Table): readonly string[] {
  const mend = 'Name variants of this function; one may come several times.';
  if (!table.has('candidates')) table.error('candidates', 'it is missing', mend);
  const candidates = table.strings('candidates') ?? [];
  if (table.has('candidates') && candidates.length === 0) table.error('candidates', 'there is none', mend);
  return candidates;
}

/** The judge or the fuser: a variant of its own in all but its name. */
function readInner(role: 'evaluator' | 'fuser', table: Table, setting: VariantSetting): Prompting {
  if (!table.has(role)) table.error(role, 'it is missing', `Write [${table.at(role)}] with its model.`);
  const inner = table.table(role);
  if (inner === undefined) return readPrompting(role, table.nothing(role), { ...setting, model: '' });
  const prompting = readPrompting(role, inner, setting);
  inner.idle('weight');
  inner.close(`the ${role}`);
  return prompting;
}

/** `timeout_s` is what upstream had before. */
function readTotal(table: Table): Timeouts {
  const seconds = table.number('timeout_s', { above: 0 });
  return { ...(seconds === undefined ? {} : { total: seconds * 1000 }), ...readTimeouts(table) };
}

function readExamples(name: string, table: Table, setting: VariantSetting): ExamplesVariant {
  table.ours('metric', 'system_template', 'user_template', 'assistant_template', 'templates');
  if (table.reading.strict) table.need('embedding_model', 'Write the model that finds similar inputs.');
  const instructions = fileAt(table, 'system_instructions');
  const prompting = readPrompting(name, table, setting);
  if (!table.has('k')) table.error('k', 'it is missing', 'Write how many examples are shown: k = 5.');
  return {
    type: 'dicl',
    name,
    ...prompting,
    templates: instructions === undefined ? prompting.templates : { ...prompting.templates, system: instructions },
    k: table.number('k', { min: 1, whole: true }) ?? 1,
    ...defined<Pick<ExamplesVariant, 'embeddingModel' | 'metric' | 'maxDistance'>>({
      embeddingModel: setting.embeddingModels.named(table, 'embedding_model'),
      metric: table.string('metric'),
      maxDistance: table.number('max_distance', { min: 0, max: 2 }),
    }),
  };
}

function readRules(name: string, table: Table): RulesVariant {
  const mend = 'Write `module = "rules/x.ts"`, or `grammar = "rules/x.toml"`.';
  const both = table.has('module') && table.has('grammar');
  if (both) table.error('grammar', 'there is a module too', 'Keep one of the two.');
  if (!table.has('module') && !table.has('grammar'))
    table.error('module', 'rules come from a module or a grammar, and there is neither', mend);
  const file = fileAt(table, table.has('module') ? 'module' : 'grammar') ?? { path: '', text: '' };
  const exported = table.string('export');
  if (exported !== undefined && !table.has('module')) table.error('export', 'only a module exports something', 'Remove it.');
  if (!table.has('module')) return { type: 'rules', name, from: { is: 'grammar', file } };
  const from = { is: 'module', path: file.path, export: exported ?? 'default' } as const;
  if (file.path !== '' && !seemsToExport(file.text, from.export))
    table.warn('module', `${quote(file.path)} does not seem to export ${quote(from.export)}`, 'Export a function under that name.');
  return { type: 'rules', name, from };
}

/** By its words: nothing is run that may do more than answer. */
function seemsToExport(text: string, name: string): boolean {
  if (/\bexport\s*\*|\bmodule\.exports\b/.test(text)) return true;
  const words = new Set(text.split(/[^\w$]+/));
  return words.has('export') && words.has(name);
}
