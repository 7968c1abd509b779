/** Starting runs: by themselves, in a project, many at once. */
import type { FastifyRequest } from 'fastify';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { acceptedRun, howBody, startBody, startSaid, type AcceptedRun, type Caller, type SaidStart } from './start.ts';
import { problemInList, problemInListOf, type ProblemInList } from './problem-in-list.ts';
import { jsonType, projectId, projectParams, workflowName } from './wire.ts';

const tags = ['workflows'];

const mostInBatch = 1000;
/** So many are begun before others are let in between. */
const together = 25;

const batchBody = z
  .strictObject({ runs: z.array(startBody).min(1).max(mostInBatch), project_id: projectId.optional() })
  .meta({ id: 'StartBatch' });

const outcome: z.ZodType<Outcome> = z.union([
  z.object({ index: z.int(), accepted: z.literal(true), run: acceptedRun }),
  z.object({ index: z.int(), accepted: z.literal(false), problem: problemInList }),
]);

const batchAnswer = z.object({ accepted: z.int(), refused: z.int(), runs: z.array(outcome).readonly() }).meta({ id: 'BatchOutcome' });

type Outcome =
  | { readonly index: number; readonly accepted: true; readonly run: AcceptedRun }
  | { readonly index: number; readonly accepted: false; readonly problem: ProblemInList };

export function startRoutes(app: App, parts: ServerParts): void {
  app.post(
    '/api/v1/workflows',
    {
      config: { access: { scope: 'run', of: 'some' }, audit: 'run.start' },
      schema: { tags, operationId: 'startWorkflow', summary: 'Start a workflow', body: startBody, response: { 202: acceptedRun } },
    },
    async (request, reply) => {
      const accepted = await startSaid(parts, request.body, callerOf(request));
      note(request, accepted);
      return reply.code(202).header('location', accepted.links.self).type(jsonType).serializer(JSON.stringify).send(accepted);
    },
  );
  app.post(
    '/api/v1/projects/:id/workflows/:type',
    {
      config: { access: { scope: 'run', of: 'project' }, audit: 'run.start' },
      schema: {
        tags,
        operationId: 'startProjectWorkflow',
        summary: 'Start a registered workflow in a project',
        params: projectParams.extend({ type: workflowName }),
        body: howBody,
        response: { 202: acceptedRun },
      },
    },
    async (request, reply) => {
      const { id: project, type: workflow } = request.params;
      const accepted = await startSaid(parts, { ...request.body, workflow, project_id: project }, callerOf(request));
      note(request, accepted);
      return reply.code(202).header('location', accepted.links.self).send(accepted);
    },
  );
  app.post(
    '/api/v1/workflows/batch',
    {
      config: { access: { scope: 'run', of: 'some' }, audit: 'run.start_batch' },
      schema: {
        tags,
        operationId: 'startBatch',
        summary: 'Start up to a thousand workflows; each is accepted or refused by itself',
        body: batchBody,
        response: { 202: batchAnswer },
      },
    },
    async (request, reply) => {
      const { runs, project_id: project } = request.body;
      const caller = callerOf(request);
      const outcomes = await inTurns(runs, (said, index) => startOne(parts, { project_id: project, ...said }, index, caller, request.id));
      const accepted = outcomes.filter((one) => one.accepted).length;
      const begun = outcomes.flatMap((one) => (one.accepted ? [{ run: one.run.workflow_id, project: one.run.project_id }] : []));
      request.noted = { runs: begun, details: { accepted, refused: outcomes.length - accepted } };
      return reply.code(202).send({ accepted, refused: outcomes.length - accepted, runs: outcomes });
    },
  );
}

function note(request: FastifyRequest, { workflow_id: run, project_id: project, workflow }: AcceptedRun): void {
  request.noted = { run, project, details: { workflow } };
}

function callerOf({ principal, traceparent: trace }: FastifyRequest): Caller {
  return { principal, ...(trace === undefined ? {} : { trace }) };
}

/** One that is refused spoils nothing. */
async function startOne(parts: ServerParts, said: SaidStart, index: number, caller: Caller, request: string): Promise<Outcome> {
  try {
    return { index, accepted: true, run: await startSaid(parts, said, caller) };
  } catch (error) {
    return { index, accepted: false, problem: problemInListOf(error, request) };
  }
}

/** In order, some at a time: a large batch leaves room for other requests. */
async function inTurns<T, R>(all: readonly T[], work: (one: T, index: number) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (let from = 0; from < all.length; from += together) {
    done.push(...(await Promise.all(all.slice(from, from + together).map((one, index) => work(one, from + index)))));
    await setImmediate();
  }
  return done;
}
