/** A workflow: a plan together with the functions that it names. */
import type { Json } from '../data/json.ts';
import { contentHash } from '../data/sha256.ts';
import type { Typed } from './agent-ref.ts';
import type { Plan } from './model.ts';
import type { StandardSchemaV1 } from './standard-schema.ts';

/** A pure function of a plan. The builder has checked that the context it wants is the one that it gets. */
export type PlanFunction = (context: never) => unknown;

/** From the name in a CodeRef (`steps.film.input`) to the function. */
export type CodeTable = ReadonlyMap<string, PlanFunction>;

export interface Workflow<in Input, out Output> {
  readonly id: string;
  readonly plan: Plan;
  /** The content hash of the plan, which the digests of its functions are part of. */
  readonly hash: string;
  readonly code: CodeTable;
  readonly inputSchema?: StandardSchemaV1;
  /** Validators of answers and signals: `steps.<id>.form`, `steps.<id>.signal`. */
  readonly schemas: ReadonlyMap<string, StandardSchemaV1>;
  /** The workflow of `plan.fallbackPlan`, whose functions are its own. */
  readonly fallback?: AnyWorkflow;
  /** The workflows that its steps call by their ids. */
  readonly calls: readonly AnyWorkflow[];
  readonly __types?: Typed<Input, Output>;
}

export type AnyWorkflow = Workflow<never, unknown>;

/** What a run of it is started with; anything, where that is not known. */
export type InputOf<W> = W extends Workflow<infer Input, unknown> ? ([Input] extends [never] ? unknown : Input) : unknown;

/** What a run of it gives. */
export type OutputOf<W> = W extends Workflow<never, infer Output> ? Output : Json;

export function isWorkflow(value: unknown): value is AnyWorkflow {
  return typeof value === 'object' && value !== null && 'plan' in value && 'hash' in value && 'code' in value;
}

/** A plan that is data alone, as a workflow. */
export function planWorkflow(plan: Plan): Workflow<Json, Json> {
  const fallback = plan.fallbackPlan === undefined ? {} : { fallback: planWorkflow(plan.fallbackPlan) };
  return { id: plan.id, plan, hash: planHash(plan), code: new Map(), schemas: new Map(), calls: [], ...fallback };
}

export function planHash(plan: Plan): string {
  // Plans are plain JSON by P1, which the interface types cannot say.
  return contentHash(plan as unknown as Json);
}
