/** The seam between variants, which know what to say, and models, which know whom to say it to. */
import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { Json } from '../../core/data/json.ts';
import type { Sampling, Timeouts } from '../config/model.ts';
import type { ToolCall, ToolOffer, Tried, Usage } from '../inference.ts';

export interface ModelCall {
  /** A name of the configuration. */
  readonly model: string;
  readonly prompt: LanguageModelV4Prompt;
  readonly sampling: Sampling;
  /** `strict` binds the answer to the schema, `tool` asks for it as the arguments of a tool, `on` for any JSON. */
  readonly json?: { readonly mode: 'on' | 'strict' | 'tool'; readonly name: string; readonly schema?: Json };
  readonly tools?: readonly ToolOffer[];
  readonly toolChoice?: 'none' | 'auto' | 'required' | { readonly specific: string };
  readonly retries: { readonly max: number; readonly maxDelay: number };
  readonly timeouts: Timeouts;
  readonly extraBody?: Readonly<Record<string, Json>>;
  readonly extraHeaders?: Readonly<Record<string, string>>;
  readonly keys?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Providers that are not asked: they have had their turn. */
  readonly without?: readonly string[];
  /** Providers that alone are asked. */
  readonly only?: readonly string[];
  /** Asked before every request that goes out, and told afterwards what it came to; absent where nothing limits it. */
  readonly guard?: Guard;
  /** Told what every request came to, in dollars. */
  readonly spent?: (cost: number) => void;
}

/** Rates and budgets: one request passes at the price of `worst`, or throws. */
export interface Guard {
  reserve(worst: {
    readonly tokens: number;
    readonly cost: number;
    /** Whom it goes to, for limits by provider or model. */
    readonly provider?: string;
    readonly model?: string;
  }): Promise<(actual: { readonly tokens: number; readonly cost: number }) => Promise<void>>;
}

export interface ModelAnswer {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'error' | 'other';
  readonly usage: Usage;
  /** In dollars, by the price table or the provider's own cost pointers. */
  readonly cost: number;
  readonly provider: string;
  /** The name that the provider gave the model, where it says one. */
  readonly providerModel: string;
  /** Providers that failed before this one answered. */
  readonly tried: readonly Omit<Tried, 'variant'>[];
}

export type ModelEvent =
  | { readonly is: 'text'; readonly text: string }
  /** The last of every stream that is complete. */
  | { readonly is: 'answer'; readonly answer: ModelAnswer }
  /** The last of every stream that was cut: what came before is not the whole. */
  | { readonly is: 'error'; readonly code: string; readonly message: string };

/** What the variants see of the models. */
export interface ModelCaller {
  call(call: ModelCall): Promise<ModelAnswer>;
  /** Fails over before the first text; afterwards a failure is an event. */
  stream(call: ModelCall): AsyncIterable<ModelEvent>;
  /** Vectors for texts, by an embedding model of the configuration. */
  embed(
    model: string,
    texts: readonly string[],
    how: Pick<ModelCall, 'keys' | 'signal' | 'guard' | 'spent'>,
  ): Promise<readonly (readonly number[])[]>;
  /** Why a model cannot be called now (no key for any of its providers), in words; undefined when it can. */
  unusable(model: string, keys?: Readonly<Record<string, string>>): string | undefined;
}
