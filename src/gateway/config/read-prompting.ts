/** What is said to one model in one way: chat variants, evaluators and fusers have it in common. */
import { defined } from '../../core/plan/fields.ts';
import { quote } from '../../core/plan/problem.ts';
import type { Prompting, Sampling, SourceFile } from './model.ts';
import { readExtra } from './read-extra.ts';
import type { Models } from './read-models.ts';
import { readTemplates } from './read-templates.ts';
import { readTimeouts } from './read-timeouts.ts';
import type { Table } from './table.ts';

/** What a function gives to all of its variants, and where models are found. */
export interface VariantSetting {
  readonly models: Models;
  readonly embeddingModels: Models;
  /** Written at the function, as upstream does not have it. */
  readonly templates: Readonly<Record<string, SourceFile>>;
  readonly model: string | undefined;
}

/** Upstream sends these to some providers; `extra_body` does so to any. */
const idle = ['reasoning_effort', 'service_tier', 'thinking_budget_tokens', 'verbosity', 'namespace'];

export function readPrompting(name: string, table: Table, setting: VariantSetting): Prompting {
  if (table.has('input_wrappers'))
    table.error('input_wrappers', 'wrappers are not known here', 'Write templates of that name: templates.user.path.');
  table.idle(...idle);
  const retries = table.table('retries');
  const jsonMode = table.oneOf('json_mode', ['off', 'on', 'strict', 'tool', 'implicit_tool']);
  const prompting: Prompting = {
    model: readModelName(name, table, setting),
    templates: { ...setting.templates, ...readTemplates(table) },
    sampling: readSampling(table),
    ...(jsonMode === undefined ? {} : { jsonMode: jsonMode === 'implicit_tool' ? 'tool' : jsonMode }),
    retries: {
      max: retries?.number('num_retries', { min: 0, whole: true }) ?? 0,
      maxDelay: (retries?.number('max_delay_s', { min: 0 }) ?? 10) * 1000,
    },
    timeouts: readTimeouts(table),
    ...readExtra(table),
  };
  retries?.close('retries');
  return prompting;
}

function readSampling(table: Table): Sampling {
  const penalty = { min: -2, max: 2 } as const;
  return defined<Sampling>({
    temperature: table.number('temperature', { min: 0, max: 2 }),
    topP: table.number('top_p', { min: 0, max: 1 }),
    maxTokens: table.number('max_tokens', { min: 1, whole: true }),
    presencePenalty: table.number('presence_penalty', penalty),
    frequencyPenalty: table.number('frequency_penalty', penalty),
    seed: table.number('seed', { whole: true }),
    stop: table.strings('stop_sequences'),
  });
}

/** A variant without a model asks the one that its function names, that its own name speaks of, or the first. */
function readModelName(name: string, table: Table, { models, model }: VariantSetting): string {
  if (table.has('model')) return models.named(table, 'model') ?? '';
  if (model !== undefined) return model;
  const key = table.at('model');
  const missing = 'it is missing';
  const mend = 'Write the name of a model, or "provider::model".';
  if (table.reading.strict) {
    table.reading.error(key, missing, mend);
    return '';
  }
  const assumed = models.defaultOf(name, key);
  const taken = assumed ?? models.first;
  if (taken === undefined) {
    table.reading.error(key, missing, mend);
    return '';
  }
  const why = assumed === undefined ? `the first of [models] is asked: ${taken}` : `its name says ${quote(assumed)}`;
  table.reading.assume(key, missing, why, mend);
  return taken;
}
