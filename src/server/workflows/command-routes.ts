/** What can be done to a run that is there. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { Status } from '../../core/run/state.ts';
import type { Scope } from '../../ports/access.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { mustOwnBlobs } from '../plans/blob-access.ts';
import { acceptedOf, acceptedRun } from './start.ts';
import { startableFields, startableOf } from './startable.ts';
import { transition } from './transition.ts';
import { jsonValue } from '../http/json-value.ts';
import { instant, isoOf, runParams, signalName, status, stepId } from './wire.ts';

const tags = ['workflows'];

const commanded = z
  .object({ workflow_id: z.string(), project_id: z.string(), status, updated_at: instant })
  .meta({ id: 'WorkflowCommanded' });

interface Commanded {
  readonly workflow_id: string;
  readonly project_id: string;
  readonly status: Status;
  readonly updated_at: string;
}

const reason = z.string().max(1000);
const reasonBody = z.strictObject({ reason: reason.optional() }).nullish();

const answerBody = z
  .strictObject({
    step: stepId,
    choice: z.string().max(1000).optional(),
    value: jsonValue.optional().meta({ description: 'Where the question has a form: what its schema asks for.' }),
    item: z.int().min(0).optional().meta({ description: 'For a question of one item of a map.' }),
    note: z.string().max(10_000).optional(),
  })
  .meta({ id: 'Answer', example: { step: 'publish', choice: 'publish', note: 'the second cut is better' } });

const signalBody = z
  .strictObject({ name: signalName, data: jsonValue.optional() })
  .meta({ id: 'Signal', example: { name: 'paid', data: { amount: 20 } } });
const retryBody = z.strictObject({ step: stepId.optional().meta({ example: 'publish' }) }).nullish();
const skipBody = z
  .strictObject({ step: stepId, value: jsonValue.optional() })
  .meta({ id: 'Skip', example: { step: 'publish', value: { choice: 'publish' } } });
const forkBody = z
  .strictObject({
    from: stepId
      .optional()
      .meta({ example: 'publish', description: 'The first step that is done again; when absent, whatever is not done.' }),
    input: jsonValue.optional(),
    outputs: z.record(stepId, jsonValue).optional().meta({ description: 'Other results for steps that are kept.' }),
  })
  .nullish();
const migrateBody = z.strictObject({ ...startableFields }).meta({ id: 'Migrate', example: { workflow: 'article' } });

export function commandRoutes(app: App, parts: ServerParts): void {
  const { orchestrator } = parts;
  const standsNow = (request: FastifyRequest): Promise<Commanded> => standing(parts, request.run.run);
  app.put('/api/v1/workflows/:id/pause', described('run', 'run.pause', 'pauseWorkflow', 'Pause a workflow'), async (request) => {
    await transition(parts, request.run.run, () => orchestrator.pause(request.run.run, request.principal.who));
    return standsNow(request);
  });
  app.put(
    '/api/v1/workflows/:id/resume',
    described('run', 'run.resume', 'resumeWorkflow', 'Let a paused workflow go on'),
    async (request) => {
      await transition(parts, request.run.run, () => orchestrator.resume(request.run.run, request.principal.who));
      return standsNow(request);
    },
  );
  cancelRoute(app, parts);
  decisionRoutes(app, parts);
  repairRoutes(app, parts);
  forkRoutes(app, parts);
}

const described = (scope: Scope, audit: string, operationId: string, summary: string) =>
  ({
    config: { access: { scope, of: 'run' }, audit },
    schema: { tags, operationId, summary, params: runParams, response: { 200: commanded } },
  }) as const;

async function standing({ orchestrator }: ServerParts, id: string): Promise<Commanded> {
  const record = await orchestrator.standings.record(id);
  if (record === undefined) throw new ContinuoError('RUN_UNKNOWN', `there is no run ${JSON.stringify(id)} here`);
  return { workflow_id: id, project_id: record.project, status: record.status, updated_at: isoOf(record.updatedAt) };
}

function cancelRoute(app: App, parts: ServerParts): void {
  const route = described('run', 'run.cancel', 'cancelWorkflow', 'Cancel a workflow');
  app.delete(
    '/api/v1/workflows/:id',
    { ...route, schema: { ...route.schema, querystring: z.strictObject({ reason: reason.optional() }), body: reasonBody } },
    async (request) => {
      const { id } = request.params;
      const why = request.body?.reason ?? request.query.reason;
      await mustOwnBlobs(request.principal, why, parts);
      request.noted = { details: { reason: why ?? null } };
      const how = { by: request.principal.who, ...(why === undefined ? {} : { reason: why }) };
      await transition(parts, id, () => parts.orchestrator.cancel(id, how));
      return standing(parts, id);
    },
  );
}

/** What people and programs tell a run. */
function decisionRoutes(app: App, parts: ServerParts): void {
  const { orchestrator } = parts;
  const answer = described('approve', 'run.answer', 'answerQuestion', 'Answer what a workflow asks');
  app.post('/api/v1/workflows/:id/answer', { ...answer, schema: { ...answer.schema, body: answerBody } }, async (request) => {
    const { id } = request.params;
    const { step, choice, value, item, note } = request.body;
    await mustOwnBlobs(request.principal, request.body, parts);
    request.noted = { details: { step, choice: choice ?? null } };
    const said = {
      by: request.principal.who,
      ...(choice === undefined ? {} : { choice }),
      ...(value === undefined ? {} : { value }),
      ...(item === undefined ? {} : { item }),
      ...(note === undefined ? {} : { note }),
    };
    await transition(parts, id, () => orchestrator.answer(id, step, said));
    return standing(parts, id);
  });
  const signal = described('run', 'run.signal', 'signalWorkflow', 'Send a workflow a signal');
  app.post('/api/v1/workflows/:id/signal', { ...signal, schema: { ...signal.schema, body: signalBody } }, async (request) => {
    const { id } = request.params;
    const { name, data = null } = request.body;
    await mustOwnBlobs(request.principal, request.body, parts);
    request.noted = { details: { name } };
    await transition(parts, id, () => orchestrator.signal(id, name, data, request.principal.who));
    return standing(parts, id);
  });
}

