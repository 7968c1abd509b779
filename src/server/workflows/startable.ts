/** What a request wants started, or a run moved to: a registered workflow, a plan that came along, or one handed in before. */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { Plan } from '../../core/plan/model.ts';
import { parsePlan } from '../../core/plan/read.ts';
import { planWorkflow, type AnyWorkflow } from '../../core/plan/workflow.ts';
import type { ServerParts } from '../parts.ts';
import { runnablePlan } from '../plans/handed-in.ts';
import { mustBeSigned, signatureForm, type PlanSignature } from '../plans/signed.ts';
import { workflowName } from './wire.ts';

export interface SaidStartable {
  readonly workflow?: string | undefined;
  readonly plan?: Readonly<Record<string, unknown>> | undefined;
  readonly plan_id?: string | undefined;
  readonly signature?: PlanSignature | undefined;
}

interface StartableFields {
  readonly workflow: z.ZodType<SaidStartable['workflow']>;
  readonly plan: z.ZodType<SaidStartable['plan']>;
  readonly plan_id: z.ZodType<SaidStartable['plan_id']>;
  readonly signature: z.ZodType<SaidStartable['signature']>;
}

/** Exactly one of the first three; a signature goes with a plan. */
export const startableFields: StartableFields = {
  workflow: workflowName.optional().meta({ description: 'The name of a registered workflow.' }),
  plan: z.record(z.string(), z.unknown()).optional().meta({ description: 'A plan as data, in any form that `continuo validate` takes.' }),
  plan_id: z
    .string()
    .max(200)
    .regex(/^[\w-]+$/)
    .optional()
    .meta({ description: 'A plan that was handed in before.' }),
  signature: z
    .strictObject({ signer: z.string().min(1).max(200), value: z.string().regex(signatureForm) })
    .optional()
    .meta({ description: 'Who vouches for the plan.' }),
};

const workflows = new WeakMap<Plan, AnyWorkflow>();

/** Made once of each plan that is kept: its hash is dear. */
function workflowOf(plan: Plan): AnyWorkflow {
  const workflow = workflows.get(plan) ?? planWorkflow(plan);
  workflows.set(plan, workflow);
  return workflow;
}

export async function startableOf(said: SaidStartable, project: string, parts: ServerParts): Promise<AnyWorkflow | string> {
  const { workflow, plan, plan_id: planId, signature } = said;
  if ([workflow, plan, planId].filter((one) => one !== undefined).length !== 1)
    throw new ContinuoError('REQUEST_INVALID', 'body: exactly one of `workflow`, `plan` and `plan_id` is needed');
  if (signature !== undefined && plan === undefined)
    throw new ContinuoError('REQUEST_INVALID', 'body/signature: a signature goes with a `plan`');
  if (workflow !== undefined) return workflow;
  if (plan === undefined) return workflowOf(await runnablePlan(project, planId ?? '', parts));
  const read = planWorkflow(parsePlan(plan));
  mustBeSigned(read.plan, signature, parts.settings);
  return read;
}
