/** What can be said of a step in the builder, beside its name and its function. */
import type { Duration } from '../data/duration.ts';
import type { Json } from '../data/json.ts';
import type { AgentRef, CapabilityRef, WorkflowRef } from './agent-ref.ts';
import type { StandardSchemaV1 } from './standard-schema.ts';
import type { Workflow } from './workflow.ts';

/** Enough of its dependencies: `any` is the first that is done. Unless the rest may finish, it is cut off. */
export type JoinOptions = 'any' | { readonly atLeast: number; readonly rest?: 'cancel' | 'finish' };

/** What every step can say of its place. */
export interface PlaceOptions<C, After extends string, W, F, J> {
  /** The steps that it depends on; everything so far when it does not say. */
  readonly after?: readonly After[];
  /** It waits for some of them alone; without it, until all of them have settled. */
  readonly join?: J;
  /** Skips the step where it gives false. */
  readonly when?: (context: C) => W;
  readonly onFailure?: F;
  readonly description?: string;
}

export interface RetryOptions {
  readonly max: number;
  /** How the delay grows; exponentially by default. */
  readonly backoff?: 'fixed' | 'linear' | 'exponential';
  /** The first delay; a second by default. */
  readonly delay?: Duration;
  /** No delay grows beyond this. */
  readonly cap?: Duration;
  /** 0..1: the share of a delay that is drawn at random. */
  readonly jitter?: number;
  /** Retry only errors with these codes. */
  readonly only?: readonly string[];
  /** Never retry errors with these codes. */
  readonly except?: readonly string[];
}

export type TimeoutOptions = Duration | { readonly attempt?: Duration; readonly total?: Duration };
export type BudgetOptions = number | { readonly limit: number; readonly onLimit?: 'degrade' | 'ask' | 'stop' };

type SomeAgent = AgentRef<never, unknown> | CapabilityRef<never, unknown> | string;

/** Who undoes the step when the run fails after it, and with what: `{ input, output }` by default. */
export type UndoOptions<Input, Output> =
  | SomeAgent
  | {
      readonly agent: SomeAgent;
      readonly input?: (own: { readonly input: Input; readonly output: Output }) => unknown;
      readonly retry?: RetryOptions;
    };

export interface WorkOptions<C, After extends string, W, F, J, Input, Output> extends PlaceOptions<C, After, W, F, J> {
  readonly retry?: RetryOptions;
  /** Of one attempt; `{ total }` is over all of them. */
  readonly timeout?: TimeoutOptions;
  readonly heartbeat?: Duration;
  readonly undo?: UndoOptions<Input, Output>;
  readonly memo?: boolean;
  readonly priority?: number;
  readonly resources?: Readonly<Record<string, number>>;
  readonly budget?: BudgetOptions;
}

export interface MapOptions<C, After extends string, W, F, J, Input, Output, T, E> extends WorkOptions<
  C,
  After,
  W,
  F,
  J,
  readonly Input[],
  readonly Output[]
> {
  readonly concurrency?: number;
  /** How many items may fail; they are null in the output. */
  readonly tolerate?: T;
  /** How many items must be done; the others are let go, and null in the output. Not beside `tolerate`. */
  readonly enough?: E;
}

export type Items<Output, T, E> = [T, E] extends [0, never] ? readonly Output[] : readonly (Output | null)[];

export type Callee<Input, Output> = Workflow<Input, Output> | WorkflowRef<Input, Output>;
export type Worker<Input, Output> = AgentRef<Input, Output> | CapabilityRef<Input, Output> | Callee<Input, Output> | string;

export interface GateOptions<C, After extends string, W, F, J, Earlier extends string> extends PlaceOptions<C, After, W, F, J> {
  /** Where a refusal leads: back to an earlier step, at most `max` times. */
  readonly otherwise?: { readonly backTo: NoInfer<Earlier>; readonly max: number; readonly keepBest?: (context: C) => number };
  /** What a refusal means in the end. */
  readonly exhausted?: 'fail' | 'continue';
}

export interface GateOutput<Verdict> {
  readonly passed: boolean;
  readonly round: number;
  readonly verdict: Verdict;
  /** The round whose outputs were kept as the best. */
  readonly kept?: number;
}

interface AskBase<C, After extends string, W, F, J> extends PlaceOptions<C, After, W, F, J> {
  readonly question: string | ((context: C) => string);
  /** What the person should see beside the question. */
  readonly show?: (context: C) => unknown;
  readonly deadline?: Duration;
  /** How many must agree. */
  readonly quorum?: number;
  /** Who may answer; everybody when absent. */
  readonly who?: readonly string[];
}

export interface AskChoices<C, After extends string, W, F, J, Choice extends string> extends AskBase<C, After, W, F, J> {
  readonly choices: readonly Choice[];
  readonly form?: never;
  /** Taken at the deadline. */
  readonly otherwise?: NoInfer<Choice>;
}

export interface AskForm<C, After extends string, W, F, J, Form> extends AskBase<C, After, W, F, J> {
  readonly choices?: never;
  /** A schema, or a JSON Schema. */
  readonly form: Form;
  readonly otherwise?: NoInfer<ValueOf<Form>>;
}

export type ValueOf<Form> = Form extends StandardSchemaV1<unknown, infer Value> ? Value : Json;

export type Answered<What> = What & {
  readonly by: string;
  readonly note?: string;
  /** All answers, where several people had to agree. */
  readonly answers?: readonly (What & { readonly by: string; readonly note?: string })[];
};

interface WaitTime<C> {
  readonly duration?: Duration;
  /** An ISO date-time with its zone, or milliseconds since 1970. */
  readonly until?: string | number | ((context: C) => string | number);
  readonly signal?: never;
  readonly event?: never;
}

interface WaitSignal<Signal extends string, Form> {
  readonly signal: Signal;
  /** Of what comes with it. */
  readonly schema?: Form;
  readonly deadline?: Duration;
  /** Taken at the deadline. */
  readonly otherwise?: NoInfer<ValueOf<Form>>;
  readonly event?: never;
}

interface WaitEvent<Event extends string> {
  readonly event: Event;
  readonly deadline?: Duration;
  /** Taken at the deadline. */
  readonly otherwise?: Json;
  readonly signal?: never;
}

export type WaitOptions<C, After extends string, W, F, J, Signal extends string, Event extends string, Form> = PlaceOptions<
  C,
  After,
  W,
  F,
  J
> &
  (WaitTime<C> | WaitSignal<Signal, Form> | WaitEvent<Event>);

export type WaitOutput<Signal, Event, Form> = [Signal] extends [never] ? ([Event] extends [never] ? null : Json) : ValueOf<Form>;