/** What makes a run that stands still go on. */
function repairRoutes(app: App, parts: ServerParts): void {
  const { orchestrator } = parts;
  const retry = described('run', 'run.retry', 'retryWorkflow', 'Try again what failed');
  app.post('/api/v1/workflows/:id/retry', { ...retry, schema: { ...retry.schema, body: retryBody } }, async (request) => {
    const { id } = request.params;
    const step = request.body?.step;
    await mustOwnBlobs(request.principal, step, parts);
    request.noted = { details: { step: step ?? null } };
    const how = { by: request.principal.who, ...(step === undefined ? {} : { step }) };
    await transition(parts, id, () => orchestrator.retry(id, how));
    return standing(parts, id);
  });
  const skip = described('run', 'run.skip', 'skipStep', 'Give a step its result by hand');
  app.post('/api/v1/workflows/:id/skip', { ...skip, schema: { ...skip.schema, body: skipBody } }, async (request) => {
    const { id } = request.params;
    const { step, value = null } = request.body;
    await mustOwnBlobs(request.principal, request.body, parts);
    request.noted = { details: { step } };
    await transition(parts, id, () => orchestrator.skip(id, step, value, request.principal.who));
    return standing(parts, id);
  });
}

function forkRoutes(app: App, parts: ServerParts): void {
  const { orchestrator } = parts;
  const fork = described('run', 'run.fork', 'forkWorkflow', 'Begin a new workflow with what another had done');
  app.post(
    '/api/v1/workflows/:id/fork',
    { ...fork, schema: { ...fork.schema, body: forkBody, response: { 202: acceptedRun } } },
    async (request, reply) => {
      const { id } = request.params;
      const { from, input, outputs } = request.body ?? {};
      await mustOwnBlobs(request.principal, request.body, parts);
      const how = {
        by: request.principal.who,
        ...(from === undefined ? {} : { from }),
        ...(input === undefined ? {} : { input }),
        ...(outputs === undefined ? {} : { outputs }),
      };
      const forked = await transition(parts, id, () => orchestrator.fork(id, how));
      const accepted = await acceptedOf(parts, forked.id);
      request.noted = { details: { fork: forked.id } };
      return reply.code(202).header('location', accepted.links.self).send(accepted);
    },
  );
  const migrate = described('run', 'run.migrate', 'migrateWorkflow', 'Move a workflow to another version of its plan');
  app.post('/api/v1/workflows/:id/migrate', { ...migrate, schema: { ...migrate.schema, body: migrateBody } }, async (request) => {
    const { id } = request.params;
    const { project } = request.run;
    await mustOwnBlobs(request.principal, request.body, parts);
    const what = await startableOf(request.body, project, parts);
    request.noted = { details: { workflow: typeof what === 'string' ? what : what.id } };
    await transition(parts, id, () => orchestrator.migrate(id, what, request.principal.who));
    return standing(parts, id);
  });
}
