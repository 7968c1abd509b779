/**
 * One attempt as whoever makes it holds it: of a run that is worked here (`Hand`), or on another node (`RemoteHand`).
 */
import type { Json } from '../core/data/json.ts';
import type { Worker } from '../core/plan/model.ts';
import type { Command } from '../core/run/commands.ts';
import type { AttemptRef } from '../core/run/events.ts';
import type { Records } from '../core/run/state.ts';
import type { Traced } from './traces/span-ids.ts';

/** What an attempt has to say to its run. */
export type FromAttempt = Extract<
  Command,
  { readonly type: 'completed' | 'failed' | 'record' | 'intend-job' | 'submit-job' | 'emit' | 'lost' }
>;

export interface Held {
  /** Of a run that belongs to this node. */
  readonly own: boolean;
  readonly run: Traced & { readonly project: string; readonly workflow: string };
  /** Id of the step. */
  readonly step: string;
  /** The task's name, `pictures[3]`. */
  readonly key: string;
  readonly ref: AttemptRef;
  /** Who should make it. */
  readonly worker: Worker;
  readonly action: string;
  readonly priority: number;
  readonly records: Records;
  readonly memo: boolean;
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  /** What its resources are, of those that engines share out. */
  readonly resources: Readonly<Record<string, number>> | undefined;
  input(): Json | Promise<Json>;
  /** Undefined where the step is visited for the first time. */
  feedback(): Json | undefined | Promise<Json | undefined>;
  /** What the run has spent, in dollars. */
  spent(): number;
  /** Resolves when the run has written it down; rejects where the attempt no longer counts. `memo`: the key under which the result is remembered. */
  tell(said: FromAttempt, memo?: string): Promise<void>;
  /** Reserves money here and in the runs above; answers with the way to settle it. */
  reserve(id: string, amount: number): Promise<(actual: number) => Promise<void>>;
  /** It was let go: its result is nobody's business any more. */
  readonly released: boolean;
  /** It was neither let go, nor has it ended: it may have effects. */
  readonly counts: boolean;
  /** Made when somebody asks: most attempts never look. */
  readonly signal: AbortSignal;
  /** The agent has answered: there is nobody left to abort. */
  finish(): void;
  /** Its end was told, or will be told by nobody. */
  over(): void;
  /** Tells the agent to stop; its attempt still counts, and has this end. */
  abort(reason: string): void;
}
