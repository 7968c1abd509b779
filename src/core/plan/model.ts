/**
 * The plan: a workflow as data.
 *
 * P1. A plan is plain JSON. What cannot be data (an arrow function, a schema's
 *     validator) stands in it as a {@link CodeRef}, which carries a digest of the
 *     source, so that the plan's hash changes when the code does.
 * P2. Durations are whole milliseconds, dependencies are explicit, defaults are
 *     written out: `readPlan` (read.ts) brings every accepted form to this one.
 * P3. Forward edges form a DAG. The only ways back are `gate.otherwise.backTo` and
 *     `onFailure.goTo` to an earlier step, and both are bounded.
 */
import type { Json } from '../data/json.ts';

/** A function that the workflow's code supplies, named by its place in the plan. (An interface would not be Json.) */
export type CodeRef = {
  readonly $code: string;
  readonly digest: string;
};

/**
 * A value computed from the run's input and earlier outputs. Plain JSON means itself;
 * objects with one of the keys below are computed:
 * `$from` a path, `$item` a path into the current item of a map, `$index` its position,
 * `$first` the first that is there, `$compare` [a, operator, b], `$all`, `$any`, `$not`,
 * `$text` a list joined to one string, `$literal` its argument untouched, `$code` a function.
 */
export type Expression = Json | CodeRef;

export interface RetryPolicy {
  readonly maxRetries: number;
  readonly backoffMs: number;
  readonly backoff: 'fixed' | 'linear' | 'exponential';
  /** No delay grows beyond this. */
  readonly capMs?: number;
  /** 0..1: the share of a delay that is drawn (deterministically) at random. */
  readonly jitter?: number;
  /** Retry only errors with these codes. */
  readonly only?: readonly string[];
  /** Never retry errors with these codes. */
  readonly except?: readonly string[];
}

export interface Timeout {
  readonly attempt?: number;
  readonly total?: number;
}

/** What happens when a step has failed for good. */
export type OnFailure =
  | 'fail'
  | 'continue'
  /** To an earlier step: at most `max` times. To a later one: that step is this one's rescue. */
  | { readonly goTo: string; readonly max?: number };

export interface Budget {
  /** In US dollars. */
  readonly limit: number;
  readonly onLimit: 'degrade' | 'ask' | 'stop';
}

/** Who does the work of a step: an agent by id, any agent with a capability, or another workflow. */
export type Worker =
  | { readonly agentId: string; readonly action: string }
  | { readonly capability: string; readonly action: string }
  | { readonly workflow: string }
  /** A plan: written here, or produced by an earlier step. */
  | { readonly plan: Expression };

export interface Undo {
  readonly agentId: string;
  readonly action: string;
  /** Over the step's own context plus `output`; the default is `{ input, output }`. */
  readonly input?: Expression;
  readonly retryPolicy?: RetryPolicy;
}

/** How many of its dependencies a step waits for to be done, and what becomes of the others then. */
export interface Join {
  readonly atLeast: number;
  readonly rest: 'cancel' | 'finish';
}

interface Common {
  readonly id: string;
  readonly description?: string;
  readonly dependencies: readonly string[];
  /** Without one, the step waits until all of them have settled. */
  readonly join?: Join;
  readonly when?: Expression;
  readonly onFailure?: OnFailure;
}

interface WorkOptions {
  readonly worker: Worker;
  readonly retryPolicy?: RetryPolicy;
  readonly timeout?: Timeout;
  readonly heartbeat?: number;
  readonly undo?: Undo;
  readonly memo?: boolean;
  readonly priority?: number;
  readonly resources?: Readonly<Record<string, number>>;
  readonly budget?: Budget;
}

export interface WorkStep extends Common, WorkOptions {
  readonly kind: 'step' | 'call';
  readonly input: Expression;
}

export interface MapStep extends Common, WorkOptions {
  readonly kind: 'map';
  readonly over: Expression;
  /** One item's input; the default is the item itself. */
  readonly input: Expression;
  readonly concurrency?: number;
  /** How many items may fail before the map does. */
  readonly tolerate?: number;
  /** How many items must be done: then the map is, and what is left of it is let go. */
  readonly enough?: number;
}

export interface GateStep extends Common {
  readonly kind: 'gate';
  readonly test: Expression;
  readonly otherwise?: { readonly backTo: string; readonly max: number; readonly keepBest?: Expression };
  /** What a refusal means once the rounds are used up. */
  readonly exhausted: 'fail' | 'continue';
}

export interface BranchStep extends Common {
  readonly kind: 'branch';
  readonly choose: Expression;
  readonly cases: readonly string[];
}

export interface AskStep extends Common {
  readonly kind: 'ask';
  readonly question: Expression;
  /** What the person should see beside the question. */
  readonly show?: Expression;
  readonly choices?: readonly string[];
  /** A JSON Schema for the answer, where choices do not do. */
  readonly form?: Json;
  readonly deadline?: number;
  /** The answer that is taken at the deadline. */
  readonly otherwise?: Json;
  /** How many people must agree. */
  readonly quorum?: number;
  /** Who may answer; everybody when absent. */
  readonly who?: readonly string[];
}

export interface WaitStep extends Common {
  readonly kind: 'wait';
  readonly for:
    | { readonly duration: number }
    /** An ISO date-time or a number of milliseconds since 1970. */
    | { readonly until: Expression }
    | { readonly signal: string }
    | { readonly event: string };
  /** For signals and events: how long to wait. */
  readonly deadline?: number;
  readonly otherwise?: Json;
}

export interface EmitStep extends Common {
  readonly kind: 'emit';
  readonly event: string;
  readonly data: Expression;
}

export type Step = WorkStep | MapStep | GateStep | BranchStep | AskStep | WaitStep | EmitStep;
export type StepKind = Step['kind'];

export interface Plan {
  readonly format: 'continuo/1';
  readonly id: string;
  readonly version?: string;
  readonly description?: string;
  /** A JSON Schema of the run's input. */
  readonly input?: Json;
  readonly steps: readonly Step[];
  /** Without one, a run's output is the map of its steps' outputs. */
  readonly output?: Expression;
  readonly timeout?: number;
  readonly fallbackPlan?: Plan;
  readonly budget?: Budget;
  readonly priority?: number;
  /** Runs with the same key go one after another, `limit` at a time. */
  readonly concurrency?: { readonly key: Expression; readonly limit: number };
  /** How long a finished run is kept. */
  readonly retention?: number;
}

/** Names that a step may not have: a transformer's context holds them already. */
export const reservedNames: ReadonlySet<string> = new Set(['input', 'feedback', 'item', 'index', 'run', 'steps']);
