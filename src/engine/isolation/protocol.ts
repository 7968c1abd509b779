/**
 * What the engine's process and an attempt's process say to each other. Both ends are this
 * installation's own code; a value crosses by structured clone, an error as a `WireError`.
 */
import type { Json } from '../../core/data/json.ts';
import type { AgentContext, BlobRef } from '../../ports/agent.ts';
import type { AskOptions, Inference } from '../../ports/inference.ts';
import type { WireError } from './wire-error.ts';

/** The part of a context that is data. */
export type Facts = Pick<
  AgentContext,
  'runId' | 'project' | 'workflow' | 'stepId' | 'item' | 'visit' | 'attempt' | 'feedback' | 'idempotencyKey' | 'traceparent'
>;

export interface Task {
  readonly module: string;
  readonly agent: string;
  readonly action: string;
  readonly input: unknown;
  readonly facts: Facts;
}

/** A function of the agent's: it stays in the child and is called by its number. */
export type Callback = number;

/** `Job` with its functions left behind. */
export interface JobByNumber {
  readonly submit: Callback;
  readonly poll?: Callback;
  /** Answers with a `Fetched`. */
  readonly fetch: Callback;
  readonly find?: Callback;
  readonly idempotent?: boolean;
  readonly cost?: number | { readonly atMost: number };
}

/** `cost.actual` is synchronous, so that it cannot be asked across processes: the child sends its answer along. */
export interface Fetched {
  readonly value: unknown;
  readonly cost?: { readonly amount: number } | { readonly error: WireError };
}

export type ReservedByNumber =
  | { readonly granted: true; readonly reservation: number }
  | { readonly granted: false; readonly onLimit: 'degrade'; readonly left: number };

/** What the child asks of the engine. */
export interface ParentSide {
  once(name: string, body: Callback): Promise<unknown>;
  job(name: string, job: JobByNumber): Promise<unknown>;
  putBlob(bytes: Uint8Array | string, type: string | undefined): Promise<BlobRef>;
  /** `pull` answers with the next chunk, and with undefined after the last. */
  putChunks(pull: Callback, type: string | undefined): Promise<BlobRef>;
  getBlob(ref: BlobRef | string): Promise<Uint8Array>;
  blobText(ref: BlobRef | string): Promise<string>;
  blobPath(ref: BlobRef | string): Promise<string | undefined>;
  reserve(amount: number): Promise<ReservedByNumber>;
  settle(reservation: number, amount: number): Promise<void>;
  spent(): Promise<number>;
  emit(name: string, data: Json | undefined): Promise<void>;
  stream(chunk: unknown): void;
  progress(share: number, message: string | undefined): void;
  heartbeat(): void;
  log(message: string, data: unknown): void;
  inference(fn: string, input: unknown, options: AskOptions | undefined): Promise<Inference>;
  rate(metric: string, value: number | boolean | string, inferenceId: string | undefined): Promise<void>;
  tool(server: string, name: string, args: unknown): Promise<unknown>;
}

/** What the engine asks of the child. */
export interface ChildSide {
  run(task: Task): Promise<unknown>;
  invoke(callback: Callback, args: readonly unknown[]): unknown;
  abort(reason: WireError): void;
  /** The answer has arrived: flush and go. */
  end(): void;
}
