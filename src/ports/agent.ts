import type { Json } from '../core/data/json.ts';
import type { StandardSchemaV1 } from '../core/plan/standard-schema.ts';
import type { BlobInfo } from './blobs.ts';
import type { AskOptions, Inference } from './inference.ts';

/** One thing that an agent can do. */
export interface Action<I = unknown, O = unknown> {
  readonly input?: StandardSchemaV1<unknown, I>;
  readonly output?: StandardSchemaV1<unknown, O>;
  readonly run: (input: I, ctx: AgentContext) => Promise<O> | O;
}

/** An agent as it is registered. `agent({...})` makes one with types. */
export interface AgentDefinition {
  readonly id: string;
  readonly capabilities: readonly string[];
  readonly actions: Readonly<Record<string, Action>>;
  /** Part of a memo's key: a new version computes anew. */
  readonly version: string;
  /** Attempts at a time on this node; unlimited when absent. */
  readonly concurrency?: number;
  /** Limits over all nodes together, where several share a store. */
  readonly fleet?: { readonly concurrency?: number; readonly rate?: { readonly max: number; readonly per: number } };
  /** What each attempt occupies of the engine's resources, `{ gpu: 1 }`. */
  readonly resources?: Readonly<Record<string, number>>;
  /** `process`: in a child process that is killed at cancel or time-out. */
  readonly isolation: 'inline' | 'process';
  /** URL of the module that exports the agent: a child process imports it. */
  readonly module?: string;
  readonly description?: string;
  /** After this many failures in a row the agent rests for `coolDown` milliseconds. */
  readonly circuit?: { readonly failures: number; readonly coolDown: number };
}

/** A paid job at a provider outside. */
export interface Job<T, J extends Json = Json> {
  /** Sends the job and answers with the provider's id of it. */
  readonly submit: (idempotencyKey: string) => Promise<J>;
  /** Whether it is done; `wait` milliseconds until it is worth asking again. */
  readonly poll?: (job: J) => Promise<'done' | { readonly wait: number; readonly progress?: number }>;
  readonly fetch: (job: J) => Promise<T>;
  /** The provider takes the idempotency key, so that submitting again is safe. */
  readonly idempotent?: boolean;
  /** Looks a job up by the key; undefined when the provider has none. */
  readonly find?: (idempotencyKey: string) => Promise<J | undefined>;
  /** What it may cost at worst, in dollars: reserved before, settled after. */
  readonly cost?: number | { readonly atMost: number; readonly actual: (result: T) => number };
}

/** What an agent may do besides computing. */
export interface AgentContext {
  readonly runId: string;
  readonly project: string;
  readonly workflow: string;
  readonly stepId: string;
  /** Position in a map. */
  readonly item: number | undefined;
  readonly visit: number;
  readonly attempt: number;
  /** Why the step is visited again: who sent the run back, and what the last round gave. */
  readonly feedback: Json | undefined;
  /** Aborted when the attempt no longer counts: cancelled, timed out, overtaken. */
  readonly signal: AbortSignal;
  /** The same for every attempt of this piece of work, and for no other. */
  readonly idempotencyKey: string;
  /** The attempt's place in its trace, as a `traceparent` header: for requests to whoever traces, too. */
  readonly traceparent: string;
  /** A recorded sub-step: after a crash or a retry the recorded value comes back instead of a second call. */
  once<T>(name: string, fn: () => Promise<T> | T): Promise<T>;
  /** An external paid job: submitted once, adopted after a crash, fetched, billed. */
  job<T, J extends Json = Json>(name: string, job: Job<T, J>): Promise<T>;
  readonly blobs: AgentBlobs;
  readonly budget: AgentBudget;
  /** Tells the hub something: journaled, on the bus as `agent:<name>`, and triggers may start workflows from it. */
  emit(name: string, data?: unknown): Promise<void>;
  /** Partial output, live only. */
  stream(chunk: unknown): void;
  /** 0..1, and a word about it. Also a sign of life. */
  progress(share: number, message?: string): void;
  heartbeat(): void;
  log(message: string, data?: unknown): void;
  /** Waits by the engine's clock; ends early, with an error, when the attempt is aborted. */
  sleep(milliseconds: number): Promise<void>;
  /** Calls a function of the model gateway, and gives its output; after a crash the answer that was paid for comes back. */
  infer(fn: string, input: unknown, options?: AskOptions): Promise<unknown>;
  /** The same, with who answered, how, and what it cost. */
  inference(fn: string, input: unknown, options?: AskOptions): Promise<Inference>;
  /** Tells the gateway how this run has done by a metric of its configuration; or one inference, by its id. */
  rate(metric: string, value: number | boolean | string, inferenceId?: string): Promise<void>;
  /** A tool of an MCP server, where one is connected. */
  tool(server: string, name: string, args: unknown): Promise<unknown>;
}

export interface AgentBlobs {
  put(bytes: Uint8Array | string | AsyncIterable<Uint8Array>, type?: string): Promise<BlobRef>;
  get(ref: BlobRef | string): Promise<Uint8Array>;
  text(ref: BlobRef | string): Promise<string>;
  /** A file with the bytes, where the store has files. */
  path(ref: BlobRef | string): Promise<string | undefined>;
}

/** How a blob is named in outputs. */
export type BlobRef = Pick<BlobInfo, 'bytes' | 'type'> & { readonly blob: string };

export interface AgentBudget {
  /** Reserves the worst cost of a call; throws BUDGET_EXCEEDED when the budget is too small and says `stop` or `ask`. */
  reserve(amount: number): Promise<Reserved | { readonly granted: false; readonly onLimit: 'degrade'; readonly left: number }>;
  /** What the run has spent so far, in dollars. */
  spent(): Promise<number>;
}

export interface Reserved {
  readonly granted: true;
  /** What it cost in the end. */
  settle(amount: number): Promise<void>;
}

/** Later parts of the product that agents reach through the context. */
export interface Connections {
  readonly gateway?: ModelGateway;
  readonly tool?: (server: string, name: string, args: unknown, ctx: AgentContext) => Promise<unknown>;
}

/** What an engine asks of a model gateway. */
export interface ModelGateway {
  infer(fn: string, input: unknown, ctx: AgentContext, options: AskOptions): Promise<Inference>;
  rate(metric: string, value: number | boolean | string, ctx: AgentContext, inferenceId: string | undefined): Promise<void>;
  /** Everything that was answered or said so far is written down. */
  settled(): Promise<void>;
  /** Writes down what is to be written down; called before the store is let go of. */
  close(): Promise<void>;
}
