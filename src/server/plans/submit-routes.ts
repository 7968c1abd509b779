/** Plans as data: looked at, priced, kept, and found again. */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { Json } from '../../core/data/json.ts';
import type { Plan } from '../../core/plan/model.ts';
import { parsePlan, readPlan } from '../../core/plan/read.ts';
import { planHash } from '../../core/plan/workflow.ts';
import type { SubmittedPlan } from '../../ports/access.ts';
import type { Noted } from '../access/auditing.ts';
import type { Principal } from '../access/principal.ts';
import { projectFor } from '../access/project-for.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { mustOwnBlobs } from './blob-access.ts';
import { estimateOf, estimateSchema } from './estimate.ts';
import { handedIn } from './handed-in.ts';
import { canonicalPlanText, mustBeSigned, type PlanSignature } from './signed.ts';
import { Spent } from './spent.ts';
import { agentLines, agentSchema, stepLines, stepSchema } from './summary.ts';
import { planBody, planId, projectId, signature, time } from './wire.ts';

const summarySchema = z.strictObject({
  plan_id: planId,
  workflow: z.string(),
  steps: z.array(stepSchema),
  agents: z.array(agentSchema),
  estimate: estimateSchema,
});

const submittedSchema = z.strictObject({
  plan_id: planId,
  project_id: z.string(),
  workflow: z.string(),
  created_at: time,
  created_by: z.string(),
  signed_by: z.string().optional(),
});

const answerSchema = z.strictObject({
  ...summarySchema.shape,
  project_id: z.string(),
  signed_by: z.string().optional(),
  needs_signature: z.boolean().describe('Whether the server runs it only once somebody whom it trusts has signed it.'),
});

const problemSchema = z.strictObject({ path: z.string(), problem: z.string(), mend: z.string() });

const validitySchema = z.discriminatedUnion('valid', [
  z.strictObject({
    valid: z.literal(true),
    ...summarySchema.shape,
    canonical: z.string().describe('The text that a signature is made over.'),
  }),
  z.strictObject({ valid: z.literal(false), problems: z.array(problemSchema) }),
]);

const tags = ['plans'];
/** Ended runs of the same workflow that a price is told from, and runs that are looked through for them. */
const earlierRuns = { taken: 20, looked: 100 };

export async function submitRoutes(app: App, parts: ServerParts): Promise<void> {
  const desk = new PlanDesk(parts);
  app.post('/api/v1/plans', {
    config: { access: { scope: 'run', of: 'some' }, audit: 'plan.submit' },
    schema: {
      tags,
      summary: 'Hand in a plan: it is checked, priced and kept, and may be started by its id',
      operationId: 'submitPlan',
      body: z.strictObject({ plan: planBody, project_id: projectId.optional(), signature: signature.optional() }),
      response: { 201: answerSchema },
    },
    handler: async (request, reply) => {
      const { plan, project_id: said, signature: signed } = request.body;
      const project = projectFor(request.principal, said);
      const taken = await desk.take(plan, project, request.principal, signed);
      request.noted = notedOf(taken);
      return reply.code(201).send(taken);
    },
  });
  app.post('/api/v1/plans/validate', {
    config: { access: { scope: 'read', of: 'some' } },
    schema: {
      tags,
      summary: 'Check and price a plan without keeping it; everything that is wrong with it is told at once',
      operationId: 'validatePlan',
      body: z.strictObject({ plan: planBody, project_id: projectId.optional() }),
      response: { 200: validitySchema },
    },
    handler: async ({ body, principal }) => {
      const project = projectFor(principal, body.project_id);
      const { plan, problems } = readPlan(body.plan);
      if (plan === undefined) return { valid: false as const, problems: problems.map((one) => ({ ...one })) };
      return { valid: true as const, ...(await desk.summary(plan, project)), canonical: canonicalPlanText(plan) };
    },
  });
  app.post('/api/v1/plans/from-goal', {
    config: { access: { scope: 'run', of: 'some' }, audit: 'plan.from-goal' },
    schema: {
      tags,
      summary: 'Have a plan made of a goal in words, and kept',
      operationId: 'planFromGoal',
      body: z.strictObject({
        goal: z.string().trim().min(1).max(10_000).meta({ example: 'Write an article about kites, and ask before it is published' }),
        project_id: projectId.optional(),
      }),
      response: { 201: z.strictObject({ ...answerSchema.shape, plan: planBody }) },
    },
    handler: async (request, reply) => {
      const { planner } = parts.systems;
      const project = projectFor(request.principal, request.body.project_id);
      if (planner === undefined)
        throw new ContinuoError('NOT_OFFERED', 'no planner is mounted here: write the plan as data and hand it in with POST /api/v1/plans');
      const plan = parsePlan(await planner(request.body.goal, project));
      const taken = await desk.take(plan, project, request.principal);
      request.noted = notedOf(taken);
      return reply.code(201).send({ ...taken, plan: plainOf(plan) });
    },
  });
  lookRoutes(app, parts, desk);
}

