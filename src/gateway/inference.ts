/** What is asked of the gateway, and what it answers. */
import type { Usage } from '../ports/inference.ts';
import type { CacheMode, Sampling } from './config/model.ts';

export type { Inference, ToolCall, Tried, Usage } from '../ports/inference.ts';

/**
 * Text; or the fields that the function's templates name; or messages, as a gateway speaks HTTP.
 */
export type InferInput = string | Readonly<Record<string, unknown>> | Conversation;

export interface Conversation {
  /** Text, or fields for the system template. */
  readonly system?: string | Readonly<Record<string, unknown>>;
  readonly messages: readonly {
    readonly role: 'user' | 'assistant';
    readonly content: string | Readonly<Record<string, unknown>>;
  }[];
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
  /** Gets the text as it comes. */
  readonly onText?: (text: string) => void;
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
