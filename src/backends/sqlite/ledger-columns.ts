/** Entries of the ledger as rows, on their way to the writer and back. */
import type { CachedAnswer, FeedbackRecord, InferenceRecord, LedgerEntry } from '../../ports/ledger.ts';
import type { Json } from '../../core/data/json.ts';
import type { Database, Row, Value } from './database.ts';

export const inferenceColumns = [
  'inference',
  'at',
  'project',
  'function',
  'variant',
  'model',
  'provider',
  'source',
  'episode',
  'run',
  'step',
  'status',
  'error_code',
  'error',
  'rung',
  'input_tokens',
  'cached_tokens',
  'output_tokens',
  'cost',
  'latency',
  'tags',
  'parent',
] as const;

export const feedbackColumns = ['feedback', 'at', 'project', 'metric', 'value', 'number', 'inference', 'episode', 'tags'] as const;

export type LedgerRow =
  | {
      readonly is: 'inference';
      /** In the order of `inferenceColumns`. */
      readonly columns: readonly Value[];
      /** Input and output, where one of them is to be kept. */
      readonly contents: readonly [Value, Value] | undefined;
    }
  /** In the order of `feedbackColumns`. */
  | { readonly is: 'feedback'; readonly columns: readonly Value[] }
  | { readonly is: 'answer'; readonly record: CachedAnswer };

export function rowOf(entry: LedgerEntry): LedgerRow {
  switch (entry.is) {
    case 'inference':
      return inferenceRow(entry.record);
    case 'feedback':
      return { is: 'feedback', columns: feedbackValues(entry.record) };
    case 'answer':
      return entry;
  }
}

function inferenceRow(record: InferenceRecord): LedgerRow {
  const { input, output, error } = record;
  return {
    is: 'inference',
    columns: [
      record.id,
      record.at,
      record.project,
      record.function,
      record.variant,
      record.model ?? null,
      record.provider ?? null,
      record.source,
      record.episode,
      record.run ?? null,
      record.step ?? null,
      record.status,
      error?.code ?? null,
      // Providers cut their messages anywhere, also through the middle of a character.
      error?.message.toWellFormed() ?? null,
      record.rung ?? null,
      record.inputTokens,
      record.cachedTokens,
      record.outputTokens,
      record.cost,
      record.latency,
      JSON.stringify(record.tags),
      record.parent ?? null,
    ],
    contents: input === undefined && output === undefined ? undefined : [input ?? null, output ?? null],
  };
}

function feedbackValues(record: FeedbackRecord): readonly Value[] {
  const { id, at, project, metric, value, inference, episode, tags } = record;
  return [
    id,
    at,
    project,
    metric,
    JSON.stringify(value),
    numberOf(metric, value),
    inference ?? null,
    episode ?? null,
    JSON.stringify(tags),
  ];
}

/** What a value counts for, where it is one that counts. */
function numberOf(metric: string, value: Json): number | null {
  if (metric === 'demonstration' || metric === 'comment') return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : null;
}

/** A row of `inferences` joined with its contents. */
export function inferenceOf(db: Database, row: Row): InferenceRecord {
  const id = db.text(row, 'inference');
  const optional = <K extends string>(key: K, column: string = key): { readonly [key in K]?: string } => {
    const value = db.value(row, column);
    // A computed key is typed as any string; this one is `key`.
    return (value === null ? {} : { [key]: db.text(row, column) }) as { readonly [key in K]?: string };
  };
  const error = db.value(row, 'error_code') === null ? {} : { error: { code: db.text(row, 'error_code'), message: db.text(row, 'error') } };
  const record = {
    id,
    at: db.number(row, 'at'),
    project: db.text(row, 'project'),
    function: db.text(row, 'function'),
    variant: db.text(row, 'variant'),
    ...optional('model'),
    ...optional('provider'),
    source: db.text(row, 'source'),
    episode: db.text(row, 'episode'),
    ...optional('run'),
    ...optional('step'),
    status: db.text(row, 'status'),
    ...error,
    ...optional('rung'),
    inputTokens: db.number(row, 'input_tokens'),
    cachedTokens: db.number(row, 'cached_tokens'),
    outputTokens: db.number(row, 'output_tokens'),
    cost: db.number(row, 'cost'),
    latency: db.number(row, 'latency'),
    tags: db.json(db.text(row, 'tags'), `the tags of inference ${id}`),
    ...optional('input'),
    ...optional('output'),
    ...optional('parent'),
  };
  // The words of source, status, rung and the tags were written from an InferenceRecord.
  return record as InferenceRecord;
}

export function feedbackOf(db: Database, row: Row): FeedbackRecord {
  const id = db.text(row, 'feedback');
  const target = db.value(row, 'inference') === null ? 'episode' : 'inference';
  const record = {
    id,
    at: db.number(row, 'at'),
    project: db.text(row, 'project'),
    metric: db.text(row, 'metric'),
    value: db.json(db.text(row, 'value'), `the value of feedback ${id}`),
    [target]: db.text(row, target),
    tags: db.json(db.text(row, 'tags'), `the tags of feedback ${id}`),
  };
  // Value and tags were written from a FeedbackRecord.
  return record as FeedbackRecord;
}
