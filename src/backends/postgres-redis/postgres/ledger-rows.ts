/** Entries of the ledger as rows, on their way into Postgres and back. */
import type { Json } from '../../../core/data/json.ts';
import type { CachedAnswer, FeedbackRecord, InferenceRecord } from '../../../ports/ledger.ts';
import { jsonIn, numberIn, textIn } from './rows.ts';
import type { Row } from './sql.ts';

type Cell = string | number | null;
export type Cells<Names extends readonly (readonly [string, string])[]> = Readonly<Record<Names[number][0], Cell>>;

/** Each column with its type. */
export const inferenceColumns = [
  ['inference', 'text'],
  ['at', 'float8'],
  ['project', 'text'],
  ['function', 'text'],
  ['variant', 'text'],
  ['model', 'text'],
  ['provider', 'text'],
  ['source', 'text'],
  ['episode', 'text'],
  ['run', 'text'],
  ['step', 'text'],
  ['status', 'text'],
  ['error_code', 'text'],
  ['error', 'text'],
  ['rung', 'text'],
  ['input_tokens', 'int8'],
  ['cached_tokens', 'int8'],
  ['output_tokens', 'int8'],
  ['cost', 'float8'],
  ['latency', 'float8'],
  ['tags', 'text'],
  ['parent', 'text'],
] as const;

export const contentColumns = [
  ['input', 'text'],
  ['output', 'text'],
] as const;

export const feedbackColumns = [
  ['feedback', 'text'],
  ['at', 'float8'],
  ['project', 'text'],
  ['metric', 'text'],
  ['value', 'text'],
  ['number', 'float8'],
  ['inference', 'text'],
  ['episode', 'text'],
  ['tags', 'text'],
] as const;

export const answerColumns = [
  ['project', 'text'],
  ['key', 'text'],
  ['answer', 'text'],
  ['at', 'float8'],
  ['expires_at', 'float8'],
] as const;

export type InferenceCells = Cells<typeof inferenceColumns> & Cells<typeof contentColumns>;

export function inferenceCells(record: InferenceRecord): InferenceCells {
  const { error } = record;
  return {
    inference: record.id,
    at: record.at,
    project: record.project,
    function: record.function,
    variant: record.variant,
    model: record.model ?? null,
    provider: record.provider ?? null,
    source: record.source,
    episode: record.episode,
    run: record.run ?? null,
    step: record.step ?? null,
    status: record.status,
    error_code: error?.code ?? null,
    // Providers cut their messages anywhere, also through the middle of a character.
    error: error?.message.toWellFormed().replaceAll('\0', '') ?? null,
    rung: record.rung ?? null,
    input_tokens: record.inputTokens,
    cached_tokens: record.cachedTokens,
    output_tokens: record.outputTokens,
    cost: record.cost,
    latency: record.latency,
    tags: JSON.stringify(record.tags),
    parent: record.parent ?? null,
    input: record.input ?? null,
    output: record.output ?? null,
  };
}

export function feedbackCells(record: FeedbackRecord): Cells<typeof feedbackColumns> {
  const { id, at, project, metric, value, inference, episode, tags } = record;
  return {
    feedback: id,
    at,
    project,
    metric,
    value: JSON.stringify(value),
    number: countOf(metric, value),
    inference: inference ?? null,
    episode: episode ?? null,
    tags: JSON.stringify(tags),
  };
}

export function answerCells({ project, key, answer, at, expiresAt }: CachedAnswer): Cells<typeof answerColumns> {
  return { project, key, answer, at, expires_at: expiresAt };
}

/** What a value counts for, where it is one that counts. */
function countOf(metric: string, value: Json): number | null {
  if (metric === 'demonstration' || metric === 'comment') return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : null;
}

/** A row of `inferences` joined with its contents. */
export function inferenceOf(row: Row): InferenceRecord {
  const id = textIn(row, 'inference');
  const optional = <K extends string>(key: K): { readonly [key in K]?: string } =>
    // A computed key is typed as any string; this one is `key`.
    (row[key] === null ? {} : { [key]: textIn(row, key) }) as { readonly [key in K]?: string };
  const error = row['error_code'] === null ? {} : { error: { code: textIn(row, 'error_code'), message: textIn(row, 'error') } };
  const record = {
    id,
    at: numberIn(row, 'at'),
    project: textIn(row, 'project'),
    function: textIn(row, 'function'),
    variant: textIn(row, 'variant'),
    ...optional('model'),
    ...optional('provider'),
    source: textIn(row, 'source'),
    episode: textIn(row, 'episode'),
    ...optional('run'),
    ...optional('step'),
    status: textIn(row, 'status'),
    ...error,
    ...optional('rung'),
    inputTokens: numberIn(row, 'input_tokens'),
    cachedTokens: numberIn(row, 'cached_tokens'),
    outputTokens: numberIn(row, 'output_tokens'),
    cost: numberIn(row, 'cost'),
    latency: numberIn(row, 'latency'),
    tags: jsonIn(row, 'tags', `the tags of inference ${id}`),
    ...optional('input'),
    ...optional('output'),
    ...optional('parent'),
  };
  // The words of source, status, rung and the tags were written from an InferenceRecord.
  return record as InferenceRecord;
}

export function feedbackOf(row: Row): FeedbackRecord {
  const id = textIn(row, 'feedback');
  const target = row['inference'] === null ? 'episode' : 'inference';
  const record = {
    id,
    at: numberIn(row, 'at'),
    project: textIn(row, 'project'),
    metric: textIn(row, 'metric'),
    value: jsonIn(row, 'value', `the value of feedback ${id}`),
    [target]: textIn(row, target),
    tags: jsonIn(row, 'tags', `the tags of feedback ${id}`),
  };
  // Value and tags were written from a FeedbackRecord.
  return record as FeedbackRecord;
}
