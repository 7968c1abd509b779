/**
 * The gateway's configuration after reading: everything written out, every file loaded.
 *
 * C1. Plain data, so that it can be compared and printed. No key is in it, only where one is to be found.
 * C2. Every name that is mentioned exists: a variant's model, a routing's provider, an experiment's candidates.
 */
import type { Json } from '../../core/data/json.ts';

export interface GatewayConfig {
  readonly functions: Readonly<Record<string, FunctionConfig>>;
  readonly models: Readonly<Record<string, ModelConfig>>;
  readonly embeddingModels: Readonly<Record<string, ModelConfig>>;
  /** Templates that no variant names, but another template does. */
  readonly includedTemplates: readonly SourceFile[];
  readonly metrics: Readonly<Record<string, MetricConfig>>;
  readonly tools: Readonly<Record<string, ToolConfig>>;
  readonly rateLimits: readonly RateLimitRule[];
  readonly budgets: readonly BudgetRule[];
  readonly prices: readonly PriceRule[];
  readonly cache: CacheConfig;
  /** Whether inputs and outputs are kept in the ledger; examples are taken from them. */
  readonly keepContents: boolean;
  /** The files it was read from. */
  readonly files: readonly string[];
}

/** A file that the configuration names, as it was when it was read. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface SchemaFile {
  readonly path: string;
  /** JSON Schema. */
  readonly schema: Json;
  /** What values are held against, where that is less than the model is told. */
  readonly judged?: Json;
}

export interface FunctionConfig {
  readonly name: string;
  readonly type: 'chat' | 'json';
  readonly description?: string;
  /** By the template's name: `system`, `user`, `assistant`, or a name of one's own. */
  readonly schemas: Readonly<Record<string, SchemaFile>>;
  /** What a json function answers; absent means any JSON. */
  readonly output?: SchemaFile;
  readonly tools: readonly string[];
  readonly toolChoice?: 'none' | 'auto' | 'required' | { readonly specific: string };
  readonly variants: Readonly<Record<string, VariantConfig>>;
  readonly experiment: ExperimentConfig;
}

export type VariantConfig = ChatVariant | BestOfVariant | MixtureVariant | ExamplesVariant | RulesVariant;

export interface Sampling {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
}

export interface Timeouts {
  /** Milliseconds for a whole answer that is not streamed. */
  readonly total?: number;
  /** Milliseconds to the first token of a stream, and for the whole of it. */
  readonly firstToken?: number;
  readonly streamTotal?: number;
}

/** What is said to one model in one way. */
export interface Prompting {
  readonly model: string;
  /** By name: `system`, `user`, `assistant`, or a name of one's own. */
  readonly templates: Readonly<Record<string, SourceFile>>;
  readonly sampling: Sampling;
  readonly jsonMode?: 'off' | 'on' | 'strict' | 'tool';
  /** Tries after the first, of the whole routing. */
  readonly retries: { readonly max: number; readonly maxDelay: number };
  readonly timeouts: Timeouts;
  /** Merged into the provider's request. */
  readonly extraBody?: Readonly<Record<string, Json>>;
  readonly extraHeaders?: Readonly<Record<string, string>>;
}

interface Variant {
  readonly name: string;
  readonly weight?: number;
}

export interface ChatVariant extends Variant, Prompting {
  readonly type: 'chat_completion';
}

export interface BestOfVariant extends Variant {
  readonly type: 'best_of_n';
  /** Names of variants of the same function; one may come several times. */
  readonly candidates: readonly string[];
  readonly evaluator: Prompting;
  readonly timeouts: Timeouts;
}

export interface MixtureVariant extends Variant {
  readonly type: 'mixture_of_n';
  readonly candidates: readonly string[];
  readonly fuser: Prompting;
  readonly timeouts: Timeouts;
}

/** Dynamic in-context learning: good answers of the past are shown. */
export interface ExamplesVariant extends Variant, Prompting {
  readonly type: 'dicl';
  readonly k: number;
  /** Similarity is counted on words where there is none. */
  readonly embeddingModel?: string;
  /** Answers are good by this metric; `demonstration` when absent. */
  readonly metric?: string;
  /** Cosine distance above which an example is not shown. */
  readonly maxDistance?: number;
}

/** An answer without a model. */
export interface RulesVariant extends Variant {
  readonly type: 'rules';
  readonly from:
    { readonly is: 'module'; readonly path: string; readonly export: string } | { readonly is: 'grammar'; readonly file: SourceFile };
}

