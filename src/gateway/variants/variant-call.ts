/** What every kind of variant is given, and what it gives. */
import type { Json } from '../../core/data/json.ts';
import type { Rung } from '../../ports/ledger.ts';
import type { CacheUse } from '../cache.ts';
import type { FunctionConfig, Prompting, Sampling, VariantConfig } from '../config/model.ts';
import type { Dialogue } from '../conversation.ts';
import type { Ear } from '../ear.ts';
import type { Finish, ToolCall, ToolOffer, Tried } from '../inference.ts';
import type { Spending } from '../spending.ts';

export interface VariantCall {
  readonly id: string;
  readonly fn: FunctionConfig;
  readonly input: Json;
  readonly dialogue: Dialogue;
  readonly project: string;
  readonly cache: CacheUse;
  readonly sampling: Sampling;
  /** Besides those of the function. */
  readonly tools: readonly ToolOffer[];
  readonly toolChoice: FunctionConfig['toolChoice'];
  readonly keys: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal | undefined;
  readonly spending: Spending;
  /** Tells candidates of the same variant apart, so that they do not share a cached answer. */
  readonly place: number | undefined;
  /** Hears the text as it comes. */
  readonly ear: Ear | undefined;
  /** Tells what somebody else than a candidate is asked on the way: a judge, a fuser. */
  readonly watch: Watch | undefined;
}

export interface VariantAnswer {
  readonly output: Json;
  readonly toolCalls: readonly ToolCall[];
  readonly finish?: Finish;
  readonly rung: Rung;
  readonly source: 'model' | 'rules' | 'cache';
  readonly model?: string;
  readonly provider?: string;
  readonly tried: readonly Tried[];
}

/** `prompting` of the one who is asked, by this name. */
export type Watch = <T extends VariantAnswer>(name: string, prompting: Prompting, call: VariantCall, work: () => Promise<T>) => Promise<T>;

export type RunVariant = (variant: VariantConfig, call: VariantCall) => Promise<VariantAnswer>;
