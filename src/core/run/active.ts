/** The two moves that keep S4: a step becomes active, and stops being so. */
import type { Fault, SkipReason, Source } from './events.ts';
import type { Kept, Output, Run, StepState, Work } from './state.ts';

type Feedback = { readonly feedback?: NonNullable<Extract<StepState, { is: 'idle' }>['feedback']> };

const feedbackIn = (state: StepState): Feedback =>
  'feedback' in state && state.feedback !== undefined ? { feedback: state.feedback } : {};

export function activate(run: Run, place: number, visit: number, work: Work, at: number): Run {
  const state = run.steps.get(place);
  const since = state.is === 'active' ? state.since : at;
  const steps = run.steps.set(place, { is: 'active', visit, ...feedbackIn(state), since, work });
  return { ...run, steps, active: state.is === 'active' ? run.active : [...run.active, place] };
}

function leave(run: Run, place: number, state: StepState, completions: number = run.completions): Run {
  const active = run.steps.get(place).is === 'active' ? run.active.filter((other) => other !== place) : run.active;
  return { ...run, steps: run.steps.set(place, state), active, completions };
}

/** The step is done. */
export function retire(
  run: Run,
  place: number,
  at: number,
  result: { readonly output: Output; readonly attempts: number; readonly visit?: number; readonly source?: Source },
): Run {
  const state = run.steps.get(place);
  const done: StepState = { is: 'done', ...feedbackIn(state), ...result, visit: result.visit ?? state.visit, order: run.completions, at };
  return leave(run, place, done, run.completions + 1);
}

export function skip(run: Run, place: number, why: SkipReason): Run {
  return leave(run, place, { is: 'skipped', visit: run.steps.get(place).visit, why });
}

export function fail(
  run: Run,
  place: number,
  at: number,
  failure: { readonly visit: number; readonly error: Fault; readonly handled: boolean },
): Run {
  const state = run.steps.get(place);
  const kept = keepOf(state);
  return leave(run, place, {
    is: 'failed',
    ...feedbackIn(state),
    ...failure,
    attempts: kept?.attempts ?? 0,
    at,
    ...(kept === undefined ? {} : { keep: kept }),
  });
}

/** What a later retry need not do again. */
export function keepOf(state: StepState): Kept | undefined {
  if (state.is === 'idle' || state.is === 'failed') return state.keep;
  if (state.is !== 'active') return undefined;
  switch (state.work.do) {
    case 'task':
      return { attempts: state.work.task.attempt, records: state.work.task.records };
    case 'map':
      return { attempts: 0, items: state.work.items };
    default:
      return { attempts: 0 };
  }
}

/** Remembers the compensation in hand: when it fails or is cut off, a later try need not do it all again. */
export function keepUndo(run: Run): Run {
  if (run.phase.is !== 'undoing' || run.phase.task === undefined) return run;
  const place = run.phase.todo[0] ?? 0;
  const { attempt, records } = run.phase.task;
  return { ...run, undos: { ...run.undos, [place]: { visit: run.steps.get(place).visit, attempts: attempt, records } } };
}

/** Nothing is in hand any more: what was active waits, with what a later retry can keep. */
export function park(run: Run): Run {
  let steps = run.steps;
  const early = [...run.early];
  for (const place of run.active) {
    const state = steps.get(place);
    const keep = keepOf(state);
    // Votes that did not make a quorum yet count when the question is put again.
    if (state.is === 'active' && state.work.do === 'ask') early.push(...state.work.answers.map((answer) => ({ step: place, answer })));
    steps = steps.set(place, { is: 'idle', visit: state.visit, ...feedbackIn(state), ...(keep === undefined ? {} : { keep }) });
  }
  return { ...run, steps, active: [], early };
}
