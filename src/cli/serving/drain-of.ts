/** Ends an engine in order, and says whether its agents had time enough. */
import type { Orchestrator } from '../../engine/orchestrator.ts';

export async function drainOf(orchestrator: Orchestrator, deadline: number): Promise<'finished' | 'handed back'> {
  await orchestrator.drain(deadline);
  return orchestrator.agents().some(({ running }) => running > 0) ? 'handed back' : 'finished';
}
