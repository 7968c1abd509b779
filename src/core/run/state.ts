/**
 * A run as it stands: the fold of its journal (evolve.ts). Immutable; an evolve
 * copies the path that it changes and shares the rest.
 *
 * S1. Every field follows from the journal. Nothing here may be set by the engine.
 * S2. States are tagged unions; a step is in exactly one.
 * S3. Instants in `deadline`, `until` and `retryAt` are in the run's own time, which
 *     stands still while the run is paused (time.ts); `at` and `since` are wall time.
 * S4. `active` holds exactly the steps whose state is `active`, in the order in which
 *     they became so.
 */
import type { Json } from '../data/json.ts';
import type { Vector } from '../data/vector.ts';
import type { Answer, Fault, HeldQuestion, ParentRef, Payload, Reservation, SkipReason, Source } from './events.ts';

export type Status = 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

export type Phase =
  /** Accepted; others hold its concurrency key. */
  | {
      readonly is: 'queued';
      /** Wall time at which it began to wait, where that is not its start. */
      readonly since?: number;
    }
  | { readonly is: 'forward' }
  /** It will fail (or be cancelled); attempts in hand may still finish, nothing new starts. */
  | { readonly is: 'draining'; readonly end: Ending }
  /** Compensation runs, last finished step first. */
  | { readonly is: 'undoing'; readonly end: Ending; readonly todo: readonly number[]; readonly task?: Task }
  | { readonly is: 'fallback'; readonly error: Fault; readonly plan: string; readonly since: number }
  | { readonly is: 'succeeded'; readonly at: number; readonly output: Payload }
  | { readonly is: 'failed'; readonly at: number; readonly error: Fault }
  | { readonly is: 'cancelled'; readonly at: number; readonly reason?: string };

export type Ending = { readonly as: 'failed'; readonly error: Fault } | { readonly as: 'cancelled'; readonly reason?: string };

/** What an agent recorded under a name inside an attempt. */
export type Recorded =
  | { readonly is: 'value'; readonly value: Payload }
  | { readonly is: 'intended'; readonly attempt: number }
  | { readonly is: 'submitted'; readonly job: Json };

export type Records = Readonly<Record<string, Recorded>>;

/** One piece of an agent's (or a child run's) work, over all its attempts in one visit. */
export interface Task {
  readonly is: 'running' | 'backoff' | 'held';
  readonly attempt: number;
  /** Attempts made before the allowance of retries was last renewed by hand. */
  readonly forgiven: number;
  /** How many attempts in a row were lost with whoever made them. */
  readonly lost?: number;
  /** When the first attempt began, in run time: the total timeout counts from here. */
  readonly first: number;
  /** When this attempt began, in run time. */
  readonly since: number;
  /** Wall time at which it came to be what it `is`. */
  readonly at: number;
  readonly retryAt?: number;
  readonly error?: Fault;
  readonly question?: HeldQuestion;
  readonly records: Records;
}

export type Item =
  | { readonly is: 'idle' }
  | { readonly is: 'active'; readonly task: Task }
  | { readonly is: 'done'; readonly output: Payload }
  /** `retry`: it failed in an earlier try, and this one has yet to start it again. */
  | { readonly is: 'failed'; readonly error: Fault; readonly attempts: number; readonly records: Records; readonly retry?: true };

export type Work =
  | { readonly do: 'task'; readonly task: Task }
  | {
      readonly do: 'map';
      readonly items: Vector<Item>;
      /** Items before this one have been started, or were finished by an earlier try. */
      readonly next: number;
      /** How many items are active, how many of these have an attempt in hand, and how many are done or have failed for good. */
      readonly open: number;
      readonly running: number;
      readonly done: number;
      readonly failed: number;
    }
  | {
      readonly do: 'ask';
      readonly question: string;
      readonly show?: Payload;
      readonly deadline?: number;
      readonly answers: readonly Answer[];
    }
  /** `wall`: `until` is wall time, which pauses do not move. */
  | { readonly do: 'wait'; readonly until?: number; readonly wall?: true };

export type Output = Payload | { readonly items: Vector<Item> };

