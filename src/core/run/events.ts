/**
 * What can happen to a run. A journal is a list of these and nothing else.
 *
 * E1. Append-only for ever: a published event keeps its meaning. New facts are new
 *     events or new optional fields, never new meanings.
 * E2. An event says what was decided, not what may be computed: inputs of steps are
 *     not in here, because they follow from the plan and from what is.
 * E3. `step` is the step's position in the plan; `item` its place in a map.
 */
import type { Json } from '../data/json.ts';

/** A value that lies in the journal, or, when it is large, in a blob. */
export type Payload = { readonly value: Json } | { readonly blob: string; readonly bytes: number };

/** An error as data: stable code, sentence, and whether trying again can help. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly retryable?: boolean;
  readonly details?: Json;
}

/** One attempt at one piece of work. Every result names it: a stale one decides to nothing. */
export interface AttemptRef {
  readonly step: number;
  readonly item?: number;
  readonly undo?: true;
  readonly visit: number;
  readonly attempt: number;
  /** How many times the run had changed its plan: a place means something in one plan only. */
  readonly epoch?: number;
}

/** The attempt of another run that waits for this one. */
export interface ParentRef {
  readonly run: string;
  readonly ref: AttemptRef | 'fallback';
  /** Of a fallback: since which event of the other run it is wanted. */
  readonly since?: number;
}

/** Where a recorded output came from, when no agent made it in this run. */
export type Source = 'memo' | 'skip' | 'fork' | 'deadline';

/** Its condition said no; nothing leads to it; what it was wanted for goes on without it. */
export type SkipReason = 'when' | 'dependencies' | 'overtaken';

export interface Reservation {
  readonly id: string;
  readonly step: number;
  readonly amount: number;
}

export type RunEvent =
  // the run
  | {
      readonly type: 'run.started';
      readonly plan: string;
      readonly workflow: string;
      readonly project: string;
      readonly input: Payload;
      readonly steps: number;
      readonly queued?: true;
      readonly priority?: number;
      readonly budget?: number;
      readonly depth?: number;
      readonly parent?: ParentRef;
      /** `trace`: of the other run, where it does not follow from its id. */
      readonly forkedFrom?: { readonly run: string; readonly step: string; readonly trace?: string };
      readonly by?: string;
      /** The trace that the run belongs to, as a `traceparent`; where absent, it follows from the run's id. */
      readonly trace?: string;
    }
  | { readonly type: 'run.admitted' }
  | { readonly type: 'run.paused'; readonly by?: string }
  | { readonly type: 'run.resumed'; readonly by?: string }
  | { readonly type: 'run.failing'; readonly error: Fault; readonly drain: boolean }
  | { readonly type: 'run.cancelling'; readonly by?: string; readonly reason?: string }
  | { readonly type: 'run.undoing'; readonly steps: readonly number[] }
  | { readonly type: 'run.fallback'; readonly plan: string }
  | {
      readonly type: 'run.retried';
      readonly by?: string;
      readonly steps: readonly number[];
      readonly parent?: ParentRef;
      /** Others hold its concurrency key: it waits for its turn again. */
      readonly queued?: true;
    }
  | {
      readonly type: 'run.migrated';
      readonly plan: string;
      readonly steps: number;
      readonly moved: readonly (readonly [from: number, to: number])[];
      readonly by?: string;
    }
  | { readonly type: 'run.succeeded'; readonly output: Payload }
  | { readonly type: 'run.failed'; readonly error: Fault }
  | { readonly type: 'run.cancelled'; readonly reason?: string }
  // work
  /** `lost`: in place of the attempt before, of which nobody will hear again. */
  | ({ readonly type: 'task.started'; readonly lost?: true } & AttemptRef)
  | ({ readonly type: 'task.completed'; readonly output: Payload; readonly source?: 'memo'; readonly agent?: string } & AttemptRef)
  | ({ readonly type: 'task.failed'; readonly error: Fault; readonly retryAt?: number; readonly agent?: string } & AttemptRef)
  | ({ readonly type: 'task.held'; readonly question: HeldQuestion } & AttemptRef)
  | { readonly type: 'task.released'; readonly step: number; readonly item?: number; readonly answer: Json; readonly by?: string }
  | ({ readonly type: 'task.recorded'; readonly name: string; readonly value: Payload } & AttemptRef)
  | ({ readonly type: 'job.intended'; readonly name: string } & AttemptRef)
  | ({ readonly type: 'job.submitted'; readonly name: string; readonly job: Json } & AttemptRef)
  | { readonly type: 'map.opened'; readonly step: number; readonly visit: number; readonly items: number }
  | { readonly type: 'item.kept'; readonly step: number; readonly item: number }
  | { readonly type: 'map.closed'; readonly step: number; readonly visit: number }
  // steps
  | {
      readonly type: 'step.completed';
      readonly step: number;
      readonly visit: number;
      readonly output: Payload;
      readonly source?: Source;
      readonly by?: string;
    }
  | { readonly type: 'step.skipped'; readonly step: number; readonly why: SkipReason }
  /** Enough of its dependencies are done, these: it waits for the others no longer. */
  | { readonly type: 'step.joined'; readonly step: number; readonly live: readonly number[] }
  | { readonly type: 'step.failed'; readonly step: number; readonly visit: number; readonly error: Fault; readonly handled: boolean }
  | {
      readonly type: 'step.reopened';
      /** Back to this step … */
      readonly step: number;
      /** … because this one refused or failed … */
      readonly by: number;
      /** … for this time. */
      readonly round: number;
      readonly verdict: Json;
    }
  | {
      readonly type: 'gate.refused';
      readonly step: number;
      readonly visit: number;
      readonly round: number;
      readonly score?: number;
      readonly verdict: Json;
    }
  | { readonly type: 'gate.kept'; readonly step: number; readonly visit: number; readonly round: number }
  // people and signals
  | {
      readonly type: 'ask.opened';
      readonly step: number;
      readonly visit: number;
      /** As it was put: who decides, and who looks later, sees the same words. */
      readonly question: string;
      readonly show?: Payload;
      readonly deadline?: number;
    }
  | ({ readonly type: 'ask.answered'; readonly step: number } & Answer)
  | { readonly type: 'wait.opened'; readonly step: number; readonly visit: number; readonly until?: number; readonly wall?: true }
  | { readonly type: 'signal.received'; readonly name: string; readonly data: Payload; readonly by?: string; readonly emit?: number }
  | { readonly type: 'signal.taken'; readonly name: string; readonly step: number }
  // events and money
  | { readonly type: 'emitted'; readonly name: string; readonly data: Payload; readonly step?: number; readonly agent?: string }
  | ({ readonly type: 'money.reserved' } & Reservation)
  | { readonly type: 'money.settled'; readonly id: string; readonly amount: number }
  | { readonly type: 'money.raised'; readonly by?: string; readonly limit: number };

export interface Answer {
  readonly choice?: string;
  readonly value?: Payload;
  readonly by: string;
  readonly note?: string;
}

/** A question that work in hand could not go on without. */
export type HeldQuestion =
  | { readonly about: 'job'; readonly name: string; readonly text: string }
  | { readonly about: 'budget'; readonly text: string; readonly needed: number }
  /** A budget that the run does not own: somebody has to raise it elsewhere, and say so here. */
  | { readonly about: 'limit'; readonly text: string; readonly of: string };

/** One append: consecutive events that became durable together. */
export interface Entry {
  /** Number of the first event: taking it is the lock. */
  readonly seq: number;
  readonly at: number;
  readonly events: readonly RunEvent[];
}
