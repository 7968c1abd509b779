import type { Run } from './state.ts';

/** The number of a step's next visit. Where the best round was restored, later visits than the one that stands have been. */
export function nextVisit(run: Run, place: number): number {
  return Math.max(run.steps.get(place).visit, run.visits?.[place] ?? 0) + 1;
}
