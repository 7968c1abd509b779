/**
 * The types of the builder.
 *
 * B1. `Steps` has one entry a step: what later functions see of it, and where it stands.
 * B2. A function sees exactly the steps that precede its own, by name.
 * B3. What may not have run is `| undefined`; a step all of whose predecessors may be
 *     skipped may be skipped itself.
 */
import type { Json } from '../data/json.ts';
import type {
  Answered,
  AskChoices,
  AskForm,
  Callee,
  GateOptions,
  GateOutput,
  Items,
  JoinOptions,
  MapOptions,
  PlaceOptions,
  ValueOf,
  WaitOptions,
  WaitOutput,
  WorkOptions,
  Worker,
} from './builder-options.ts';
import type { Workflow } from './workflow.ts';

export type { AgentRef, CapabilityRef, WorkflowRef } from './agent-ref.ts';

/** What the types know of a step. */
export interface Known<Output = unknown, Before extends string = string, Sure extends boolean = boolean, Rescue extends string = string> {
  readonly output: Output;
  /** All steps that precede it. */
  readonly before: Before;
  /** Whether it runs whatever happens to others. */
  readonly sure: Sure;
  /** The step that it goes to when it fails, where that one is still to come. */
  readonly rescue: Rescue;
}

export type KnownSteps = Readonly<Record<string, Known>>;

/** The types that belong to the whole workflow. */
export interface Signature {
  /** What a run is started with. */
  readonly start: unknown;
  /** What the functions see of it, after the schema. */
  readonly input: unknown;
  /** What a fallback may give in place of the output. */
  readonly fallback: unknown;
}

type Names<S> = keyof S & string;

/** The steps that precede one whose dependencies are `After`. */
type Seen<S extends KnownSteps, After extends Names<S>> = [Names<S>] extends [After]
  ? Names<S>
  : Extract<After | S[After]['before'], Names<S>>;

/** What a round of a loop knows of the one before it. */
export interface Feedback {
  /** The gate, or the step that failed. */
  readonly by: string;
  readonly round: number;
  readonly verdict: Json;
  /** The outputs of the steps that are done again. */
  readonly previous: Readonly<Record<string, Json>>;
}

/** What a function of the plan gets. */
export type Context<G extends Signature, S extends KnownSteps, Visible extends Names<S>> = {
  readonly input: G['input'];
  readonly feedback?: Feedback;
} & { readonly [K in Visible]: S[K]['output'] };

/** Steps that name this one as the place to go to when they fail. */
type RescuedBy<S extends KnownSteps, N extends string> = { [K in Names<S>]: N extends S[K]['rescue'] ? K : never }[Names<S>];

/** What a step comes after when it does not say: everything so far; a rescue comes after what it rescues. */
type Usual<S extends KnownSteps, N extends string> = [RescuedBy<S, N>] extends [never] ? Names<S> : RescuedBy<S, N>;

export type FailureChoice<Earlier extends string> =
  | 'fail'
  | 'continue'
  /** Back to an earlier step. */
  | { readonly goTo: Earlier; readonly max: number }
  /** On to a later step, which takes over. */
  | { readonly goTo: string; readonly max?: never };

type RescueOf<F> = F extends { readonly max: number } ? never : F extends { readonly goTo: infer To extends string } ? To : never;

/** Whether a step with these dependencies runs for sure: after everything, as sure as anything so far. */
type SureAfter<S extends KnownSteps, After extends Names<S>, Q extends boolean> = [Names<S>] extends [After]
  ? Q
  : [After] extends [never]
    ? true
    : true extends S[After]['sure']
      ? true
      : false;

type IsRescue<S extends KnownSteps, N extends string> = [RescuedBy<S, N>] extends [never] ? false : true;
type And<A extends boolean, B extends boolean> = A extends true ? B : false;
type Not<A extends boolean> = A extends true ? false : true;
type IsNever<T> = [T] extends [never] ? true : false;

/** The steps that precede every one of these. */
type BeforeAll<S extends KnownSteps, After extends Names<S>> = {
  [K in Names<S>]: [After] extends [{ [D in After]: K extends S[D]['before'] ? D : never }[After]] ? K : never;
}[Names<S>];

/** What a join may be decided without, and perhaps cut off. */
type Spared<S extends KnownSteps, After extends Names<S>> = Exclude<Seen<S, After>, BeforeAll<S, After>>;

type IsSpared<S extends KnownSteps, After extends Names<S>, K extends Names<S>> = [Extract<K | S[K]['before'], Spared<S, After>>] extends [
  never,
]
  ? false
  : true;

/** The steps as a join leaves them: of those that it may spare, and of what follows from them, none is sure. */
type Joined<S extends KnownSteps, After extends Names<S>, J> = [J] extends [never]
  ? S
  : {
      readonly [K in Names<S>]: IsSpared<S, After, K> extends true
        ? Known<S[K]['output'] | undefined, S[K]['before'], false, S[K]['rescue']>
        : S[K];
    };

