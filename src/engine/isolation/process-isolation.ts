import { fileURLToPath } from 'node:url';
import { ContinuoError } from '../../core/errors.ts';
import type { AgentContext, AgentDefinition } from '../../ports/agent.ts';
import type { Isolation } from '../../ports/isolation.ts';
import { startAttempt, type ChildAttempt } from './child-attempt.ts';
import { childFile } from './layout.ts';
import { factsOf } from './parent-side.ts';

export interface ProcessIsolationOptions {
  /** Milliseconds between telling a process to stop and killing it; 2000 when absent. */
  readonly grace?: number;
}

/** Runs each attempt in a child process of its own. */
export function processIsolation({ grace = 2000 }: ProcessIsolationOptions = {}): Isolation {
  const live = new Set<ChildAttempt>();
  let closed = false;
  return {
    run: async (agent, action, input, ctx) => {
      if (closed) throw closedError();
      const task = { module: moduleOf(agent), agent: agent.id, action, input, facts: factsOf(ctx) };
      refuseNesting(task.module);
      refuseStale(agent, ctx);
      const attempt = startAttempt(task, ctx, grace);
      live.add(attempt);
      void attempt.gone.then(() => live.delete(attempt));
      return attempt.answer;
    },
    close: async () => {
      closed = true;
      const attempts = [...live];
      for (const attempt of attempts) attempt.stop(closedError());
      await Promise.all(attempts.map(({ gone }) => gone));
    },
  };
}

function moduleOf({ id, module }: AgentDefinition): string {
  if (module !== undefined) return module;
  throw new ContinuoError(
    'AGENT_INVALID',
    `agent ${id} has isolation "process" but no \`module\` that its process could import: give it \`module: import.meta.url\``,
  );
}

function refuseStale({ id }: AgentDefinition, { signal, attempt, stepId }: AgentContext): void {
  if (!signal.aborted) return;
  throw new ContinuoError('ATTEMPT_STALE', `attempt ${attempt} of step ${stepId} no longer counts: agent ${id} was not started`);
}

/** A module that exports agents and also runs them would, imported by a child, start children without end. */
function refuseNesting(module: string): void {
  if (process.argv[1] !== fileURLToPath(childFile('child'))) return;
  throw new ContinuoError(
    'AGENT_INVALID',
    `${module} runs agents in processes while it is itself imported by such a process: export the agents from a module that only declares them`,
  );
}

function closedError(): ContinuoError {
  return new ContinuoError('ENGINE_CLOSED', 'the engine was closed: the processes of its agents are ended');
}
