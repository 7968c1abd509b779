import type { AgentContext, AgentDefinition } from './agent.ts';

/** Runs an action outside the engine's process. */
export interface Isolation {
  /**
   * Resolves with the action's answer. Rejects with its error, or with AGENT_CRASHED
   * when the process ended first. Aborting `ctx.signal` kills the process.
   */
  run(agent: AgentDefinition, action: string, input: unknown, ctx: AgentContext): Promise<unknown>;
  close(): Promise<void>;
}