export type StepState =
  | { readonly is: 'idle'; readonly visit: number; readonly feedback?: Feedback; readonly keep?: Kept }
  | { readonly is: 'active'; readonly visit: number; readonly feedback?: Feedback; readonly since: number; readonly work: Work }
  | {
      readonly is: 'done';
      readonly visit: number;
      readonly feedback?: Feedback;
      readonly output: Output;
      readonly attempts: number;
      /** Position in the order of completion: undo goes through it backwards. */
      readonly order: number;
      readonly at: number;
      readonly source?: Source;
      readonly undone?: true;
    }
  | { readonly is: 'skipped'; readonly visit: number; readonly why: SkipReason }
  | {
      readonly is: 'failed';
      readonly visit: number;
      readonly feedback?: Feedback;
      readonly error: Fault;
      readonly attempts: number;
      readonly at: number;
      readonly handled: boolean;
      readonly keep?: Kept;
    };

/** What a later retry of a failed step need not do again. */
export interface Kept {
  readonly attempts: number;
  readonly records?: Records;
  readonly items?: Vector<Item>;
}

/** Why a step is visited again, for its transformer and its agent. */
export interface Feedback {
  readonly by: number;
  readonly round: number;
  readonly verdict: Json;
  /** The steps that are being done again, as the last round left them. */
  readonly previous: readonly (readonly [step: number, output: Output])[];
}

/** The bounded way back that belongs to a gate or to a step with `onFailure.goTo`. */
export interface Loop {
  readonly round: number;
  readonly best?: {
    readonly score: number;
    readonly round: number;
    readonly steps: readonly (readonly [step: number, state: StepState])[];
    /** What their joins were decided by. */
    readonly joins: Run['joins'];
  };
}

export interface Signal {
  readonly name: string;
  readonly data: Payload;
  readonly by?: string;
}

export interface Money {
  readonly limit?: number;
  readonly spent: number;
  readonly reserved: Readonly<Record<string, Reservation>>;
  readonly byStep: Readonly<Record<number, number>>;
}

/** An attempt that failed, or what else went wrong with a step, or with the run. */
export interface PastError {
  readonly step?: string;
  readonly item?: number;
  readonly attempt?: number;
  readonly undo?: true;
  readonly code: string;
  readonly message: string;
  readonly at: number;
}

export interface Run {
  readonly id: string;
  /** Number of the next event. */
  readonly seq: number;
  readonly plan: string;
  /** How often it has moved to another plan. */
  readonly epoch: number;
  readonly workflow: string;
  readonly project: string;
  readonly phase: Phase;
  readonly input: Payload;
  readonly priority: number;
  readonly depth: number;
  readonly parent?: ParentRef;
  readonly forkedFrom?: { readonly run: string; readonly step: string; readonly trace?: string };
  /** The trace that it was started in; its own when absent. */
  readonly trace?: string;
  readonly startedAt: number;
  /** How often it was tried again after its end, and when last, in wall time. */
  readonly again?: { readonly tries: number; readonly at: number };
  /** When the present try of the run began, in run time: its timeout counts from here. */
  readonly began: number;
  readonly updatedAt: number;
  /** Wall time at which the run was paused, while it is. */
  readonly pausedAt?: number;
  /** How long it has stood still in all, before that. */
  readonly stoodStill: number;
  readonly steps: Vector<StepState>;
  readonly active: readonly number[];
  readonly completions: number;
  readonly loops: Readonly<Record<number, Loop>>;
  /** Joins that were decided, in the present visit of their steps: the dependencies by which they were. */
  readonly joins: Readonly<Record<number, readonly number[]>>;
  /** How many visits there were of steps for which an earlier one was restored. */
  readonly visits?: Readonly<Record<number, number>>;
  /** Of compensation: how many attempts there were, and what the last had done of its visit. The next one goes on from there. */
  readonly undos?: Readonly<Record<number, { readonly visit: number; readonly attempts: number; readonly records: Records }>>;
  /** Signals and answers that nothing has taken yet. */
  readonly signals: readonly Signal[];
  readonly early: readonly { readonly step: number; readonly answer: Answer }[];
  /** Events of the bus up to this one have been seen. */
  readonly heard: number;
  readonly decisions: readonly { readonly step: number; readonly at: number; readonly answer: Answer }[];
  readonly money: Money;
  /** What went wrong so far (error-history.ts). */
  readonly errors?: readonly PastError[];
}
