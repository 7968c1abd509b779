/**
 * A run's record as the columns by which it is found. The record itself is kept whole, as JSON, beside them.
 */
import type { Status } from '../../../core/run/state.ts';
import type { RunRecord } from '../../../ports/journal.ts';

export const liveStatuses: readonly Status[] = ['running', 'waiting', 'paused'];

export interface RecordRow {
  readonly record: RunRecord;
  readonly due: number | null;
  readonly awaits: string | null;
  readonly json: string;
}

export function rowOf(record: RunRecord): RecordRow {
  const live = liveStatuses.includes(record.status);
  const wakes = live && record.status !== 'paused';
  return {
    record: { ...record },
    due: (wakes ? record.wakeAt : undefined) ?? null,
    awaits: live && record.awaits.length > 0 ? arrayText([...new Set(record.awaits)]) : null,
    json: JSON.stringify(record),
  };
}

/** As Postgres reads an array of texts. */
function arrayText(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}
