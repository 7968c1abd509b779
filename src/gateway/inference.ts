/** What is asked of the gateway, and what it answers. */
import type { Usage } from '../ports/inference.ts';
import type { Json } from '../core/data/json.ts';
import type { CacheMode, FunctionConfig, Sampling } from './config/model.ts';

export type { Finish, Inference, ToolCall, Tried, Usage } from '../ports/inference.ts';

/**
 * Text; or the fields that the function's templates name; or messages, as a gateway speaks HTTP.
 */
export type InferInput = string | Readonly<Record<string, unknown>> | Conversation;

export interface Conversation {
  /** Text, or fields for the system template. */
  readonly system?: string | Readonly<Record<string, unknown>>;
  readonly messages: readonly {
    readonly role: 'user' | 'assistant';
    readonly content: string | Readonly<Record<string, unknown>> | readonly Block[];
  }[];
}

/** A part of a message that is more than words. */
export type Block =
  | { readonly type: 'text'; readonly text: string }
  /** Fields for the template of the role. */
  | { readonly type: 'text'; readonly arguments: Readonly<Record<string, unknown>> }
  | { readonly type: 'tool_call'; readonly id: string; readonly name: string; readonly arguments: unknown }
  | { readonly type: 'tool_result'; readonly id: string; readonly result: unknown };

/** Whom to ask: a function by its name, or a model as it is, without templates and without an experiment. */
export type Target = string | { readonly model: string };

/** A tool that one call offers besides those of the configuration. */
export interface ToolOffer {
  readonly name: string;
  readonly description: string;
  /** JSON Schema. */
  readonly parameters: Json;
  readonly strict: boolean;
}

/** Who is heard. */
export interface Speaker {
  readonly inferenceId: string;
  readonly episodeId: string;
  readonly variant: string;
}

export interface InferOptions {
  /** One variant and no other: nothing takes its place when it fails. */
  readonly variant?: string;
  /** What belongs together; the same variant answers throughout. A run is one. */
  readonly episode?: string;
  readonly project?: string;
  readonly run?: string;
  readonly step?: string;
  /** Of what work it is a part, as a `traceparent` header; its own trace when absent. */
  readonly traceparent?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sampling?: Sampling;
  readonly cache?: { readonly mode?: CacheMode; readonly ttl?: number };
  /** Nothing is written down; money that is spent counts all the same. */
  readonly dryrun?: boolean;
  /** Within a project and a function the same key is the same inference: where its answer is in the ledger, it comes from there. */
  readonly idempotencyKey?: string;
  /** Gets the text as it comes; where it answers with a promise, the model is not read further before that is kept. */
  readonly onText?: (text: string, by: Speaker) => unknown;
  /** For functions that chat. */
  readonly tools?: readonly ToolOffer[];
  readonly toolChoice?: FunctionConfig['toolChoice'];
  /** A JSON Schema in place of the function's own; a model that is asked as it is then answers JSON. */
  readonly outputSchema?: Json;
  /** Keys for providers whose key is `dynamic::name`. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Money is asked for here before every call, besides the budgets of the configuration. */
  readonly purse?: Purse;
}

/** The budget of a run, as an agent has it in its hand. */
export interface Purse {
  reserve(
    amount: number,
  ): Promise<
    | { readonly granted: true; settle(amount: number): Promise<void> }
    | { readonly granted: false; readonly onLimit: 'degrade'; readonly left: number }
  >;
}

export const noUsage: Usage = { inputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };
