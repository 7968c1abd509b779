/** What the model gateway answers, and what an agent may say about how. */
import type { Json } from '../core/data/json.ts';
import type { Rung } from './ledger.ts';

export interface AskOptions {
  /** One variant and no other: nothing takes its place when it fails. */
  readonly variant?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly cache?: 'off' | 'on' | 'read_only' | 'write_only';
  /** The text goes to `ctx.stream` as it comes. */
  readonly stream?: boolean;
}

export interface Usage {
  readonly inputTokens: number;
  /** Of the input, what the provider had in its own cache. */
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: Json;
}

/** Why a model stopped: at its end, at the limit of tokens, at a filter, to have tools called. */
export type Finish = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'other';

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
  /** Absent where no model was asked, or nobody remembers. */
  readonly finish?: Finish;
  readonly rung: Rung;
  readonly usage: Usage;
  /** In dollars, with everything that was tried on the way. */
  readonly cost: number;
  /** Milliseconds. */
  readonly latency: number;
  /** Why it is not the first choice that answered. */
  readonly tried: readonly Tried[];
}
