/**
 * A run's record as the columns by which it is found. The record itself is kept whole,
 * as JSON, beside them.
 */
import type { Status } from '../../core/run/state.ts';
import type { RunRecord } from '../../ports/journal.ts';
import type { Value } from './database.ts';

export const columns = [
  'project',
  'workflow',
  'status',
  'live',
  'created_at',
  'due_at',
  'queued',
  'busy',
  'concurrency_key',
  'idempotency_key',
  'parent',
  'dead',
  'questions',
  'expires_at',
  'awaits',
] as const;

/** A record on its way to the writer. */
export interface RecordRow {
  /** In the order of `columns`. */
  readonly columns: readonly Value[];
  readonly json: string;
}

export const liveStatuses: readonly Status[] = ['running', 'waiting', 'paused'];

export function rowOf(record: RunRecord): RecordRow {
  const live = liveStatuses.includes(record.status);
  const wakes = live && record.status !== 'paused';
  return {
    columns: [
      record.project,
      record.workflow,
      record.status,
      live ? 1 : 0,
      record.createdAt,
      (wakes ? record.wakeAt : undefined) ?? null,
      record.queued ? 1 : 0,
      record.busy ? 1 : 0,
      record.concurrencyKey ?? null,
      record.idempotencyKey ?? null,
      record.parent ?? null,
      record.dead,
      record.questions,
      record.expiresAt ?? null,
      live && record.awaits.length > 0 ? JSON.stringify([...new Set(record.awaits)]) : null,
    ],
    json: JSON.stringify(record),
  };
}
