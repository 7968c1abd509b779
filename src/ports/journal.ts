import type { Entry } from '../core/run/events.ts';
import type { Status } from '../core/run/state.ts';

/** What can be asked of a run without reading its journal. Written with the append that changes it. */
export interface RunRecord {
  readonly run: string;
  readonly project: string;
  readonly workflow: string;
  /** Content hash of the plan that it goes by. */
  readonly plan: string;
  readonly status: Status;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly endedAt?: number;
  /** When it must be looked at again, if nothing happens before. */
  readonly wakeAt?: number;
  /** Accepted, and waiting for its concurrency key. */
  readonly queued: boolean;
  readonly concurrencyKey?: string;
  /** The caller's key: a second start with it is the same start. Unique within a project. */
  readonly idempotencyKey?: string;
  readonly parent?: string;
  readonly priority: number;
  /** Steps that failed for good: the dead-letter view lists runs with any. */
  readonly dead: number;
  /** Questions that wait for a person. */
  readonly questions: number;
  /** Names of bus events that its plan waits for. */
  readonly awaits: readonly string[];
  /** Attempts or children in hand when it was written: such a run is taken up again after a crash. */
  readonly busy: boolean;
  /** When a finished run may be removed. */
  readonly expiresAt?: number;
  /** Code and sentence of the error that ended it. */
  readonly error?: { readonly code: string; readonly message: string };
}

export interface Emission {
  readonly run: string;
  readonly project: string;
  readonly name: string;
  /** The event's data as JSON text. */
  readonly data: string;
  readonly at: number;
}

export interface MemoRecord {
  readonly project: string;
  readonly key: string;
  /** JSON text. */
  readonly value: string;
}

/** Everything that becomes durable together with a run's next events, or not at all. */
export interface Append extends Entry {
  readonly run: string;
  /** The run's record as it is after this append; absent when nothing in it changed. */
  readonly record?: RunRecord;
  readonly emissions?: readonly Emission[];
  readonly memos?: readonly MemoRecord[];
  /** Messages of the inbox that this append answers. */
  readonly consumes?: readonly string[];
}

export interface Snapshot {
  /** The snapshot stands for all events before this one. */
  readonly seq: number;
  readonly state: string;
}

/**
 * J0. A run's first append carries its record. An append without events is held to the
 *     number all the same.
 * J1. `append` succeeds for exactly one writer per event number, and only at the end
 *     of the run's journal: a taken number or a gap is JOURNAL_CONFLICT.
 * J2. When `append` resolves, the whole of it survives a power cut. When it rejects,
 *     nothing of it is there.
 * J3. A snapshot replaces the one before; it may be lost without harm.
 */
export interface Journal {
  append(write: Append): Promise<void>;
  /** Entries from event number `from` on, in order; at most `limit`, where one is given. */
  read(run: string, from: number, limit?: number): Promise<readonly Entry[]>;
  snapshot(run: string): Promise<Snapshot | undefined>;
  saveSnapshot(run: string, snapshot: Snapshot): Promise<void>;
  /** Takes runs away whole: journal, snapshot, record, and what they asked the gateway and were told. The books stay. */
  remove(runs: readonly string[]): Promise<void>;
}

export interface RunQuery {
  readonly project?: string;
  /** Of any of these projects. */
  readonly projects?: readonly string[];
  readonly workflow?: string;
  readonly status?: readonly Status[];
  /** Created at this time or later. */
  readonly from?: number;
  readonly parent?: string;
  /** Runs that others called and that have not ended. */
  readonly called?: true;
  readonly concurrencyKey?: string;
  readonly queued?: boolean;
  readonly busy?: boolean;
  readonly dead?: boolean;
  readonly withQuestions?: boolean;
  /** Runs whose plan waits for this bus event and that have not ended. */
  readonly awaits?: string;
  readonly expiredAt?: number;
  /** Newest first unless `oldestFirst`. */
  readonly oldestFirst?: boolean;
  /** Continue after this run (the last of the page before). */
  readonly after?: string;
  readonly limit?: number;
}

/** How many runs have not ended. */
export interface RunTally {
  readonly running: number;
  readonly waiting: number;
  readonly paused: number;
  /** Of all of these, those that wait for their concurrency key … */
  readonly queued: number;
  /** … and those that wait for a person. */
  readonly asking: number;
}

/**
 * The index of runs, ordered by `createdAt` and then by arrival. A query without a limit
 * gives all; `after` a run that is not there is RUN_UNKNOWN.
 */
export interface Runs {
  get(run: string): Promise<RunRecord | undefined>;
  byKey(project: string, idempotencyKey: string): Promise<RunRecord | undefined>;
  list(query: RunQuery): Promise<readonly RunRecord[]>;
  tally(): Promise<RunTally>;
  /** Unfinished, not paused runs with `wakeAt` at or before `now`, earliest first. */
  due(now: number, limit: number): Promise<readonly string[]>;
  nextWake(): Promise<number | undefined>;
}

/** Plans by content hash. */
export interface Plans {
  save(hash: string, plan: string): Promise<void>;
  load(hash: string): Promise<string | undefined>;
}

/** What runs told the world, in one order, with the place up to which triggers have acted. A cursor never goes back. */
export interface Topic {
  after(id: number, limit: number): Promise<readonly (Emission & { readonly id: number })[]>;
  cursor(name: string): Promise<number>;
  advance(name: string, to: number): Promise<void>;
}

export interface Memos {
  get(project: string, key: string): Promise<string | undefined>;
  /** JSON texts of all values, a page at a time: blob collection looks for references in them. */
  texts(after: number, limit: number): Promise<readonly { readonly id: number; readonly text: string }[]>;
}

/** A command from another process (or node) to whoever works the run. */
export interface Message {
  readonly id: string;
  readonly run: string;
  /** JSON text of the command. */
  readonly command: string;
  readonly at: number;
  /** Nobody will ask what became of it: it may be forgotten once it was handled. */
  readonly unasked?: true;
}

/**
 * I0. A message with an id that is there is the same message; its first answer counts.
 * I1. A sent message waits until an append consumes it or it is refused; it survives
 *     restarts of both sides.
 * I2. An append that consumes a message which no longer waits is rejected with MESSAGE_SETTLED, and nothing of it is
 *     there: what the message says was done by somebody else. Its details name the messages, `{ "messages": [ids] }`.
 */
export interface Inbox {
  send(message: Message): Promise<void>;
  pending(limit: number): Promise<readonly Message[]>;
  /** The command cannot be carried out; the sender may read why. */
  refuse(id: string, error: string): Promise<void>;
  /** The command was carried out without an append that could consume it. */
  settle(id: string): Promise<void>;
  /** `waiting` in the inbox, `done`, or the refusal. */
  outcome(id: string): Promise<{ readonly is: 'waiting' } | { readonly is: 'done' } | { readonly is: 'refused'; readonly error: string }>;
  /** Calls back soon after messages arrive from elsewhere, or were answered elsewhere; answers with its own end. */
  watch(onArrival: () => void): () => void;
}
