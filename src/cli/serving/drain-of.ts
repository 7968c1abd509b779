/** Ends an engine in order: what its agents are at is waited for, and nothing else. */
import type { Orchestrator } from '../../engine/orchestrator.ts';

export async function drainOf(orchestrator: Orchestrator, deadline: number): Promise<'finished' | 'handed back'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'handed back'>((resolve) => {
    timer = setTimeout(() => resolve('handed back'), deadline);
  });
  try {
    return await Promise.race([orchestrator.idle().then(() => 'finished' as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
