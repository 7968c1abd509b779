/** What variants work with. */
import type { Json } from '../../core/data/json.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Rung } from '../../ports/ledger.ts';
import type { Cache } from '../cache.ts';
import type { MetricConfig, RulesVariant, FunctionConfig, ProviderConfig, SchemaFile, ToolConfig } from '../config/model.ts';
import type { ModelCaller } from '../models/model-call.ts';
import type { Render } from '../prompt.ts';
import type { ExampleShelf } from './example-shelf.ts';

export interface VariantParts {
  readonly models: ModelCaller;
  /** Providers of a model, in the order of its routing. */
  readonly providers: (model: string) => readonly ProviderConfig[];
  readonly render: Render;
  /** Makes a value of an answer's text, or says what is wrong with it. */
  readonly mend: (text: string, schema: SchemaFile | undefined) => Mended;
  /** The words of the one time that a model is asked again. */
  readonly askAgain: (problems: readonly string[]) => string;
  readonly rules: (fn: FunctionConfig, variant: RulesVariant, input: Json) => Promise<Json>;
  readonly tools: Readonly<Record<string, ToolConfig>>;
  readonly metrics: Readonly<Record<string, MetricConfig>>;
  readonly cache: Cache;
  readonly examples: ExampleShelf;
  readonly clock: Clock;
  /** Of texts that were embedded, by model and inference. */
  readonly vectors: Map<string, readonly number[]>;
  readonly random: () => number;
}

export type Mended =
  { readonly is: 'good'; readonly value: Json; readonly rung: Rung } | { readonly is: 'bad'; readonly problems: readonly string[] };