/** Whether all of these give an output, whatever happens to others: then there are enough. */
type AllGive<S extends KnownSteps, After extends Names<S>> = [After] extends [
  { [D in After]: S[D]['sure'] extends true ? (undefined extends S[D]['output'] ? never : D) : never }[After],
]
  ? true
  : false;

/** Whether the step itself is always begun, and whether, begun, it always has an output. */
type Begins<S extends KnownSteps, N extends string, After extends Names<S>, W, Q extends boolean, J> = And<
  And<IsNever<W>, Not<IsRescue<S, N>>>,
  [J] extends [never] ? SureAfter<S, After, Q> : AllGive<S, After>
>;
type Gives<F> = F extends 'continue' ? false : IsNever<RescueOf<F>>;

/** The steps with one more. */
export type With<S extends KnownSteps, N extends string, Output, After extends Names<S>, W, F, Q extends boolean, J> = Joined<
  S,
  After,
  J
> & {
  readonly [K in N]: Known<
    And<Begins<S, N, After, W, Q, J>, Gives<F>> extends true ? Output : Output | undefined,
    Seen<S, After>,
    And<Begins<S, N, After, W, Q, J>, IsNever<RescueOf<F>>>,
    RescueOf<F>
  >;
};

/** Whether a step after everything so far is sure to run, once this one is there. */
export type Then<S extends KnownSteps, N extends string, After extends Names<S>, W, F, Q extends boolean, J> =
  IsNever<RescueOf<F>> extends false
    ? false
    : IsNever<J> extends false
      ? And<IsNever<W>, AllGive<S, After>>
      : IsRescue<S, N> extends true
        ? true
        : IsNever<W> extends false
          ? And<Q, Not<IsNever<Names<S>>>>
          : SureAfter<S, After, Q> extends true
            ? true
            : Q;

/** What a function of a step with these dependencies gets. */
type Seeing<G extends Signature, S extends KnownSteps, After extends Names<S>, J> = [J] extends [never]
  ? Context<G, S, Seen<S, After>>
  : JoinContext<G, S, After>;

type JoinContext<G extends Signature, S extends KnownSteps, After extends Names<S>> = {
  readonly input: G['input'];
  readonly feedback?: Feedback;
} & { readonly [K in Seen<S, After>]: IsSpared<S, After, K> extends true ? S[K]['output'] | undefined : S[K]['output'] };

type Failure<S extends KnownSteps, N extends string> = FailureChoice<Names<S> | N>;

/** A gate goes back by its own `otherwise`. */
type GateFailure = 'fail' | 'continue' | { readonly goTo: string; readonly max?: never };

/** A gate's answer that says why. */
export interface Verdict {
  readonly ok: boolean;
}

type AskOutput<Choice, Form> = [Choice] extends [never]
  ? Answered<{ readonly value: ValueOf<Form> }>
  : Answered<{ readonly choice: Choice }>;

/** What a case of a branch starts from: what precedes the branch, and the branch. */
export type CaseSteps<S extends KnownSteps, N extends string, After extends Names<S>, J> = {
  readonly [K in Seen<S, After>]: Joined<S, After, J>[K];
} & {
  readonly [K in N]: Known<{ readonly choice: string }, Seen<S, After>, true, never>;
};

/** Carries the steps of a builder, so that they can be read off what a case returns. Never there at run time. */
export interface Chain<out S> {
  readonly __steps?: S;
}

type StepsOf<C> = C extends (builder: never) => Chain<infer S> ? S : never;

/** The steps of all cases, none of which is sure to run. */
export type WithCases<S, N extends string, Cases> = {
  readonly [K in CaseNames<S, N, Cases>]: Extract<StepsOf<Cases[keyof Cases]>, Readonly<Record<K, Known>>>[K] extends Known<
    infer Output,
    infer Before
  >
    ? Known<Output | undefined, Before, false, never>
    : never;
};

type CaseNames<S, N extends string, Cases> = { [Case in keyof Cases]: Exclude<Names<StepsOf<Cases[Case]>>, keyof S | N> }[keyof Cases];

type Outputs<S extends KnownSteps> = { readonly [K in Names<S>]: S[K]['output'] };

/** A workflow in the making. Every method gives a new one, with a step more; the old one stays as it is. */
export interface Builder<G extends Signature, S extends KnownSteps, Q extends boolean> extends Chain<S> {
  /** Work of an agent, or a call of a workflow. */
  step<
    const N extends string,
    I,
    O = Json,
    A extends Names<S> = Usual<S, N>,
    W extends boolean = never,
    const F extends Failure<S, N> = 'fail',
    const J extends JoinOptions = never,
  >(
    id: N,
    worker: Worker<I, O>,
    input: (context: Seeing<G, S, A, J>) => NoInfer<I>,
    options?: WorkOptions<Seeing<G, S, A, J>, A, W, F, J, I, O>,
  ): Builder<G, With<S, N, O, A, W, F, Q, J>, Then<S, N, A, W, F, Q, J>>;

