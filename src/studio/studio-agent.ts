/** An agent of the studio: what the engine registers, with the types that a workflow infers from. */
import type { AgentRef } from '../core/plan/agent-ref.ts';
import type { StandardSchemaV1 } from '../core/plan/standard-schema.ts';
import type { AgentContext, AgentDefinition } from '../ports/agent.ts';

export type StudioAgent<I, O> = AgentDefinition & AgentRef<I, O>;

export interface StudioAgentParts<I, O> {
  readonly id: string;
  /** Part of the key by which a result is found again: change it whenever the same input gives other bytes. */
  readonly version: string;
  readonly description: string;
  readonly capabilities: readonly string[];
  readonly input: StandardSchemaV1<unknown, I>;
  readonly output: StandardSchemaV1<unknown, O>;
  readonly concurrency?: number;
  readonly run: (input: I, ctx: AgentContext) => Promise<O>;
}

export function studioAgent<I, O>({ input, output, run, ...traits }: StudioAgentParts<I, O>): StudioAgent<I, O> {
  // The engine checks an input by the action's schema before it hands it to `run`.
  const action = { input, output, run: run as (input: unknown, ctx: AgentContext) => Promise<O> };
  return { ...traits, actions: { run: action }, isolation: 'inline' };
}
