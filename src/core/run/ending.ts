/**
 * How a run ends: success, or failure by way of draining, compensation and the
 * fallback plan, in that order.
 */
import { ContinuoError, faultOf } from '../errors.ts';
import type { Json } from '../data/json.ts';
import { inline, type Draft } from './draft.ts';
import type { Fault } from './events.ts';
import { isBusy } from './phases.ts';
import type { Ending, Run, StepState } from './state.ts';

/** The run will fail. With `drain`, attempts in hand may finish, so that what was paid for is kept. */
export function failRun(draft: Draft, error: Fault, drain: boolean): void {
  if (draft.run.phase.is === 'forward' || (draft.run.phase.is === 'draining' && !drain)) draft.push({ type: 'run.failing', error, drain });
}

/** Takes the next step towards the end, if nothing is in hand. Answers whether it did. */
export function endIfQuiet(draft: Draft): boolean {
  const { run } = draft;
  switch (run.phase.is) {
    case 'forward':
      return run.active.length === 0 && succeed(draft);
    case 'draining':
      return !isBusy(run) && wind(draft, run.phase.end);
    case 'undoing':
      return run.phase.task === undefined && undoNext(draft, run.phase);
    default:
      return false;
  }
}

function succeed(draft: Draft): boolean {
  const left = draft.program.nodes.find(({ place }) => isOpenFailure(draft.run.steps.get(place)));
  const state = left === undefined ? undefined : draft.run.steps.get(left.place);
  if (left !== undefined && state?.is === 'failed') {
    // A retry or a skip mended one of several failures; the others still stand.
    failRun(draft, { ...state.error, message: `${left.id}: ${state.error.message}` }, true);
    return true;
  }
  try {
    draft.push({ type: 'run.succeeded', output: inline(outputOfRun(draft)) });
  } catch (error) {
    if (!(error instanceof ContinuoError)) throw error;
    failRun(draft, faultOf(error), true);
  }
  return true;
}

/** The plan's own output, or the map of what its steps gave. */
function outputOfRun(draft: Draft): Json {
  const scope = draft.scope(undefined);
  if (draft.program.output !== undefined) return draft.program.output(scope) ?? null;
  const all: Record<string, Json> = {};
  for (const node of draft.program.nodes) {
    const output = scope.output(node.id);
    if (output !== undefined) all[node.id] = output;
  }
  return all;
}

/** Everything in hand has finished: compensate, fall back, or end. */
function wind(draft: Draft, end: Ending): boolean {
  const steps = undoable(draft);
  if (steps.length > 0) draft.push({ type: 'run.undoing', steps });
  else close(draft, end);
  return true;
}

function undoable(draft: Draft): readonly number[] {
  const done: { readonly place: number; readonly order: number }[] = [];
  for (const { place, step } of draft.program.nodes) {
    if (!('undo' in step) || step.undo === undefined) continue;
    const state = draft.run.steps.get(place);
    if (state.is === 'done' && state.undone !== true) done.push({ place, order: state.order });
  }
  return done.sort((a, b) => b.order - a.order).map(({ place }) => place);
}

function undoNext(draft: Draft, phase: Extract<Run['phase'], { is: 'undoing' }>): boolean {
  const place = phase.todo[0];
  if (place === undefined) {
    close(draft, phase.end);
    return true;
  }
  // A retry or a cancellation may undo the same visit again: no attempt has the name of another.
  const attempt = (draft.run.undos?.[place]?.attempts ?? 0) + 1;
  draft.push({ type: 'task.started', step: place, undo: true, visit: draft.run.steps.get(place).visit, attempt });
  return true;
}

function close(draft: Draft, end: Ending): void {
  if (end.as === 'cancelled') draft.push({ type: 'run.cancelled', ...(end.reason === undefined ? {} : { reason: end.reason }) });
  else if (draft.program.plan.fallbackPlan !== undefined) draft.push({ type: 'run.fallback', plan: draft.program.plan.fallbackPlan.id });
  else draft.push({ type: 'run.failed', error: end.error });
}

/** A failure that nothing in the plan takes care of. */
export function isOpenFailure(state: StepState): boolean {
  return state.is === 'failed' && !state.handled;
}
