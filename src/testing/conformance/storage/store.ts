/** A fresh store for each test, and what to put into it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { it } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContinuoError } from '../../../core/errors.ts';
import type { ErrorCode } from '../../../core/errors.ts';
import type { Json } from '../../../core/data/json.ts';
import type { RunEvent } from '../../../core/run/events.ts';
import type { Backend } from '../../../ports/backend.ts';
import type { Append, RunRecord } from '../../../ports/journal.ts';

export type OpenStore = (dir: string) => Promise<Backend>;

/** The store under test: open, and with a way to close it and open it again. */
export interface Store {
  readonly backend: Backend;
  reopen(): Promise<Backend>;
}

export type StoreTest = (title: string, body: (backend: Backend, store: Store) => Promise<void>) => void;

export function storeTests(open: OpenStore): StoreTest {
  return (title, body) => {
    it(title, async () => {
      const dir = await mkdtemp(join(tmpdir(), 'continuo-'));
      let backend = await open(dir);
      try {
        await body(backend, {
          backend,
          reopen: async () => {
            await backend.close();
            return (backend = await open(dir));
          },
        });
      } finally {
        await backend.close();
        await rm(dir, { recursive: true, force: true });
      }
    });
  };
}

/** An event that carries any JSON. */
export function event(value: Json): RunEvent {
  return { type: 'task.completed', step: 0, visit: 1, attempt: 1, output: { value } };
}

export function record(run: string, changes: Partial<RunRecord> = {}): RunRecord {
  return {
    run,
    project: 'default',
    workflow: 'film',
    plan: `sha256-${'0'.repeat(64)}`,
    status: 'running',
    createdAt: 1000,
    updatedAt: 1000,
    queued: false,
    priority: 0,
    dead: 0,
    questions: 0,
    awaits: [],
    busy: false,
    ...changes,
  };
}

/** A run's first append: one event and its record. */
export function first(run: string, changes: Partial<RunRecord> = {}): Append {
  return { run, seq: 0, at: 1000, events: [event('first')], record: record(run, changes) };
}

export function next(run: string, seq: number, ...events: readonly RunEvent[]): Append {
  return { run, seq, at: 1000 + seq, events };
}

/** Starts a run for every record. */
export async function startAll(backend: Backend, records: readonly RunRecord[]): Promise<void> {
  for (const one of records) await backend.journal.append(first(one.run, one));
}

export async function eventsOf(backend: Backend, run: string): Promise<readonly RunEvent[]> {
  return (await backend.journal.read(run, 0)).flatMap((entry) => entry.events);
}

export async function rejectsWith(code: ErrorCode, work: Promise<unknown>): Promise<ContinuoError> {
  let caught: ContinuoError | undefined;
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof ContinuoError, `${code} was expected, not ${String(error)}`);
    assert.equal(error.code, code, error.message);
    caught = error;
    return true;
  });
  assert.ok(caught);
  return caught;
}

/** How many of these succeeded, and the codes of the others. */
export async function tally(works: readonly Promise<unknown>[]): Promise<{ readonly done: number; readonly codes: readonly string[] }> {
  const results = await Promise.allSettled(works);
  const codes = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason instanceof ContinuoError ? result.reason.code : String(result.reason)] : [],
  );
  return { done: results.length - codes.length, codes };
}
