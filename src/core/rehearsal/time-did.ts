/** Which events nothing but the time brought about. */
import type { RunEvent } from '../run/events.ts';
import { taskAt, timeoutOf } from '../run/tasks.ts';
import { runTime } from '../run/time.ts';
import type { Place } from './causes.ts';

export function dueAt(place: Place, event: RunEvent, previous: RunEvent | undefined): boolean {
  switch (event.type) {
    case 'run.failing':
      return !event.drain;
    case 'task.failed':
      return event.error.code === 'STEP_TIMED_OUT' && isOver(place, event);
    case 'task.started': {
      const follows =
        (previous?.type === 'task.failed' || previous?.type === 'task.released') &&
        previous.step === event.step &&
        previous.item === event.item;
      return !follows && taskAt(place.run, event)?.is === 'backoff';
    }
    case 'step.failed':
      return event.error.code === 'ASK_EXPIRED' || event.error.code === 'WAIT_EXPIRED';
    case 'step.completed': {
      if (event.source !== undefined) return event.source === 'deadline';
      const { step } = place.program.node(event.step);
      const isTimer = step.kind === 'wait' && ('duration' in step.for || 'until' in step.for);
      const wasDueAtOnce = previous?.type === 'wait.opened' && previous.step === event.step;
      return isTimer && !wasDueAtOnce && place.run.steps.get(event.step).is === 'active';
    }
    default:
      return false;
  }
}

function isOver({ program, run, at }: Place, event: Extract<RunEvent, { type: 'task.failed' }>): boolean {
  const { total } = timeoutOf(program.node(event.step), event.undo === true);
  const task = taskAt(run, event);
  return total !== undefined && task !== undefined && event.agent === undefined && task.first + total <= runTime(run, at);
}
