/** How a film stands, of how the steps of its run stand. Pure. */
import type { RunView, StepView } from '../../engine/view.ts';
import type { Stage } from '../../studio/film/film-system.ts';

export interface FilmStanding {
  readonly status: 'queued' | 'processing' | 'waiting' | 'paused' | 'completed' | 'failed' | 'cancelled';
  /** Percent. */
  readonly progress: number;
  /** The stage that is worked on; absent when none is. */
  readonly stage?: string;
}

export function standingOf(view: Pick<RunView, 'status' | 'phase' | 'steps'>, stages: readonly Stage[]): FilmStanding {
  const status = statusOf(view);
  if (status === 'completed') return { status, progress: 100 };
  const shares = stages.map((stage) => ({ name: stage.name, weight: weightOf(stage), share: shareOf(stage, view.steps) }));
  const whole = shares.reduce((sum, { weight }) => sum + weight, 0);
  const done = shares.reduce((sum, { weight, share }) => sum + weight * share, 0);
  const stage = shares.find(({ share }) => share < 1)?.name;
  // That it is done is said by its end alone.
  const progress = Math.min(99, Math.floor((100 * done) / Math.max(1, whole)));
  return { status, progress, ...(stage === undefined ? {} : { stage }) };
}

function statusOf({ status, phase }: Pick<RunView, 'status' | 'phase'>): FilmStanding['status'] {
  if (status === 'succeeded') return 'completed';
  if (status === 'running') return phase === 'queued' ? 'queued' : 'processing';
  return status;
}

const weightOf = ({ steps, weights = {} }: Stage): number => steps.reduce((sum, step) => sum + (weights[step] ?? 1), 0);

function shareOf(stage: Stage, steps: RunView['steps']): number {
  const done = stage.steps.reduce((sum, id) => {
    const step = steps[id];
    return sum + (stage.weights?.[id] ?? 1) * (step === undefined ? 0 : doneOf(step));
  }, 0);
  return done / weightOf(stage);
}

function doneOf({ status, items }: StepView): number {
  if (status === 'done' || status === 'skipped' || status === 'overtaken') return 1;
  return items === undefined || items.total === 0 ? 0 : items.done / items.total;
}
