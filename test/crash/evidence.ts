/**
 * What lies in a store after its process died.
 *
 * E1. The scene is left as it was found: what is opened is a copy, so that the next engine meets the log that the
 *     dead one left, and not one that a visitor has tidied up.
 */
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AnyWorkflow } from '../../src/core/plan/workflow.ts';
import type { Program } from '../../src/core/plan/program.ts';
import { replay } from '../../src/core/run/evolve.ts';
import type { Entry, RunEvent } from '../../src/core/run/events.ts';
import { hasEnded } from '../../src/core/run/phases.ts';
import { save } from '../../src/core/run/snapshot.ts';
import type { Run } from '../../src/core/run/state.ts';
import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { Library } from '../../src/engine/library.ts';
import { Payloads } from '../../src/engine/payloads.ts';
import { Reader } from '../../src/engine/reader.ts';
import type { Backend } from '../../src/ports/backend.ts';
import type { RunRecord } from '../../src/ports/journal.ts';
import { transitionsOf, type Transitions } from './transitions.ts';
import { workflows } from './scenarios.ts';

/** One run, as its journal tells it. */
export interface Story {
  readonly id: string;
  readonly record: RunRecord;
  readonly entries: readonly Entry[];
  readonly events: readonly RunEvent[];
  readonly run: Run;
  readonly program: Program;
  readonly transitions: Transitions;
  /** What the engine would go on with: from the snapshot, where there is one. */
  readonly loaded: Run;
  /** Blobs that it names and that are not there. */
  readonly missing: readonly string[];
}

export interface Evidence {
  readonly stories: ReadonlyMap<string, Story>;
  /** Messages that were said to have been taken, and that the inbox does not know. */
  readonly lost: readonly string[];
}

export interface Look {
  /** Stories that had ended then are not read again. */
  readonly before: Evidence | undefined;
  /** Messages to look for. */
  readonly sent: readonly string[];
}

/** Reads what there is to know of a store that nobody works in. */
export async function gather(dir: string, look: Look): Promise<Evidence> {
  return onCopy(dir, (backend) => gatherFrom(backend, workflows, look));
}

export async function gatherFrom(backend: Backend, known: readonly AnyWorkflow[], { before, sent }: Look): Promise<Evidence> {
  const library = new Library(backend.plans);
  for (const workflow of known) library.register(workflow);
  const reader = new Reader(backend, library, new Payloads(backend.blobs, () => 0));
  const stories = new Map<string, Story>();
  for (const record of await backend.runs.list({})) {
    const old = before?.stories.get(record.run);
    const ended = old !== undefined && hasEnded(old.run) && record.endedAt !== undefined;
    stories.set(record.run, ended ? { ...old, record } : await read(backend, reader, record));
  }
  const lost: string[] = [];
  // The inbox refuses to say what became of a message that it does not know.
  for (const id of sent) await backend.inbox.outcome(id).catch(() => lost.push(id));
  return { stories, lost };
}

async function read(backend: Backend, reader: Reader, record: RunRecord): Promise<Story> {
  const { run: id } = record;
  const { run: loaded, program } = await reader.must(id);
  const entries = await backend.journal.read(id, 0);
  const run = replay(program, id, entries);
  if (run === undefined) throw new Error(`the journal of ${id} does not begin with its start`);
  const events = entries.flatMap((entry) => entry.events);
  return {
    id,
    record,
    entries,
    events,
    run,
    program,
    transitions: transitionsOf(id, program, events),
    loaded,
    missing: await missingIn(backend, events),
  };
}

const payloadName = /"blob":"(sha256-[0-9a-f]{64})"/g;

async function missingIn(backend: Backend, events: readonly RunEvent[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const [, id = ''] of JSON.stringify(events).matchAll(payloadName))
    if ((await backend.blobs.info(id)) === undefined) missing.push(id);
  return missing;
}

export const sameState = (a: Run, b: Run): boolean => save(a) === save(b);

const copied = ['continuo.db', 'continuo.db-wal'];

export async function onCopy<T>(dir: string, look: (backend: Backend) => Promise<T>): Promise<T> {
  const copy = `${dir}-copy`;
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const name of copied) if (existsSync(join(dir, name))) copyFileSync(join(dir, name), join(copy, name));
  symlinkSync(resolve(dir, 'blobs'), join(copy, 'blobs'));
  const backend = await openSqlite({ dir: copy, role: 'visitor' });
  try {
    return await look(backend);
  } finally {
    await backend.close();
  }
}
