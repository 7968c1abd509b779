/** What an actor and the engine around it ask of each other. */
import type { ContinuoError } from '../core/errors.ts';
import type { Program } from '../core/plan/program.ts';
import type { Decision } from '../core/run/decide.ts';
import type { RunEvent } from '../core/run/events.ts';
import type { Shelf } from '../core/run/scope.ts';
import type { Run } from '../core/run/state.ts';
import type { Append, RunRecord } from '../ports/journal.ts';
import type { Hand } from './hand.ts';
import type { RunActor } from './run-actor.ts';
import type { Standing } from './traces/run-spans.ts';

/** How many events a load would have to fold, and how many a snapshot covers. */
export interface Tail {
  events: number;
  covered: number;
}

/** What an actor needs of the engine. */
export interface Host {
  now(): number;
  append(write: Append): Promise<void>;
  /** A message of the inbox was carried out, and there was nothing to append for it. */
  settle(message: string): Promise<void>;
  offload(events: readonly RunEvent[]): readonly RunEvent[] | Promise<readonly RunEvent[]>;
  /** Evaluates something pure, with the large values that it asks for. */
  evaluate<T>(shelf: Shelf, how: () => T): T | Promise<T>;
  /** Money for an attempt, here and in the runs above. */
  reserve(hand: Hand, id: string, amount: number): Promise<(actual: number) => Promise<void>>;
  /** The run's record after these events, where it differs from the one before. */
  record(actor: RunActor, program: Program, run: Run, events: readonly RunEvent[]): RunRecord | undefined;
  /** The events are durable; nothing was before the first. */
  committed(actor: RunActor, events: readonly RunEvent[], before: Standing | undefined): void;
  /** An attempt, or a child run, should be in the world. */
  take(hand: Hand): void;
  /** It should not be any more. */
  drop(hand: Hand, reason: string): void;
  /** The run's actor as it is loaded now. */
  actor(id: string): Promise<RunActor>;
  /** The actor has nothing to do. */
  rested(actor: RunActor): void;
  /** It may write no more: the run belongs to another node. */
  disowned(actor: RunActor, why: ContinuoError): void;
  /** Its state in memory is behind the journal. */
  reload(actor: RunActor): Promise<Run>;
}

/** How a command decides: `decide`, or a move to another plan. */
export type Decide = (program: Program, run: Run, now: number, shelf: Shelf) => Decision;

/** What becomes durable with a command's events. */
export interface CommandExtra {
  readonly consumes?: string;
  readonly memo?: string;
  /** The plan that the run goes by once the events are durable. */
  readonly program?: Program;
  /** It can be decided without the plan's functions. */
  readonly codeless?: true;
}
