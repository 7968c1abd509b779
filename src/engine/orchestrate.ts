/** The result of a run in the shape of an orchestration plan's. */
import { ContinuoError } from '../core/errors.ts';
import type { Json } from '../core/data/json.ts';
import type { Plan } from '../core/plan/model.ts';
import { fallbackId } from './children.ts';
import type { Reader } from './reader.ts';
import type { RunView } from './view.ts';

export interface StepResult {
  readonly success: boolean;
  readonly data: Json | undefined;
}

export interface OrchestrationResult {
  readonly planId: string;
  readonly runId: string;
  readonly success: boolean;
  /** Milliseconds. */
  readonly duration: number;
  readonly results: ReadonlyMap<string, StepResult>;
  readonly errors?: ReadonlyMap<string, Error>;
}

export async function orchestrate(reader: Pick<Reader, 'get'>, plan: Plan, runId: string, duration: number): Promise<OrchestrationResult> {
  const results = new Map<string, StepResult>();
  const errors = new Map<string, Error>();
  const main = await reader.get(runId);
  collect(main, results, errors);
  if (plan.fallbackPlan !== undefined && main.phase !== 'cancelled' && anyFailed(main)) {
    const fallback = await reader.get(fallbackId(runId)).catch(() => undefined);
    if (fallback !== undefined) collect(fallback, results, errors);
  }
  const success = main.status === 'succeeded';
  const { error } = main;
  if (!success && error?.code === 'RUN_TIMED_OUT') throw new ContinuoError('RUN_TIMED_OUT', error.message, { runId });
  if (!success && error !== undefined && errors.size === 0) errors.set(plan.id, new Error(error.message));
  return { planId: plan.id, runId, success, duration, results, ...(errors.size === 0 ? {} : { errors }) };
}

function anyFailed(view: RunView): boolean {
  return Object.values(view.steps).some((step) => step.status !== 'done' && step.status !== 'skipped' && step.status !== 'overtaken');
}

function collect(view: RunView, results: Map<string, StepResult>, errors: Map<string, Error>): void {
  for (const [id, step] of Object.entries(view.steps)) {
    if (step.status === 'done') results.set(id, { success: true, data: step.output });
    else if (step.status === 'failed') {
      results.set(id, { success: false, data: undefined });
      const message = step.error?.message ?? 'failed';
      errors.set(id, Object.assign(new Error(message), { code: step.error?.code }));
    }
  }
}
