/** Accepting runs: one of them, or one of a batch. */
import { z } from 'zod';
import type { Json } from '../../core/data/json.ts';
import { statusOf } from '../../core/run/phases.ts';
import type { Status } from '../../core/run/state.ts';
import type { Principal } from '../access/principal.ts';
import { projectFor } from '../access/project-for.ts';
import type { ServerParts } from '../parts.ts';
import { mustOwnBlobs } from '../plans/blob-access.ts';
import { examplePlan } from '../plans/wire.ts';
import { startableFields, startableOf, type SaidStartable } from './startable.ts';
import { jsonValue } from '../http/json-value.ts';
import { instant, isoOf, projectId, status } from './wire.ts';

export interface SaidHow {
  readonly input?: Json | undefined;
  readonly idempotency_key?: string | undefined;
  readonly budget?: number | undefined;
  readonly priority?: number | undefined;
}

export interface SaidStart extends SaidStartable, SaidHow {
  readonly project_id?: string | undefined;
}

const howFields = {
  input: jsonValue.optional().meta({ description: 'What the run is started with; held against the schema of the workflow’s input.' }),
  idempotency_key: z.string().min(1).max(200).optional().meta({ description: 'A second start with the same key is the same run.' }),
  budget: z.number().min(0).max(1_000_000).optional().meta({
    description: 'What it may cost at most, in dollars; a smaller limit of its plan holds.',
  }),
  priority: z.int().min(-1000).max(1000).optional().meta({ description: 'Higher goes first.' }),
};

export const startBody: z.ZodType<SaidStart> = z.strictObject({ ...startableFields, project_id: projectId.optional(), ...howFields }).meta({
  id: 'StartWorkflow',
  // A plan that needs no agent runs on every server.
  example: { plan: examplePlan, project_id: 'project_123', input: { title: 'Kites' } },
});

/** Where the path says what is started, and in which project. */
export const howBody: z.ZodType<SaidHow> = z.strictObject(howFields).meta({ id: 'StartProjectWorkflow' });

export interface AcceptedRun {
  readonly workflow_id: string;
  readonly status: Status;
  readonly project_id: string;
  readonly workflow: string;
  readonly created_at: string;
  readonly links: { readonly self: string; readonly events: string; readonly stream: string; readonly live: string };
}

export const acceptedRun: z.ZodType<AcceptedRun> = z
  .object({
    workflow_id: z.string(),
    status,
    project_id: z.string(),
    workflow: z.string(),
    created_at: instant,
    links: z.object({ self: z.string(), events: z.string(), stream: z.string(), live: z.string() }),
  })
  .meta({ id: 'AcceptedWorkflow' });

export interface Caller {
  readonly principal: Principal;
  /** The trace that the request belongs to. */
  readonly trace?: string;
}

export async function startSaid(parts: ServerParts, said: SaidStart, { principal, trace }: Caller): Promise<AcceptedRun> {
  const project = projectFor(principal, said.project_id);
  const { input, idempotency_key: idempotencyKey, budget, priority } = said;
  await mustOwnBlobs(principal, said, parts);
  const what = await startableOf(said, project, parts);
  const { id } = await parts.orchestrator.start(what, input, {
    project,
    by: principal.who,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(budget === undefined ? {} : { budget }),
    ...(priority === undefined ? {} : { priority }),
    ...(trace === undefined ? {} : { trace }),
  });
  return acceptedOf(parts, id);
}

export async function acceptedOf({ orchestrator }: ServerParts, id: string): Promise<AcceptedRun> {
  const { run } = await orchestrator.standings.get(id);
  return {
    workflow_id: id,
    status: statusOf(run),
    project_id: run.project,
    workflow: run.workflow,
    created_at: isoOf(run.startedAt),
    links: linksOf(id),
  };
}

export const linksOf = (id: string): AcceptedRun['links'] => ({
  self: `/api/v1/workflows/${id}`,
  events: `/api/v1/workflows/${id}/events`,
  stream: `/api/v1/workflows/${id}/stream`,
  live: `/ws/workflows/${id}`,
});
