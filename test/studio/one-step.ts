/** A run of a real engine with one step. */
import { openMemory } from '../../src/backends/memory/index.ts';
import { Orchestrator } from '../../src/compose.ts';
import type { Blobs } from '../../src/ports/blobs.ts';
import type { StudioAgent } from '../../src/studio/studio-agent.ts';

export interface Done<O> {
  readonly output: O | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly attempts: number;
  readonly money: { readonly spent: number; readonly reserved: number };
  readonly logs: readonly string[];
  readonly blobs: Blobs;
  /** Everything that was written down. */
  readonly journal: string;
}

export interface StepOptions {
  readonly budget?: object | number;
  readonly retries?: number;
  /** Called with the run's id as soon as it has begun. */
  readonly meanwhile?: (orchestrator: Orchestrator, run: string) => Promise<void>;
}

export async function oneStep<I, O>(agent: StudioAgent<I, O>, input: I, options: StepOptions = {}): Promise<Done<O>> {
  const { budget, retries = 4, meanwhile } = options;
  const orchestrator = await Orchestrator.open({ backend: openMemory(), agents: [agent] });
  const logs: string[] = [];
  orchestrator.on('step:log', ({ message }) => void logs.push(message));
  try {
    const step = { id: 'it', agentId: agent.id, input, retry: { max: retries, delay: 1, backoff: 'fixed' } };
    const handle = await orchestrator.start({ id: 'film', steps: [step], ...(budget === undefined ? {} : { budget }) });
    await meanwhile?.(orchestrator, handle.id);
    const { output, error } = await handle.result();
    const { money } = await orchestrator.get(handle.id);
    const journal = await orchestrator.history(handle.id);
    return {
      // The plan's output is that of its steps, by their names.
      output: (output as { readonly it?: O } | undefined)?.it,
      error,
      attempts: journal.flatMap(({ events }) => events).filter(({ type }) => type === 'task.started').length,
      money,
      logs,
      blobs: orchestrator.blobs,
      journal: JSON.stringify(journal),
    };
  } finally {
    await orchestrator.close();
  }
}

/** The same agent, whose first attempt falls over once everything is done. */
export function fallingOver<I, O>(agent: StudioAgent<I, O>): StudioAgent<I, O> {
  const action = agent.actions['run'];
  if (action === undefined) throw new Error('it has no action');
  return {
    ...agent,
    actions: {
      run: {
        ...action,
        run: async (input, ctx) => {
          const output = await action.run(input, ctx);
          if (ctx.attempt === 1) throw new Error('the machine fell over');
          return output;
        },
      },
    },
  };
}
