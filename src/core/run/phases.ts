/** Questions about how far a run is. */
import { ContinuoError } from '../errors.ts';
import type { Run, Status } from './state.ts';

export function hasEnded(run: Run): boolean {
  return run.phase.is === 'succeeded' || run.phase.is === 'failed' || run.phase.is === 'cancelled';
}

/** Refuses commands to a run that has ended. */
export function mustGoOn(run: Run): void {
  if (hasEnded(run))
    throw new ContinuoError('RUN_ENDED', `run ${run.id} has ${run.phase.is === 'cancelled' ? 'been cancelled' : run.phase.is}`);
}

/** Whether an attempt (or a child run) is in hand. */
export function isBusy(run: Run): boolean {
  if (run.phase.is === 'fallback') return true;
  if (run.phase.is === 'undoing') return run.phase.task?.is === 'running';
  return run.active.some((place) => {
    const state = run.steps.get(place);
    if (state.is !== 'active') return false;
    if (state.work.do === 'task') return state.work.task.is === 'running';
    return state.work.do === 'map' && state.work.running > 0;
  });
}

export function statusOf(run: Run): Status {
  if (run.phase.is === 'succeeded' || run.phase.is === 'failed' || run.phase.is === 'cancelled') return run.phase.is;
  if (run.pausedAt !== undefined) return 'paused';
  return isBusy(run) ? 'running' : 'waiting';
}
