/** What people do to a run as a whole. */
import { ContinuoError } from '../errors.ts';
import type { Command } from './commands.ts';
import { tick } from './deadlines.ts';
import type { Draft } from './draft.ts';
import { isOpenFailure } from './ending.ts';
import { doneAgain, overtakeAgain } from './joins.ts';
import { takeSignals } from './people.ts';
import { mustGoOn } from './phases.ts';
import { nextVisit } from './visits.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

const who = (by: string | undefined): { readonly by?: string } => (by === undefined ? {} : { by });

/** Attempts in hand go on and are recorded; nothing new starts, and the run's time stands still. */
export function pause(draft: Draft, by: string | undefined): void {
  mustGoOn(draft.run);
  if (draft.run.pausedAt === undefined) draft.push({ type: 'run.paused', ...who(by) });
}

export function resume(draft: Draft, by: string | undefined): void {
  mustGoOn(draft.run);
  if (draft.run.pausedAt === undefined) return;
  draft.push({ type: 'run.resumed', ...who(by) });
  tick(draft);
  if (draft.run.phase.is === 'forward') takeSignals(draft);
  draft.touchAll();
}

export function cancel(draft: Draft, command: Of<'cancel'>): void {
  mustGoOn(draft.run);
  const phase = draft.run.phase;
  const already = (phase.is === 'draining' || phase.is === 'undoing') && phase.end.as === 'cancelled';
  if (!already)
    draft.push({ type: 'run.cancelling', ...who(command.by), ...(command.reason === undefined ? {} : { reason: command.reason }) });
}

/** Failed steps are tried again; what was compensated, and what follows from it, is done anew. */
export function retry(draft: Draft, command: Of<'retry'>): void {
  const { run, program } = draft;
  // A run that was called and then stopped goes on for the next attempt of the call.
  const calledAgain = run.phase.is === 'cancelled' && command.parent !== undefined;
  if (run.phase.is !== 'failed' && !calledAgain) throw new ContinuoError('RUN_NOT_FAILED', `run ${run.id} has not failed`);
  const failed = program.nodes.filter(({ place }) => isOpenFailure(run.steps.get(place))).map(({ place }) => place);
  const only = command.step === undefined ? undefined : program.place(command.step);
  if (only !== undefined && !failed.includes(only))
    throw new ContinuoError('RUN_NOT_FAILED', `step ${command.step} of run ${run.id} has not failed`);
  const again = new Set([...(only === undefined ? failed : [only]), ...compensated(draft)]);
  const parent = command.parent;
  draft.push({
    type: 'run.retried',
    steps: [...again].sort((a, b) => a - b),
    ...who(command.by),
    ...(parent === undefined ? {} : { parent }),
    ...(command.queued === true ? { queued: true } : {}),
  });
  overtakeAgain(draft);
  draft.touchAll();
}

/** What was compensated, and what follows from it. */
function compensated({ program, run }: Draft): readonly number[] {
  return program.nodes.flatMap(({ place }) => {
    const state = run.steps.get(place);
    return state.is === 'done' && state.undone === true ? doneAgain(program, run, place) : [];
  });
}

/** A person gives the step's result instead of its agent. What was compensated when the run failed is done anew. */
export function skipStep(draft: Draft, command: Of<'skip'>): void {
  const { run, program } = draft;
  const place = program.place(command.step);
  const state = run.steps.get(place);
  if (run.phase.is !== 'failed') mustGoOn(run);
  if (state.is === 'done' || state.is === 'skipped') throw new ContinuoError('STEP_DONE', `step ${command.step} is ${state.is} already`);
  if (run.phase.is === 'failed') {
    const again = new Set(compensated(draft));
    again.delete(place);
    const steps = [...again].sort((a, b) => a - b);
    draft.push({ type: 'run.retried', steps, ...who(command.by), ...(command.queued === true ? { queued: true } : {}) });
  } else if (run.phase.is !== 'forward') throw new ContinuoError('RUN_NOT_ENDED', `run ${run.id} is ending; wait until it has`);
  const visit = state.is === 'idle' ? nextVisit(run, place) : state.visit;
  draft.push({ type: 'step.completed', step: place, visit, output: command.value, source: 'skip', ...who(command.by) });
  draft.touchAll();
}