export type ExperimentConfig =
  | {
      readonly type: 'static';
      /** Weights by variant, above 0. */
      readonly candidates: Readonly<Record<string, number>>;
      /** In this order, when the candidates fail. */
      readonly fallbacks: readonly string[];
    }
  | {
      readonly type: 'adaptive';
      readonly algorithm: 'track_and_stop' | 'thompson';
      readonly metric: string;
      readonly candidates: readonly string[];
      readonly fallbacks: readonly string[];
      /** Metrics that must not get worse than under the first candidate. */
      readonly guardrails: readonly string[];
      readonly minSamples: number;
      readonly maxSamples: number;
      readonly delta: number;
      readonly epsilon: number;
      readonly minShare: number;
      /** Milliseconds between looks at the feedback. */
      readonly period: number;
    };

export interface MetricConfig {
  readonly name: string;
  readonly type: 'boolean' | 'float';
  readonly optimize: 'max' | 'min';
  readonly level: 'inference' | 'episode';
}

export interface ToolConfig {
  readonly name: string;
  readonly description: string;
  readonly parameters: SchemaFile;
  readonly strict: boolean;
}

export interface ModelConfig {
  readonly name: string;
  /** Providers in the order in which they are asked. */
  readonly routing: readonly string[];
  readonly providers: Readonly<Record<string, ProviderConfig>>;
  readonly timeouts: Timeouts;
  /** Ask the next provider too when the first has not answered by then, in milliseconds; the first answer counts. */
  readonly hedgeAfter?: number;
}

export const providerTypes = [
  'openai',
  'anthropic',
  'google',
  'groq',
  'cerebras',
  'sambanova',
  'xai',
  'mistral',
  'deepseek',
  'together',
  'fireworks',
  'openrouter',
  'ollama',
  'vllm',
  'sglang',
  'tensorzero',
  'openai_compatible',
] as const;
export type ProviderType = (typeof providerTypes)[number];

export interface ProviderConfig {
  readonly name: string;
  readonly type: ProviderType;
  /** The provider's own name of the model. */
  readonly modelName: string;
  /** Absent: the type's own. */
  readonly apiBase?: string;
  readonly key: KeyLocation;
  readonly timeouts: Timeouts;
  readonly extraBody?: Readonly<Record<string, Json>>;
  readonly extraHeaders?: Readonly<Record<string, string>>;
  /** Instead of the price table: amounts in the provider's raw response. */
  readonly cost: readonly CostPointer[];
}

export type KeyLocation =
  /** Environment variables, the first that is set. */
  | { readonly is: 'env'; readonly names: readonly string[] }
  /** Given with the call, under this name. */
  | { readonly is: 'dynamic'; readonly name: string }
  | { readonly is: 'none' };

export interface CostPointer {
  /** JSON Pointer into the raw response. */
  readonly pointer: string;
  /** Dollars for one of what it points at. */
  readonly perUnit: number;
  readonly required: boolean;
}

/** A price of one's own, or of a model that the table does not know. */
export interface PriceRule {
  readonly provider: string;
  readonly model: string;
  readonly price: Price;
}

/** Dollars for a million tokens. */
export interface Rates {
  readonly input: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
  readonly output: number;
}

export interface Price extends Rates {
  /** What a whole request is charged by when its input is longer than that many tokens. */
  readonly long?: Rates & { readonly above: number };
}

/** Whom a rule counts for: every value of the tag apart, one value, or all together. */
export interface Scope {
  readonly tag: string;
  readonly value: { readonly is: 'each' } | { readonly is: 'total' } | { readonly is: 'only'; readonly value: string };
}

export interface RateLimitRule {
  readonly limits: readonly {
    readonly counts: 'inferences' | 'tokens' | 'cost';
    readonly capacity: number;
    /** For one millisecond. */
    readonly refill: number;
    /** As it was written, for messages: `tokens_per_minute`. */
    readonly name: string;
  }[];
  /** `always`, or: of the rules that match, those with the highest priority hold. */
  readonly priority: 'always' | number;
  readonly scope: readonly Scope[];
}

export interface BudgetRule {
  readonly name: string;
  /** Empty: everything together. */
  readonly scope: readonly Scope[];
  /** In dollars. */
  readonly limit: number;
  readonly per: 'day' | 'month' | 'total';
  readonly onLimit: 'degrade' | 'ask' | 'stop';
}

export interface CacheConfig {
  readonly mode: CacheMode;
  /** Milliseconds. */
  readonly ttl: number;
}

export type CacheMode = 'off' | 'on' | 'read_only' | 'write_only';
