/** What is asked of the writer, and what it answers. All of it is plain data: it crosses threads. */
import type { Json } from '../../core/data/json.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { Emission, MemoRecord, Message } from '../../ports/journal.ts';
import type { Take, Taken } from '../../ports/ledger.ts';
import type { AccessAnswers, AccessTask } from './access-writing.ts';
import type { LedgerRow } from './ledger-columns.ts';
import type { RecordRow } from './run-columns.ts';

export interface AppendTask {
  readonly kind: 'append';
  readonly run: string;
  readonly seq: number;
  /** How many events there are. */
  readonly n: number;
  readonly at: number;
  /** JSON text of the list of events. */
  readonly events: string;
  readonly record: RecordRow | undefined;
  readonly emissions: readonly Emission[] | undefined;
  readonly memos: readonly MemoRecord[] | undefined;
  readonly consumes: readonly string[] | undefined;
}

export type Task =
  | AppendTask
  | { readonly kind: 'snapshot'; readonly run: string; readonly seq: number; readonly state: string }
  | { readonly kind: 'remove'; readonly runs: readonly string[] }
  | { readonly kind: 'plan'; readonly hash: string; readonly plan: string }
  | { readonly kind: 'advance'; readonly name: string; readonly to: number }
  | { readonly kind: 'send'; readonly message: Message }
  | { readonly kind: 'refuse'; readonly id: string; readonly error: string }
  | { readonly kind: 'settle'; readonly id: string }
  /** A blob is about to be there, or is put again. */
  | { readonly kind: 'touch'; readonly id: string; readonly bytes: number; readonly type: string; readonly at: number }
  /** Answers whether the blob had rested since before `before`, and is gone now. */
  | { readonly kind: 'forget'; readonly id: string; readonly before: number; readonly file: string }
  | { readonly kind: 'record'; readonly rows: readonly LedgerRow[] }
  /** Answers whether it was granted. */
  | { readonly kind: 'take'; readonly takes: readonly Take[]; readonly now: number }
  | { readonly kind: 'correct'; readonly corrections: readonly Take[]; readonly now: number }
  | AccessTask;

/** What tasks answer that have something to say; `true` is the answer of the rest. */
interface Answers extends AccessAnswers {
  readonly forget: boolean;
  readonly take: Taken;
}

export type AnswerTo<T extends Task> = T['kind'] extends keyof Answers ? Answers[T['kind']] : true;
export type Answer = true | Answers[keyof Answers];

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Json;
}

/** What became of one task. */
export type Outcome = Answer | Failure;

export function isFailure(outcome: Outcome): outcome is Failure {
  return typeof outcome === 'object' && 'code' in outcome;
}

export type ToWriter = readonly Task[] | 'close';

export type FromWriter =
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly failure: Failure }
  /** One transaction, with its tasks in the order in which they were posted. */
  | { readonly is: 'committed'; readonly outcomes: readonly Outcome[] };

export interface WriterOptions {
  readonly path: string;
  readonly maxPages: number | undefined;
}

/** Where writes go: the worker thread of an engine, or a visitor's own connection. */
export interface Writer {
  /** Resolves once the task is durable. */
  write<T extends Task>(task: T): Promise<AnswerTo<T>>;
  close(): Promise<void>;
}
