/** Lists over runs. */
import { z } from 'zod';
import type { Status } from '../../core/run/state.ts';
import { openQuestions } from '../../engine/view.ts';
import type { RunRecord } from '../../ports/journal.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { pageOf } from './paging.ts';
import { questionOf, questionView } from './questions.ts';
import { errorOfRun, instant, isoOf, pageCursor, pageLimit, projectId, projectParams, status, workflowName } from './wire.ts';

const tags = ['workflows'];

const statuses = z
  .string()
  .max(100)
  .transform((text) => text.split(','))
  .pipe(z.array(status).min(1).max(6))
  .meta({ description: 'One or more, with commas.' });

const from = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).meta({ description: 'Created at this time or later: ISO 8601.' });

const filters = {
  status: statuses.optional(),
  workflow: workflowName.optional(),
  from: from.optional(),
  cursor: pageCursor.optional(),
  limit: pageLimit,
};

const listed = z
  .object({
    workflow_id: z.string(),
    project_id: z.string(),
    workflow: z.string(),
    plan_id: z.string(),
    status,
    created_at: instant,
    updated_at: instant,
    ended_at: instant.optional(),
    questions: z.int().meta({ description: 'How many wait for a person.' }),
    failed_steps: z.int(),
    priority: z.int(),
    parent_id: z.string().optional(),
    error: errorOfRun.optional(),
  })
  .meta({ id: 'ListedWorkflow' });

const listPage = z
  .object({ workflows: z.array(listed), cursor: z.string().optional().meta({ description: 'Absent where there is no more.' }) })
  .meta({ id: 'WorkflowPage' });

interface Filters {
  readonly status?: readonly Status[] | undefined;
  readonly workflow?: string | undefined;
  readonly from?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export function listRoutes(app: App, parts: ServerParts): void {
  const { runs } = parts.backend;
  app.get(
    '/api/v1/workflows',
    {
      config: { access: { scope: 'read', of: 'some' } },
      schema: {
        tags,
        operationId: 'listWorkflows',
        summary: 'Workflows of the key’s projects, newest first',
        querystring: z.strictObject({ project_id: projectId.optional(), ...filters }),
        response: { 200: listPage },
      },
    },
    async ({ principal, query: { project_id: project, ...rest } }) => {
      const { records, cursor } = await pageOf(runs, principal, { ...queryOf(rest), ...(project === undefined ? {} : { project }) });
      return { workflows: records.map(listedOf), ...(cursor === undefined ? {} : { cursor }) };
    },
  );
  app.get(
    '/api/v1/projects/:id/workflows',
    {
      config: { access: { scope: 'read', of: 'project' } },
      schema: {
        tags,
        operationId: 'listProjectWorkflows',
        summary: 'Workflows of a project, newest first',
        params: projectParams,
        querystring: z.strictObject(filters),
        response: { 200: listPage },
      },
    },
    async ({ principal, params, query }) => {
      const { records, cursor } = await pageOf(runs, principal, { ...queryOf(query), project: params.id });
      return { workflows: records.map(listedOf), ...(cursor === undefined ? {} : { cursor }) };
    },
  );
  questionsRoute(app, parts);
}

function queryOf({ status: wanted, workflow, from: text, cursor, limit }: Filters): Parameters<typeof pageOf>[2] {
  return {
    limit,
    cursor,
    ...(wanted === undefined ? {} : { status: wanted }),
    ...(workflow === undefined ? {} : { workflow }),
    ...(text === undefined ? {} : { from: Date.parse(text) }),
  };
}

function listedOf(record: RunRecord): z.infer<typeof listed> {
  const { run, project, workflow, plan, createdAt, updatedAt, endedAt, questions, dead, priority, parent, error } = record;
  return {
    workflow_id: run,
    project_id: project,
    workflow,
    plan_id: plan,
    status: record.status,
    created_at: isoOf(createdAt),
    updated_at: isoOf(updatedAt),
    ...(endedAt === undefined ? {} : { ended_at: isoOf(endedAt) }),
    questions,
    failed_steps: dead,
    priority,
    ...(parent === undefined ? {} : { parent_id: parent }),
    ...(error === undefined ? {} : { error }),
  };
}

function questionsRoute(app: App, { backend, orchestrator }: ServerParts): void {
  app.get(
    '/api/v1/questions',
    {
      config: { access: { scope: 'read', of: 'some' } },
      schema: {
        tags,
        operationId: 'listQuestions',
        summary: 'What workflows of the key’s projects ask just now',
        querystring: z.strictObject({
          project_id: projectId.optional(),
          workflow: workflowName.optional(),
          cursor: pageCursor.optional(),
          limit: pageLimit.meta({ description: 'How many workflows are looked at: each may ask several questions.' }),
        }),
        response: {
          200: z
            .object({
              questions: z.array(
                z.object({ workflow_id: z.string(), project_id: z.string(), workflow: z.string(), question: questionView }),
              ),
              cursor: z.string().optional(),
            })
            .meta({ id: 'QuestionPage' }),
        },
      },
    },
    async ({ principal, query: { project_id: project, workflow, cursor: after, limit } }) => {
      const wanted = {
        withQuestions: true,
        ...(project === undefined ? {} : { project }),
        ...(workflow === undefined ? {} : { workflow }),
      };
      const { records, cursor } = await pageOf(backend.runs, principal, { ...wanted, cursor: after, limit });
      const asked = await Promise.all(
        records.map(async ({ run: id, project: of, workflow: name }) => {
          const { run, program } = await orchestrator.standings.get(id);
          const questions = await openQuestions(program, run, (payload) => orchestrator.open(payload));
          return questions.map((one) => ({ workflow_id: id, project_id: of, workflow: name, question: questionOf(one) }));
        }),
      );
      return { questions: asked.flat(), ...(cursor === undefined ? {} : { cursor }) };
    },
  );
}
