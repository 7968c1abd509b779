/**
 * What time alone can bring about.
 *
 * T1. `tick` acts on exactly the deadlines that `deadlines` lists, and `wakeAt` is
 *     the earliest of them: nothing that is due can lack its alarm.
 * T2. The limit of one attempt is not among them: an attempt may have to queue for its
 *     agent, and only the engine knows when it is really made.
 */
import { fault } from '../errors.ts';
import type { Program } from '../plan/program.ts';
import { failStep } from './advance.ts';
import { expire } from './attempts.ts';
import { inline, type Draft } from './draft.ts';
import { failRun } from './ending.ts';
import type { AttemptRef } from './events.ts';
import { hasEnded } from './phases.ts';
import type { Run, StepState, Task } from './state.ts';
import { epochOf, taskAt, taskKey, timeoutOf } from './tasks.ts';
import { wallTime } from './time.ts';

/** Something that happens at an instant of the run's time. */
interface Deadline {
  readonly at: number;
  readonly what:
    | { readonly is: 'run' }
    | { readonly is: 'total' | 'retry'; readonly ref: AttemptRef; readonly allowed: number }
    | { readonly is: 'ask' | 'wait'; readonly place: number };
}

function deadlines(program: Program, run: Run): readonly Deadline[] {
  const found: Deadline[] = [];
  const forward = run.phase.is === 'forward';
  const timeout = program.plan.timeout;
  if (timeout !== undefined && (forward || run.phase.is === 'draining')) found.push({ at: run.began + timeout, what: { is: 'run' } });
  for (const place of run.active) {
    const state = run.steps.get(place);
    if (state.is === 'active') ofWork(found, program, run, place, state);
  }
  if (run.phase.is === 'undoing' && run.phase.task !== undefined) {
    const step = run.phase.todo[0] ?? 0;
    const ref = { step, undo: true as const, visit: run.steps.get(step).visit, attempt: run.phase.task.attempt, ...epochOf(run) };
    ofTask(found, program, ref, run.phase.task, true);
  }
  return found;
}

function ofWork(found: Deadline[], program: Program, run: Run, place: number, { work, visit }: Extract<StepState, { is: 'active' }>): void {
  const forward = run.phase.is === 'forward';
  switch (work.do) {
    case 'task':
      // Most tasks have an attempt in hand and no limit for all of them: no deadline.
      if (work.task.is === 'running' && timeoutOf(program.node(place), false).total === undefined) return;
      return ofTask(found, program, { step: place, visit, attempt: work.task.attempt, ...epochOf(run) }, work.task, forward);
    case 'map': {
      // Items that all run without a limit have no deadline: a wide map need not be searched for one.
      if (work.open === work.running && timeoutOf(program.node(place), false).total === undefined) return;
      let item = 0;
      for (const one of work.items) {
        if (one.is === 'active')
          ofTask(found, program, { step: place, item, visit, attempt: one.task.attempt, ...epochOf(run) }, one.task, forward);
        item++;
      }
      return;
    }
    case 'ask':
      if (forward && work.deadline !== undefined) found.push({ at: work.deadline, what: { is: 'ask', place } });
      return;
    case 'wait':
      if (forward && work.until !== undefined)
        found.push({ at: work.wall === true ? work.until - run.stoodStill : work.until, what: { is: 'wait', place } });
  }
}

function ofTask(found: Deadline[], program: Program, ref: AttemptRef, task: Task, retries: boolean): void {
  const { total } = timeoutOf(program.node(ref.step), ref.undo === true);
  if (task.is !== 'held' && total !== undefined) found.push({ at: task.first + total, what: { is: 'total', ref, allowed: total } });
  if (task.is === 'backoff' && retries && task.retryAt !== undefined)
    found.push({ at: task.retryAt, what: { is: 'retry', ref, allowed: 0 } });
}

/** When the run must be looked at again if nothing happens before, in wall time. */
export function wakeAt(program: Program, run: Run): number | undefined {
  if (run.pausedAt !== undefined || hasEnded(run) || run.phase.is === 'queued') return undefined;
  let earliest: number | undefined;
  for (const { at } of deadlines(program, run)) if (earliest === undefined || at < earliest) earliest = at;
  return earliest === undefined ? undefined : wallTime(run, earliest);
}

export function tick(draft: Draft): void {
  const { run, program, time } = draft;
  if (run.pausedAt !== undefined || hasEnded(run) || run.phase.is === 'queued') return;
  for (const deadline of deadlines(program, run)) if (deadline.at <= time) act(draft, deadline.what);
}

function act(draft: Draft, what: Deadline['what']): void {
  switch (what.is) {
    case 'run': {
      const timeout = draft.program.plan.timeout ?? 0;
      return failRun(draft, fault('RUN_TIMED_OUT', `plan ${draft.program.plan.id} timed out after ${timeout} ms`), false);
    }
    case 'total':
      return expire(
        draft,
        what.ref,
        fault('STEP_TIMED_OUT', `${keyOf(draft, what.ref)} timed out: its attempts took longer than ${what.allowed} ms in all`),
      );
    case 'retry':
      return startAgain(draft, what.ref);
    case 'ask':
    case 'wait':
      return passed(draft, what.place);
  }
}

const keyOf = (draft: Draft, ref: AttemptRef): string => taskKey(draft.program.node(ref.step), ref);

/** Earlier deadlines of the same tick may have ended the task or the run, and a run that is ending starts nothing. */
function startAgain(draft: Draft, ref: AttemptRef): void {
  if (draft.run.phase.is === 'draining') return;
  const task = taskAt(draft.run, ref);
  if (task?.is === 'backoff' && task.attempt === ref.attempt) draft.push({ type: 'task.started', ...ref, attempt: ref.attempt + 1 });
}

/** The time of a question or a wait is over. */
function passed(draft: Draft, place: number): void {
  const state = draft.run.steps.get(place);
  const { step, id } = draft.program.node(place);
  if (state.is !== 'active' || draft.run.phase.is !== 'forward') return;
  if (step.kind === 'ask') {
    if (step.otherwise === undefined) return failStep(draft, place, fault('ASK_EXPIRED', `nobody answered ${id} in time`));
    const output = step.choices === undefined ? { value: step.otherwise, by: 'deadline' } : { choice: step.otherwise, by: 'deadline' };
    draft.push({ type: 'step.completed', step: place, visit: state.visit, output: inline(output), source: 'deadline' });
  } else if (step.kind === 'wait') {
    const timer = 'duration' in step.for || 'until' in step.for;
    if (!timer && step.otherwise === undefined)
      return failStep(draft, place, fault('WAIT_EXPIRED', `what ${id} waits for did not come in time`));
    draft.push({
      type: 'step.completed',
      step: place,
      visit: state.visit,
      output: inline(step.otherwise ?? null),
      ...(timer ? {} : { source: 'deadline' as const }),
    });
  }
  draft.settled(place);
}
