/** What the index says of a run. */
import { wakeAt } from '../core/run/deadlines.ts';
import type { RunEvent } from '../core/run/events.ts';
import { hasEnded, isBusy, statusOf } from '../core/run/phases.ts';
import type { Program } from '../core/plan/program.ts';
import type { Run } from '../core/run/state.ts';
import type { RunRecord } from '../ports/journal.ts';

/** Thirty days. */
export const defaultRetention: number = 30 * 86_400_000;

/** What of a record does not follow from the run's state. */
export interface Fixed {
  readonly concurrencyKey?: string;
  readonly idempotencyKey?: string;
  readonly retention: number;
}

export function recordOf(program: Program, run: Run, fixed: Fixed): RunRecord {
  const status = statusOf(run);
  const ended = hasEnded(run);
  const wake = wakeAt(program, run);
  const endedAt = run.phase.is === 'succeeded' || run.phase.is === 'failed' || run.phase.is === 'cancelled' ? run.phase.at : undefined;
  const { concurrencyKey, idempotencyKey, retention } = fixed;
  return {
    run: run.id,
    project: run.project,
    workflow: run.workflow,
    plan: run.plan,
    status,
    createdAt: run.startedAt,
    updatedAt: run.updatedAt,
    ...(endedAt === undefined ? {} : { endedAt, expiresAt: endedAt + (program.plan.retention ?? retention) }),
    ...(wake === undefined ? {} : { wakeAt: wake }),
    queued: run.phase.is === 'queued',
    ...(concurrencyKey === undefined ? {} : { concurrencyKey }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(run.parent === undefined ? {} : { parent: run.parent.run }),
    priority: run.priority,
    dead: deadSteps(run),
    questions: ended ? 0 : openQuestions(run),
    awaits: ended ? [] : awaited(program),
    busy: !ended && isBusy(run),
    ...(run.phase.is === 'failed' ? { error: { code: run.phase.error.code, message: run.phase.error.message } } : {}),
  };
}

/** Whether anything in the record may differ after these events; while work is in hand, little does. */
export function recordChanged(last: RunRecord | undefined, run: Run, events: readonly RunEvent[]): boolean {
  if (last === undefined || !last.busy || !isBusy(run)) return true;
  return events.some((event) => !quiet.has(event.type));
}

/** Events that change nothing in the index by themselves. */
const quiet: ReadonlySet<RunEvent['type']> = new Set([
  'task.started',
  'task.completed',
  'task.failed',
  'task.recorded',
  'job.intended',
  'job.submitted',
  'map.opened',
  'map.closed',
  'item.kept',
  'step.completed',
  'step.joined',
  'step.reopened',
  'gate.refused',
  'gate.kept',
  'signal.received',
  'signal.taken',
  'emitted',
  'money.reserved',
  'money.settled',
]);

function deadSteps(run: Run): number {
  let count = 0;
  for (const state of run.steps) if (state.is === 'failed') count++;
  return count;
}

function openQuestions(run: Run): number {
  if (run.phase.is !== 'forward') return 0;
  let count = 0;
  for (const place of run.active) {
    const state = run.steps.get(place);
    if (state.is !== 'active') continue;
    if (state.work.do === 'ask' || (state.work.do === 'task' && state.work.task.is === 'held')) count++;
    else if (state.work.do === 'map' && state.work.open > state.work.running) {
      for (const item of state.work.items) if (item.is === 'active' && item.task.is === 'held') count++;
    }
  }
  return count;
}

const awaitedBy = new WeakMap<Program, readonly string[]>();

function awaited(program: Program): readonly string[] {
  let names = awaitedBy.get(program);
  if (names === undefined) {
    names = [...new Set(program.plan.steps.flatMap((step) => (step.kind === 'wait' && 'event' in step.for ? [step.for.event] : [])))];
    awaitedBy.set(program, names);
  }
  return names;
}