function lookRoutes(app: App, parts: ServerParts, desk: PlanDesk): void {
  app.get('/api/v1/plans', {
    config: { access: { scope: 'read', of: 'some' } },
    schema: {
      tags,
      summary: 'Plans that were handed in, newest first',
      operationId: 'listPlans',
      querystring: z.strictObject({ project_id: projectId.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
      response: { 200: z.strictObject({ plans: z.array(submittedSchema) }) },
    },
    handler: async ({ query, principal }) => {
      const projects = projectsAsked(principal, query.project_id);
      const found = await Promise.all(projects.map((project) => parts.backend.access.plans.list(project, query.limit)));
      const plans = found
        .flat()
        .sort((one, other) => other.at - one.at)
        .slice(0, query.limit);
      return { plans: plans.map((plan) => submittedOf(plan)) };
    },
  });
  app.get('/api/v1/plans/:plan_id', {
    config: { access: { scope: 'read', of: 'some' } },
    schema: {
      tags,
      summary: 'A plan that was handed in, in its normal form',
      operationId: 'getPlan',
      params: z.strictObject({ plan_id: planId }),
      querystring: z.strictObject({ project_id: projectId.optional() }),
      response: { 200: z.strictObject({ ...submittedSchema.shape, ...summarySchema.shape, plan: planBody }) },
    },
    handler: async ({ params, query, principal }) => {
      const { plan, submitted } = await handedIn(projectsAsked(principal, query.project_id), params.plan_id, parts);
      return { ...submittedOf(submitted), ...(await desk.summary(plan, submitted.project)), plan: plainOf(plan) };
    },
  });
}

type Taken = z.infer<typeof answerSchema>;
type Summary = z.infer<typeof summarySchema>;

class PlanDesk {
  readonly #parts: ServerParts;
  readonly #spent: Spent;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#spent = new Spent(parts.backend);
  }

  async take(source: unknown, project: string, principal: Principal, signed?: PlanSignature): Promise<Taken> {
    const { backend, clock, settings } = this.#parts;
    const plan = parsePlan(source);
    await mustOwnBlobs(principal, asJson(plan), this.#parts);
    // It may come without a signature that it needs to run: somebody else may sign it later.
    mustBeSigned(plan, signed, { ...settings, requireSigned: false });
    const id = planHash(plan);
    await backend.plans.save(id, JSON.stringify(plan));
    await backend.access.plans.save({
      id,
      project,
      workflow: plan.id,
      at: clock.now(),
      by: principal.who,
      ...(signed === undefined ? {} : { signature: signed }),
    });
    const kept = await backend.access.plans.get(project, id);
    const signer = kept?.signature?.signer;
    return {
      ...(await this.summary(plan, project)),
      project_id: project,
      ...(signer === undefined ? {} : { signed_by: signer }),
      needs_signature: settings.requireSigned === true && signer === undefined,
    };
  }

  async summary(plan: Plan, project: string): Promise<Summary> {
    const { orchestrator, backend } = this.#parts;
    const hosts = [...orchestrator.agents(), ...(backend.directory?.hosted().values() ?? [])];
    const names = new Set(hosts.flatMap(({ id, capabilities }) => [id, ...capabilities]));
    return {
      plan_id: planHash(plan),
      workflow: plan.id,
      steps: stepLines(plan),
      agents: agentLines(plan, (name) => names.has(name)),
      estimate: estimateOf(plan, await this.#earlier(plan.id, project)),
    };
  }

  /** What the last runs of the workflow have spent. */
  async #earlier(workflow: string, project: string): Promise<readonly number[]> {
    const runs = await this.#parts.backend.runs.list({ project, workflow, limit: earlierRuns.looked });
    const ended = runs.filter(({ status }) => status === 'succeeded').slice(0, earlierRuns.taken);
    return Promise.all(ended.map((run) => this.#spent.of(run)));
  }
}

function notedOf({ project_id: project, plan_id: plan, workflow, signed_by: signedBy }: Taken): Noted {
  return { project, details: { plan, workflow, ...(signedBy === undefined ? {} : { signed_by: signedBy }) } };
}

function submittedOf({ id, project, workflow, at, by, signature: signed }: SubmittedPlan): z.infer<typeof submittedSchema> {
  return {
    plan_id: id,
    project_id: project,
    workflow,
    created_at: new Date(at).toISOString(),
    created_by: by,
    ...(signed === undefined ? {} : { signed_by: signed.signer }),
  };
}

/** The projects that a question is about: the one that was named, or all that the key is bound to. */
function projectsAsked(principal: Principal, said: string | undefined): readonly string[] {
  return said === undefined && principal.projects !== undefined ? principal.projects : [projectFor(principal, said)];
}

// Plans are plain JSON by their P1, which interfaces cannot say.
const asJson = (plan: Plan): Json => plan as unknown as Json;
const plainOf = (plan: Plan): Record<string, unknown> => ({ ...plan });
