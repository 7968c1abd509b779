/** What is asked of the gateway, and what it answers. */
import type { Json } from '../core/data/json.ts';
import type { Rung } from '../ports/ledger.ts';
import type { CacheMode, Sampling } from './config/model.ts';

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
  readonly tags?: Readonly<Record<string, string>>;
  readonly sampling?: Sampling;
  readonly cache?: { readonly mode?: CacheMode; readonly ttl?: number };
  /** Nothing is written down. */
  readonly dryrun?: boolean;
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

export interface Usage {
  readonly inputTokens: number;
  /** Of the input, what the provider had in its own cache. */
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

export const noUsage: Usage = { inputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: Json;
}

/** Something that was tried on the way and did not do. */
export interface Tried {
  readonly variant: string;
  readonly model?: string;
  readonly provider?: string;
  readonly code: string;
  readonly message: string;
}

export interface Inference {
  readonly inferenceId: string;
  readonly episodeId: string;
  readonly function: string;
  readonly variant: string;
  readonly model?: string;
  readonly provider?: string;
  readonly source: 'model' | 'rules' | 'cache';
  /** The text of a chat function, the value of a json function. */
  readonly output: Json;
  readonly toolCalls: readonly ToolCall[];
  readonly rung: Rung;
  readonly usage: Usage;
  /** In dollars. */
  readonly cost: number;
  /** Milliseconds. */
  readonly latency: number;
  /** Why it is not the first choice that answered. */
  readonly tried: readonly Tried[];
}
