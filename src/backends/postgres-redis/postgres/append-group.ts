/** A group of appends as the parameters of the function `append` (migrations/0001-append.ts). */
import type { Append } from '../../../ports/journal.ts';
import { booleanArray, doubleArray, intArray, textArray } from './arrays.ts';
import type { Identity } from './identity.ts';
import type { Statement } from './lane.ts';
import { rowOf } from './record-columns.ts';
import type { RecordRow } from './record-columns.ts';
import { fitNumber, fitText } from './values.ts';

/** An append as it was when it was given: what the caller changes later does not reach it. */
export interface Task {
  readonly run: string;
  readonly seq: number;
  readonly n: number;
  readonly at: number;
  readonly events: string;
  readonly record: RecordRow | undefined;
  readonly emissions: NonNullable<Append['emissions']>;
  readonly memos: NonNullable<Append['memos']>;
  readonly consumes: readonly string[];
  /** About how much of a message it makes. */
  readonly size: number;
}

export function taskOf(write: Append, where: string): Task {
  const events = JSON.stringify(write.events);
  const record = write.record === undefined ? undefined : rowOf(write.record);
  const emissions = (write.emissions ?? []).map((one) => ({ ...one }));
  const memos = (write.memos ?? []).map((one) => ({ ...one }));
  const consumes = [...(write.consumes ?? [])];
  fitNumber(write.at, where);
  fitText(write.run, where);
  if (record !== undefined) fitRecord(record, where);
  for (const { run, project, name, data, at } of emissions) {
    for (const text of [run, project, name, data]) fitText(text, where);
    fitNumber(at, where);
  }
  for (const { project, key, value } of memos) for (const text of [project, key, value]) fitText(text, where);
  for (const id of consumes) fitText(id, where);
  let size = events.length + (record?.json.length ?? 0);
  for (const { data } of emissions) size += data.length;
  for (const { value } of memos) size += value.length;
  return { run: write.run, seq: write.seq, n: write.events.length, at: write.at, events, record, emissions, memos, consumes, size };
}

function fitRecord({ record, due }: RecordRow, where: string): void {
  const { project, workflow, plan, concurrencyKey = '', idempotencyKey = '', parent = '', awaits } = record;
  for (const text of [project, workflow, plan, concurrencyKey, idempotencyKey, parent, ...awaits]) fitText(text, where);
  for (const number of [record.createdAt, record.expiresAt ?? 0, due ?? 0]) fitNumber(number, where);
}

const parameters = 2 + 7 + 18 + 6 + 4 + 2;

export const appendStatement: Statement = {
  name: 'append',
  text: `SELECT * FROM append(${Array.from({ length: parameters }, (_, i) => `$${i + 1}`).join(', ')})`,
};

/** `again` says of which appends it is not known whether they are there already. */
export function valuesOf(tasks: readonly Task[], again: readonly boolean[], { id, node }: Identity): readonly unknown[] {
  return [
    id,
    node,
    textArray(tasks.map(({ run }) => run)),
    intArray(tasks.map(({ seq }) => seq)),
    intArray(tasks.map(({ n }) => n)),
    doubleArray(tasks.map(({ at }) => at)),
    textArray(tasks.map(({ events }) => events)),
    booleanArray(tasks.map(({ record }) => record !== undefined)),
    booleanArray(again),
    ...recordColumns(tasks),
    ...emissionColumns(tasks),
    ...memoColumns(tasks),
    ...consumedColumns(tasks),
  ];
}

function recordColumns(tasks: readonly Task[]): readonly Buffer[] {
  const rows = tasks.flatMap(({ record }, i) => (record === undefined ? [] : [{ ...record, place: i + 1, run: tasks[i]?.run ?? '' }]));
  return [
    intArray(rows.map(({ place }) => place)),
    textArray(rows.map(({ run }) => run)),
    textArray(rows.map(({ record }) => record.project)),
    textArray(rows.map(({ record }) => record.workflow)),
    textArray(rows.map(({ record }) => record.plan)),
    textArray(rows.map(({ record }) => record.status)),
    doubleArray(rows.map(({ record }) => record.createdAt)),
    doubleArray(rows.map(({ due }) => due)),
    booleanArray(rows.map(({ record }) => record.queued)),
    booleanArray(rows.map(({ record }) => record.busy)),
    textArray(rows.map(({ record }) => record.concurrencyKey ?? null)),
    textArray(rows.map(({ record }) => record.idempotencyKey ?? null)),
    textArray(rows.map(({ record }) => record.parent ?? null)),
    booleanArray(rows.map(({ record }) => record.dead > 0)),
    booleanArray(rows.map(({ record }) => record.questions > 0)),
    doubleArray(rows.map(({ record }) => record.expiresAt ?? null)),
    textArray(rows.map(({ awaits }) => awaits)),
    textArray(rows.map(({ json }) => json)),
  ];
}

function emissionColumns(tasks: readonly Task[]): readonly Buffer[] {
  const rows = tasks.flatMap((task, i) => task.emissions.map((one) => ({ ...one, place: i + 1 })));
  return [
    intArray(rows.map(({ place }) => place)),
    textArray(rows.map(({ run }) => run)),
    textArray(rows.map(({ project }) => project)),
    textArray(rows.map(({ name }) => name)),
    textArray(rows.map(({ data }) => data)),
    doubleArray(rows.map(({ at }) => at)),
  ];
}

function memoColumns(tasks: readonly Task[]): readonly Buffer[] {
  const rows = tasks.flatMap((task, i) => task.memos.map((one) => ({ ...one, place: i + 1 })));
  return [
    intArray(rows.map(({ place }) => place)),
    textArray(rows.map(({ project }) => project)),
    textArray(rows.map(({ key }) => key)),
    textArray(rows.map(({ value }) => value)),
  ];
}

function consumedColumns(tasks: readonly Task[]): readonly Buffer[] {
  const rows = tasks.flatMap((task, i) => task.consumes.map((message) => ({ message, place: i + 1 })));
  return [intArray(rows.map(({ place }) => place)), textArray(rows.map(({ message }) => message))];
}