  /** The same work for every item of a list that is known only at run time; results in order. */
  map<
    const N extends string,
    I,
    O = Json,
    A extends Names<S> = Usual<S, N>,
    W extends boolean = never,
    const F extends Failure<S, N> = 'fail',
    const J extends JoinOptions = never,
    const T extends number = 0,
    const E extends number = never,
  >(
    id: N,
    worker: Worker<I, O>,
    over: (context: Seeing<G, S, A, J>) => readonly NoInfer<I>[],
    options?: MapOptions<Seeing<G, S, A, J>, A, W, F, J, I, O, T, E>,
  ): Builder<G, With<S, N, Items<O, T, E>, A, W, F, Q, J>, Then<S, N, A, W, F, Q, J>>;

  /** A condition to go on; on no, back to an earlier step, with the verdict as its feedback. */
  gate<
    const N extends string,
    V extends boolean | Verdict,
    A extends Names<S> = Usual<S, N>,
    W extends boolean = never,
    const F extends GateFailure = 'fail',
    const J extends JoinOptions = never,
  >(
    id: N,
    test: (context: Seeing<G, S, A, J>) => V,
    options?: GateOptions<Seeing<G, S, A, J>, A, W, F, J, Seen<S, A>>,
  ): Builder<G, With<S, N, GateOutput<V>, A, W, F, Q, J>, Then<S, N, A, W, F, Q, J>>;

  /** One of several ways on. */
  branch<
    const N extends string,
    const Cases extends Readonly<Record<string, (builder: Builder<G, CaseSteps<S, N, A, J>, true>) => Chain<object>>>,
    A extends Names<S> = Usual<S, N>,
    W extends boolean = never,
    const F extends GateFailure = 'fail',
    const J extends JoinOptions = never,
  >(
    id: N,
    choose: (context: Seeing<G, S, A, J>) => NoInfer<Names<Cases>>,
    cases: Cases,
    options?: PlaceOptions<Seeing<G, S, A, J>, A, W, F, J>,
  ): Builder<G, With<S, N, { readonly choice: Names<Cases> }, A, W, F, Q, J> & WithCases<S, N, Cases>, Then<S, N, A, W, F, Q, J>>;

  /** A question to people. */
  ask<
    const N extends string,
    const Choice extends string = never,
    const Form = unknown,
    A extends Names<S> = Usual<S, N>,
    W extends boolean = never,
    const F extends Failure<S, N> = 'fail',
    const J extends JoinOptions = never,
  >(
    id: N,
    options: AskChoices<Seeing<G, S, A, J>, A, W, F, J, Choice> | AskForm<Seeing<G, S, A, J>, A, W, F, J, Form>,
  ): Builder<G, With<S, N, AskOutput<Choice, Form>, A, W, F, Q, J>, Then<S, N, A, W, F, Q, J>>;

  /** For a time, a signal or an event. */
  wait<
    const N extends string,
    const Signal extends string = never,
    const Event extends string = never,
    const Form = unknown,
    A extends Names<S> = Usual<S, N>,
    W extends boolean = never,
    const F extends Failure<S, N> = 'fail',
    const J extends JoinOptions = never,
  >(
    id: N,
    options: WaitOptions<Seeing<G, S, A, J>, A, W, F, J, Signal, Event, Form>,
  ): Builder<G, With<S, N, WaitOutput<Signal, Event, Form>, A, W, F, Q, J>, Then<S, N, A, W, F, Q, J>>;

  /** A workflow, or a plan that an earlier step produced, run as a part of this run. */
  call<
    const N extends string,
    I,
    O = Json,
    A extends Names<S> = Usual<S, N>,
    W extends boolean = never,
    const F extends Failure<S, N> = 'fail',
    const J extends JoinOptions = never,
  >(
    id: N,
    callee: Callee<I, O> | ((context: Seeing<G, S, A, J>) => unknown),
    input: (context: Seeing<G, S, A, J>) => NoInfer<I>,
    options?: WorkOptions<Seeing<G, S, A, J>, A, W, F, J, I, O>,
  ): Builder<G, With<S, N, O, A, W, F, Q, J>, Then<S, N, A, W, F, Q, J>>;

  /** An event for whoever listens on the bus. */
  emit<
    const N extends string,
    A extends Names<S> = Usual<S, N>,
    W extends boolean = never,
    const F extends Failure<S, N> = 'fail',
    const J extends JoinOptions = never,
  >(
    id: N,
    event: string,
    data: (context: Seeing<G, S, A, J>) => unknown,
    options?: PlaceOptions<Seeing<G, S, A, J>, A, W, F, J>,
  ): Builder<G, With<S, N, null, A, W, F, Q, J>, Then<S, N, A, W, F, Q, J>>;

  /** The end: what a run gives. */
  output<Output>(output: (context: Context<G, S, Names<S>>) => Output): Workflow<G['start'], Output | G['fallback']>;

  /** The end; a run gives the outputs of all its steps. */
  build(): Workflow<G['start'], Outputs<S> | G['fallback']>;
}
