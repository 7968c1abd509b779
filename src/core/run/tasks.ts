/** Finding a task by the name of an attempt, and the names of tasks. */
import { ContinuoError } from '../errors.ts';
import type { MapStep, RetryPolicy, Timeout, WorkStep } from '../plan/model.ts';
import type { Node } from '../plan/program.ts';
import type { AttemptRef } from './events.ts';
import type { Run, Task } from './state.ts';

/** The task that the attempt belongs to, if it is the attempt that counts. */
export function currentTask(run: Run, ref: AttemptRef): Task | undefined {
  if ((ref.epoch ?? 0) !== run.epoch) return undefined;
  const task = taskAt(run, ref);
  return task?.is === 'running' && task.attempt === ref.attempt ? task : undefined;
}

/** The field that names attempts of the present plan. */
export function epochOf(run: Run): { readonly epoch?: number } {
  return run.epoch === 0 ? {} : { epoch: run.epoch };
}

/** The task at the place, in whatever state, if the visit is the present one. */
export function taskAt(run: Run, ref: Omit<AttemptRef, 'attempt'>): Task | undefined {
  if (ref.step >= run.steps.length) return undefined;
  const state = run.steps.get(ref.step);
  if (ref.undo === true) {
    const { phase } = run;
    return phase.is === 'undoing' && phase.todo[0] === ref.step && state.visit === ref.visit ? phase.task : undefined;
  }
  if (state.is !== 'active' || state.visit !== ref.visit) return undefined;
  if (state.work.do === 'task') return ref.item === undefined ? state.work.task : undefined;
  if (state.work.do !== 'map' || ref.item === undefined || ref.item >= state.work.items.length) return undefined;
  const item = state.work.items.get(ref.item);
  return item.is === 'active' ? item.task : undefined;
}

/** A task's name, stable over attempts: `script`, `pictures[3]`, `undo:upload`. */
export function taskKey(node: Node, ref: Pick<AttemptRef, 'item' | 'undo'>): string {
  if (ref.undo === true) return `undo:${node.id}`;
  return ref.item === undefined ? node.id : `${node.id}[${ref.item}]`;
}

export function workOf(node: Node): WorkStep | MapStep {
  const step = node.step;
  if (step.kind === 'step' || step.kind === 'call' || step.kind === 'map') return step;
  throw new TypeError(`step ${step.id} is a ${step.kind} and has no worker`);
}

export function policyOf(node: Node, undo: boolean): RetryPolicy | undefined {
  const work = workOf(node);
  return undo ? (work.undo?.retryPolicy ?? work.retryPolicy) : work.retryPolicy;
}

export function timeoutOf(node: Node, undo: boolean): Timeout {
  const timeout = workOf(node).timeout ?? {};
  return undo ? (timeout.attempt === undefined ? {} : { attempt: timeout.attempt }) : timeout;
}

export function stale(ref: AttemptRef): ContinuoError {
  return new ContinuoError('ATTEMPT_STALE', `attempt ${ref.attempt} of visit ${ref.visit} no longer counts`);
}
