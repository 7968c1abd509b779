/** What failed for good, and trying it again. */
import { z } from 'zod';
import { deadLettersOf } from '../../engine/dead-letters.ts';
import { ContinuoError } from '../../core/errors.ts';
import { covers, type Principal } from '../access/principal.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { pageOf } from './paging.ts';
import { problemInList, problemInListOf, type ProblemInList } from './problem-in-list.ts';
import { transition } from './transition.ts';
import { jsonValue } from '../http/json-value.ts';
import { errorOfRun, instant, isoOf, pageCursor, pageLimit, projectId, runId, workflowName } from './wire.ts';

const tags = ['dead letters'];

const letter = z
  .object({
    workflow_id: z.string(),
    project_id: z.string(),
    workflow: z.string(),
    step: z.string(),
    attempts: z.int(),
    error: errorOfRun,
    at: instant,
    fatal: z.boolean().meta({ description: 'Whether the workflow as a whole failed with it.' }),
    input: jsonValue.meta({ description: 'What the workflow was started with.' }),
  })
  .meta({ id: 'DeadLetter' });

const retryBody = z
  .strictObject({
    workflow_ids: z.array(runId).min(1).max(1000).optional().meta({ description: 'These; when absent, whatever fits the filters.' }),
    project_id: projectId.optional(),
    workflow: workflowName.optional(),
    limit: z.int().min(1).max(1000).default(100),
  })
  .meta({ id: 'RetryDeadLetters', example: { project_id: 'project_123', limit: 10 } });

const retryAnswer = z
  .object({
    retried: z.array(z.string()),
    refused: z.array(z.object({ workflow_id: z.string(), problem: problemInList })),
  })
  .meta({ id: 'RetriedDeadLetters' });

export function deadLetterRoutes(app: App, parts: ServerParts): void {
  const { backend, orchestrator } = parts;
  app.get(
    '/api/v1/dead-letters',
    {
      config: { access: { scope: 'read', of: 'some' } },
      schema: {
        tags,
        operationId: 'listDeadLetters',
        summary: 'Steps that failed for good, with what it takes to try them again',
        querystring: z.strictObject({
          project_id: projectId.optional(),
          workflow: workflowName.optional(),
          cursor: pageCursor.optional(),
          limit: pageLimit.meta({ description: 'How many workflows are looked at: in each, several steps may have failed.' }),
        }),
        response: { 200: z.object({ dead_letters: z.array(letter), cursor: z.string().optional() }).meta({ id: 'DeadLetterPage' }) },
      },
    },
    async ({ principal, query: { project_id: project, workflow, cursor: after, limit } }) => {
      const { records, cursor } = await pageOf(backend.runs, principal, {
        dead: true,
        cursor: after,
        limit,
        ...(project === undefined ? {} : { project }),
        ...(workflow === undefined ? {} : { workflow }),
      });
      const letters = await Promise.all(
        records.map(async ({ run }) => deadLettersOf(await orchestrator.standings.get(run), (payload) => orchestrator.open(payload))),
      );
      const views = letters.flat().map(({ runId: id, project: of, workflow: name, step, attempts, error, at, fatal, runInput }) => ({
        workflow_id: id,
        project_id: of,
        workflow: name,
        step,
        attempts,
        error: { code: error.code, message: error.message },
        at: isoOf(at),
        fatal,
        input: runInput,
      }));
      return { dead_letters: views, ...(cursor === undefined ? {} : { cursor }) };
    },
  );
  app.post(
    '/api/v1/dead-letters/retry',
    {
      config: { access: { scope: 'run', of: 'some' }, audit: 'run.retry_dead' },
      schema: {
        tags,
        operationId: 'retryDeadLetters',
        summary: 'Try failed workflows again; each goes on or is refused by itself',
        body: retryBody,
        response: { 200: retryAnswer },
      },
    },
    async (request) => {
      const { workflow_ids: ids, project_id: project, workflow, limit } = request.body;
      const wanted = {
        status: ['failed'] as const,
        dead: true,
        ...(project === undefined ? {} : { project }),
        ...(workflow === undefined ? {} : { workflow }),
      };
      const runs = ids ?? (await pageOf(backend.runs, request.principal, { ...wanted, limit })).records.map(({ run }) => run);
      const retried: string[] = [];
      const refused: { readonly workflow_id: string; readonly problem: ProblemInList }[] = [];
      for (const run of new Set(runs)) {
        const problem = await retryOne(parts, run, request.principal, request.id);
        if (problem === undefined) retried.push(run);
        else refused.push({ workflow_id: run, problem });
      }
      request.noted = { runs: retried.map((run) => ({ run })), details: { retried: retried.length, refused: refused.length } };
      return { retried, refused };
    },
  );
}

/** Answers with why not. */
async function retryOne(parts: ServerParts, id: string, principal: Principal, request: string): Promise<ProblemInList | undefined> {
  try {
    const record = await parts.orchestrator.standings.record(id);
    if (record === undefined || !covers(principal, record.project))
      throw new ContinuoError('RUN_UNKNOWN', `there is no run ${JSON.stringify(id)} here`);
    await transition(parts, id, () => parts.orchestrator.retry(id, { by: principal.who }));
    return undefined;
  } catch (error) {
    return problemInListOf(error, request);
  }
}
