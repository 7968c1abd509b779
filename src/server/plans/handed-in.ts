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

const mostKept = 32;
/** Of each store the plans that were read last: a plan of an id never changes, and a thousand runs may begin with one. */
const kept = new WeakMap<object, Map<string, Promise<Plan | undefined>>>();

async function savedPlan(id: string, plans: ServerParts['backend']['plans']): Promise<Plan | undefined> {
  const read = kept.get(plans) ?? new Map<string, Promise<Plan | undefined>>();
  kept.set(plans, read);
  // It was brought into this form before it was saved under its hash.
  const plan = read.get(id) ?? plans.load(id).then((text) => (text === undefined ? undefined : (JSON.parse(text) as Plan)));
  read.delete(id);
  read.set(id, plan);
  const [oldest] = read.keys();
  if (read.size > mostKept && oldest !== undefined) read.delete(oldest);
  // What was not there, or could not be read, may be another time.
  const found = await plan.catch((error: unknown) => {
    read.delete(id);
    throw error;
  });
  if (found === undefined) read.delete(id);
  return found;
}

/** The plan of that id of one of the projects; one that is not there and a foreign one are answered alike. */
export async function handedIn(projects: readonly string[], id: string, { backend }: Pick<ServerParts, 'backend'>): Promise<HandedIn> {
  for (const project of projects) {
    const submitted = await backend.access.plans.get(project, id);
    const plan = submitted === undefined ? undefined : await savedPlan(id, backend.plans);
    if (submitted !== undefined && plan !== undefined) return { submitted, plan };
  }
  throw new ContinuoError('PLAN_UNKNOWN', `there is no plan ${JSON.stringify(id)} here`);
}

/** The same, where it may run: its signature counts now, whatever counted when it was handed in. */
export async function runnablePlan(project: string, id: string, parts: Pick<ServerParts, 'backend' | 'settings'>): Promise<Plan> {
  const { plan, submitted } = await handedIn([project], id, parts);
  mustBeSigned(plan, submitted.signature, parts.settings);
  return plan;
}
