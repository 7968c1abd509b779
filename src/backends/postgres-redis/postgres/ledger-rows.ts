/** Entries of the ledger as rows, on their way into Postgres and back. */
import { ContinuoError } from '../../../core/errors.ts';
import type { Json } from '../../../core/data/json.ts';
import type { CachedAnswer, FeedbackRecord, InferenceRecord } from '../../../ports/ledger.ts';
import { jsonOf, numberOf, textOf } from './read-row.ts';
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
  return fit({
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
  });
}

export function feedbackCells(record: FeedbackRecord): Cells<typeof feedbackColumns> {
  const { id, at, project, metric, value, inference, episode, tags } = record;
  return fit({
    feedback: id,
    at,
    project,
    metric,
    value: JSON.stringify(value),
    number: countOf(metric, value),
    inference: inference ?? null,
    episode: episode ?? null,
    tags: JSON.stringify(tags),
  });
}

export function answerCells({ project, key, answer, at, expiresAt }: CachedAnswer): Cells<typeof answerColumns> {
  return fit({ project, key, answer, at, expires_at: expiresAt });
}

/** What a value counts for, where it is one that counts. */
function countOf(metric: string, value: Json): number | null {
  if (metric === 'demonstration' || metric === 'comment') return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : null;
}

/** Postgres would change some values on the way in, and refuse others after a round trip. */
function fit<T extends Readonly<Record<string, Cell>>>(cells: T): T {
  for (const [column, value] of Object.entries(cells)) {
    if (typeof value === 'string' ? value.isWellFormed() && !value.includes('\0') : value === null || Number.isFinite(value)) continue;
    throw new ContinuoError('STORE_FAILED', `Postgres cannot hold ${JSON.stringify(value)} in column ${column}`);
  }
  return cells;
}

/** A row of `inferences` joined with its contents. */
export function inferenceOf(row: Row): InferenceRecord {
  const id = textOf(row, 'inference');
  const optional = <K extends string>(key: K): { readonly [key in K]?: string } =>
    // A computed key is typed as any string; this one is `key`.
    (row[key] === null ? {} : { [key]: textOf(row, key) }) as { readonly [key in K]?: string };
  const error = row['error_code'] === null ? {} : { error: { code: textOf(row, 'error_code'), message: textOf(row, 'error') } };
  const record = {
    id,
    at: numberOf(row, 'at'),
    project: textOf(row, 'project'),
    function: textOf(row, 'function'),
    variant: textOf(row, 'variant'),
    ...optional('model'),
    ...optional('provider'),
    source: textOf(row, 'source'),
    episode: textOf(row, 'episode'),
    ...optional('run'),
    ...optional('step'),
    status: textOf(row, 'status'),
    ...error,
    ...optional('rung'),
    inputTokens: numberOf(row, 'input_tokens'),
    cachedTokens: numberOf(row, 'cached_tokens'),
    outputTokens: numberOf(row, 'output_tokens'),
    cost: numberOf(row, 'cost'),
    latency: numberOf(row, 'latency'),
    tags: jsonOf(row, 'tags', `what stands as the tags of inference ${id}`),
    ...optional('input'),
    ...optional('output'),
    ...optional('parent'),
  };
  // The words of source, status, rung and the tags were written from an InferenceRecord.
  return record as InferenceRecord;
}

export function feedbackOf(row: Row): FeedbackRecord {
  const id = textOf(row, 'feedback');
  const target = row['inference'] === null ? 'episode' : 'inference';
  const record = {
    id,
    at: numberOf(row, 'at'),
    project: textOf(row, 'project'),
    metric: textOf(row, 'metric'),
    value: jsonOf(row, 'value', `what stands as the value of feedback ${id}`),
    [target]: textOf(row, target),
    tags: jsonOf(row, 'tags', `what stands as the tags of feedback ${id}`),
  };
  // Value and tags were written from a FeedbackRecord.
  return record as FeedbackRecord;
}
