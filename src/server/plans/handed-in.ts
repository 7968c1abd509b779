/** Plans that somebody handed in, for whoever starts one by its id. */
import { ContinuoError } from '../../core/errors.ts';
import type { Plan } from '../../core/plan/model.ts';
import type { SubmittedPlan } from '../../ports/access.ts';
import type { ServerParts } from '../parts.ts';
import { mustBeSigned } from './signed.ts';

export interface HandedIn {
  readonly plan: Plan;
  readonly submitted: SubmittedPlan;
}

/** The plan of that id of one of the projects; one that is not there and a foreign one are answered alike. */
export async function handedIn(projects: readonly string[], id: string, { backend }: Pick<ServerParts, 'backend'>): Promise<HandedIn> {
  for (const project of projects) {
    const submitted = await backend.access.plans.get(project, id);
    const text = submitted === undefined ? undefined : await backend.plans.load(id);
    // It was brought into this form before it was saved under its hash.
    if (submitted !== undefined && text !== undefined) return { submitted, plan: JSON.parse(text) as Plan };
  }
  throw new ContinuoError('PLAN_UNKNOWN', `there is no plan ${JSON.stringify(id)} here`);
}

/** The same, where it may run: its signature counts now, whatever counted when it was handed in. */
export async function runnablePlan(project: string, id: string, parts: Pick<ServerParts, 'backend' | 'settings'>): Promise<Plan> {
  const { plan, submitted } = await handedIn([project], id, parts);
  mustBeSigned(plan, submitted.signature, parts.settings);
  return plan;
}
