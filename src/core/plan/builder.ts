import type { Json } from '../data/json.ts';
import type { Duration } from '../data/duration.ts';
import type { Builder } from './builder-types.ts';
import type { BudgetOptions } from './builder-options.ts';
import type { StandardSchemaV1 } from './standard-schema.ts';
import type { Workflow } from './workflow.ts';

export interface WorkflowOptions<Start, Input, Fallback> {
  readonly input?: StandardSchemaV1<Start, Input>;
  readonly version?: string;
  readonly description?: string;
  readonly timeout?: Duration;
  readonly budget?: BudgetOptions;
  readonly priority?: number;
  /** Runs with the same key go one after another, `limit` at a time. */
  readonly concurrency?: { readonly key: string | ((context: { readonly input: NoInfer<Input> }) => unknown); readonly limit?: number };
  /** How long a finished run is kept. */
  readonly retention?: Duration;
  /** What runs when this one has failed. */
  readonly fallback?: Workflow<NoInfer<Start>, Fallback>;
}

export declare function workflow<Start = Json, Input = Start, Fallback = never>(
  id: string,
  options?: WorkflowOptions<Start, Input, Fallback>,
): Builder<{ readonly start: Start; readonly input: Input; readonly fallback: Fallback }, {}, true>;
