/** What can be asked of a run: by the engine about its work, and by people about the run. */
import type { Json } from '../data/json.ts';
import type { Program } from '../plan/program.ts';
import type { AttemptRef, Fault, ParentRef, Payload } from './events.ts';
import type { Output } from './state.ts';

export interface Start {
  readonly project: string;
  readonly input: Payload;
  readonly queued?: boolean;
  readonly priority?: number;
  /** What its caller will pay at most, in dollars; the plan's own limit holds as well. */
  readonly budget?: number;
  readonly depth?: number;
  readonly parent?: ParentRef;
  readonly by?: string;
  /** The trace that it belongs to, where that does not follow from its id. */
  readonly trace?: string;
  /** A fork: where it parts from the other run, and what it keeps of it. */
  readonly fork?: {
    readonly run: string;
    readonly trace?: string;
    readonly step: string;
    readonly keep: readonly (readonly [place: number, output: Output | 'skipped' | 'overtaken'])[];
    /** What the joins among them were decided by. */
    readonly joins: readonly (readonly [place: number, live: readonly number[]])[];
  };
}

export type Command =
  // about work: whatever names a stale attempt decides to nothing
  | { readonly type: 'completed'; readonly ref: AttemptRef; readonly output: Payload; readonly source?: 'memo'; readonly agent?: string }
  | { readonly type: 'failed'; readonly ref: AttemptRef; readonly error: Fault; readonly agent?: string }
  /** Whoever made it is gone, and with him whatever he had of it: it is made again, under the next number. */
  | { readonly type: 'lost'; readonly ref: AttemptRef }
  | { readonly type: 'fallback-ended'; readonly result: { readonly output: Payload } | { readonly error: Fault } }
  | { readonly type: 'tick' }
  | { readonly type: 'admit' }
  | { readonly type: 'hear'; readonly emission: number; readonly name: string; readonly data: Payload }
  // from inside an attempt: a stale one is told so
  | { readonly type: 'record'; readonly ref: AttemptRef; readonly name: string; readonly value: Payload }
  | { readonly type: 'intend-job'; readonly ref: AttemptRef; readonly name: string }
  | { readonly type: 'submit-job'; readonly ref: AttemptRef; readonly name: string; readonly job: Json }
  | { readonly type: 'reserve'; readonly ref: AttemptRef; readonly id: string; readonly amount: number }
  | { readonly type: 'settle'; readonly id: string; readonly amount: number }
  | { readonly type: 'emit'; readonly ref: AttemptRef; readonly name: string; readonly data: Payload; readonly agent?: string }
  // from people and programs: what does not fit is refused
  | PublicCommand;

/** Commands that may come from another process, as data. */
export type PublicCommand =
  | {
      readonly type: 'answer';
      readonly step: string;
      readonly item?: number;
      readonly choice?: string;
      readonly value?: Payload;
      readonly by: string;
      readonly note?: string;
    }
  | { readonly type: 'signal'; readonly name: string; readonly data: Payload; readonly by?: string }
  | { readonly type: 'pause'; readonly by?: string }
  | { readonly type: 'resume'; readonly by?: string }
  | { readonly type: 'cancel'; readonly by?: string; readonly reason?: string }
  | {
      readonly type: 'retry';
      readonly by?: string;
      readonly step?: string;
      readonly parent?: ParentRef;
      /** Others hold the run's concurrency key. */
      readonly queued?: true;
    }
  | { readonly type: 'skip'; readonly step: string; readonly value: Payload; readonly by?: string; readonly queued?: true };

/** Moving a run to another plan carries a program, so that it is a call of its own. */
export interface Migrate {
  readonly to: Program;
  readonly by?: string;
}
