/** Results of attempts, and what they record on the way. */
import { fault } from '../errors.ts';
import { closeMap, failStep } from './advance.ts';
import type { Command } from './commands.ts';
import type { Draft } from './draft.ts';

import type { AttemptRef, Fault, HeldQuestion } from './events.ts';
import { releaseReservations } from './money.ts';
import { mayRetry, retryDelay } from './retry.ts';
import type { Task } from './state.ts';
import { currentTask, policyOf, stale, taskAt, taskKey } from './tasks.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

export function completed(draft: Draft, command: Of<'completed'>): void {
  const { ref, output, source, agent } = command;
  if (currentTask(draft.run, ref) === undefined) return;
  releaseReservations(draft, ref);
  draft.push({
    type: 'task.completed',
    ...ref,
    output,
    ...(source === undefined ? {} : { source }),
    ...(agent === undefined ? {} : { agent }),
  });
  if (ref.undo === true) return;
  if (ref.item === undefined) draft.settled(ref.step);
  else closeMap(draft, ref.step);
}

export function failed(draft: Draft, ref: AttemptRef, error: Fault, agent?: string): void {
  const task = currentTask(draft.run, ref);
  if (task === undefined) return;
  releaseReservations(draft, ref);
  const question = heldBy(draft, ref, error);
  if (question !== undefined) return draft.push({ type: 'task.held', ...ref, question });
  const retryAt = retryTime(draft, ref, task, error);
  draft.push({
    type: 'task.failed',
    ...ref,
    error,
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(agent === undefined ? {} : { agent }),
  });
  if (retryAt === undefined) finallyFailed(draft, ref, error);
  else startDue(draft, ref, task, retryAt);
}

/** So many attempts in a row may be lost with whoever made them; the next loss counts as the attempt's own fault. */
const lossesInARow = 5;

/** It costs no retry, and what was reserved stays so: the calls may have been made, and jobs are taken up again. */
export function lost(draft: Draft, ref: AttemptRef): void {
  const task = currentTask(draft.run, ref);
  if (task === undefined) return;
  if ((task.lost ?? 0) >= lossesInARow) {
    const key = taskKey(draft.program.node(ref.step), ref);
    return failed(draft, ref, fault('NODE_LOST', `${key} was lost ${lossesInARow + 1} times in a row with the node that made it`));
  }
  draft.push({ type: 'task.started', ...ref, attempt: task.attempt + 1, lost: true });
}

/** The task's time is over, whether an attempt is in hand or not. */
export function expire(draft: Draft, ref: AttemptRef, error: Fault): void {
  const task = taskAt(draft.run, ref);
  if (task === undefined || task.attempt !== ref.attempt) return;
  releaseReservations(draft, ref);
  draft.push({ type: 'task.failed', ...ref, error });
  finallyFailed(draft, ref, error);
}

function finallyFailed(draft: Draft, ref: AttemptRef, error: Fault): void {
  if (ref.undo === true) return;
  if (ref.item === undefined) failStep(draft, ref.step, error);
  else closeMap(draft, ref.step);
}

/** A retry without a delay needs no timer. */
function startDue(draft: Draft, ref: AttemptRef, task: Task, retryAt: number): void {
  if (retryAt <= draft.time && draft.run.pausedAt === undefined) draft.push({ type: 'task.started', ...ref, attempt: task.attempt + 1 });
}

function retryTime(draft: Draft, ref: AttemptRef, task: Task, error: Fault): number | undefined {
  // A run that is about to end tries nothing again; compensation still does.
  if (draft.run.phase.is === 'draining') return undefined;
  const node = draft.program.node(ref.step);
  const policy = policyOf(node, ref.undo === true);
  const used = task.attempt - 1 - task.forgiven;
  if (policy === undefined || !mayRetry(policy, error, used)) return undefined;
  return draft.time + retryDelay(policy, used + 1, `${draft.run.id} ${taskKey(node, ref)} ${ref.visit} ${task.attempt}`);
}

/** Some failures are a question to a person; the attempt is made again when it is answered. */
function heldBy(draft: Draft, ref: AttemptRef, error: Fault): HeldQuestion | undefined {
  if (draft.run.phase.is === 'draining' || ref.undo === true) return undefined;
  const details = typeof error.details === 'object' && error.details !== null ? error.details : {};
  if (error.code === 'JOB_UNKNOWN' && 'name' in details && typeof details.name === 'string')
    return { about: 'job', name: details.name, text: error.message };
  const { of, onLimit, needed } = details as { readonly of?: unknown; readonly onLimit?: unknown; readonly needed?: unknown };
  if (error.code !== 'BUDGET_EXCEEDED' || onLimit !== 'ask' || typeof of !== 'string') return undefined;
  if (of !== 'run' && of !== 'step') return { about: 'limit', text: error.message, of };
  const isOwn = of === 'run' && draft.program.plan.budget?.onLimit === 'ask' && needed !== undefined;
  return isOwn ? { about: 'budget', text: error.message, needed: Number(needed) } : undefined;
}

export function record(draft: Draft, command: Of<'record'>): void {
  const { ref, name, value } = command;
  if (currentTask(draft.run, ref) === undefined) throw stale(ref);
  draft.push({ type: 'task.recorded', ...ref, name, value });
}

export function intendJob(draft: Draft, command: Of<'intend-job'>): void {
  if (currentTask(draft.run, command.ref) === undefined) throw stale(command.ref);
  draft.push({ type: 'job.intended', ...command.ref, name: command.name });
}

export function submitJob(draft: Draft, command: Of<'submit-job'>): void {
  if (currentTask(draft.run, command.ref) === undefined) throw stale(command.ref);
  draft.push({ type: 'job.submitted', ...command.ref, name: command.name, job: command.job });
}
