/** How one run stands, what it asks, and what happened to it. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { Run } from '../../core/run/state.ts';
import { mayPass } from '../../engine/patience.ts';
import { openQuestions } from '../../engine/view.ts';
import type { Principal } from '../access/principal.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { eventPage, eventsOf } from './events.ts';
import { questionOf, questionView } from './questions.ts';
import { allFields, runState, type RunState, type StateField } from './run-state-form.ts';
import { runStateOf } from './run-state.ts';
import { isoOf, jsonType, runParams } from './wire.ts';

const tags = ['workflows'];

/** Longer answers are made anew each time. */
const longestKept = 256 * 1024;

const stateQuery = z.strictObject({
  fields: z
    .string()
    .max(1000)
    .optional()
    .meta({
      description: `The fields that are wanted, with commas, besides those that are always told; all when absent: ${allFields.join(', ')}.`,
    }),
});

const eventsQuery = z.strictObject({
  cursor: z.coerce.number().int().min(0).default(0).meta({ description: 'Events after this one; 0: from the beginning.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export function stateRoutes(app: App, parts: ServerParts): void {
  const { orchestrator } = parts;
  const tell = teller(parts);
  app.get(
    '/api/v1/workflows/:id',
    {
      config: { access: { scope: 'read', of: 'run' } },
      errorHandler: (error, request, reply) => {
        if (!mayPass(error) || !seesAll(request)) throw error;
        const { id } = runParams.parse(request.params);
        // What cannot be answered goes to whoever answers errors: no answer of this route.
        const answer: FastifyReply = reply;
        void lastTold(parts, id, error).then(
          (state) => answer.type(jsonType).serializer(JSON.stringify).send(state),
          (away: unknown) => answer.send(away),
        );
      },
      schema: {
        tags,
        operationId: 'getWorkflow',
        summary: 'How a workflow stands',
        params: runParams,
        querystring: stateQuery,
        response: { 200: runState, 304: z.undefined().meta({ description: 'It stands as `If-None-Match` says.' }) },
      },
    },
    async (request, reply) => {
      const fields = fieldsOf(request.query.fields);
      const standing = await orchestrator.standings.get(request.params.id);
      const tag = tagOf(standing.run, fields);
      reply.header('etag', tag);
      if (request.headers['if-none-match'] === tag) return reply.code(304).send();
      return sendText(reply, await tell(standing, fields));
    },
  );
  app.get(
    '/api/v1/workflows/:id/questions',
    {
      config: { access: { scope: 'read', of: 'run' } },
      schema: {
        tags,
        operationId: 'getQuestions',
        summary: 'What a workflow asks just now',
        params: runParams,
        response: { 200: z.object({ workflow_id: z.string(), questions: z.array(questionView).readonly() }) },
      },
    },
    async ({ params: { id } }) => {
      const { run, program } = await orchestrator.standings.get(id);
      const questions = await openQuestions(program, run, (payload) => orchestrator.open(payload));
      return { workflow_id: id, questions: questions.map(questionOf) };
    },
  );
  app.get(
    '/api/v1/workflows/:id/events',
    {
      config: { access: { scope: 'read', of: 'run' } },
      schema: {
        tags,
        operationId: 'getEvents',
        summary: 'What happened to a workflow: its journal, a page at a time',
        params: runParams,
        querystring: eventsQuery,
        response: { 200: eventPage },
      },
    },
    async ({ params: { id }, query }) => eventsOf(parts, id, query.cursor, query.limit),
  );
}

const sendText = (reply: FastifyReply, text: string): FastifyReply => reply.type(jsonType).send(text);

const alwaysTold: readonly string[] = ['workflow_id', 'project_id', 'workflow', 'status'];
const everyField: ReadonlySet<StateField> = new Set(allFields);

function fieldsOf(text: string | undefined): ReadonlySet<StateField> {
  if (text === undefined) return everyField;
  const wanted = text.split(',').filter((one) => one !== '');
  const unknown = wanted.filter((one) => !alwaysTold.includes(one) && !allFields.some((field) => field === one));
  if (unknown.length > 0) throw new ContinuoError('REQUEST_INVALID', `querystring/fields: there is no ${unknown.slice(0, 5).join(', ')}`);
  return new Set(allFields.filter((field) => wanted.includes(field)));
}

/** The number of events that made the state, and which of its fields are told. */
function tagOf(run: Run, fields: ReadonlySet<StateField>): string {
  const which =
    fields === everyField
      ? ''
      : `.${allFields.reduce((bits, field, place) => bits + (fields.has(field) ? 2 ** place : 0), 0).toString(36)}`;
  return `W/"${run.startedAt.toString(36)}.${run.seq}${which}"`;
}

/** The whole of a state is made into text once, however often it is looked at. */
function teller({
  orchestrator,
}: ServerParts): (standing: Parameters<typeof runStateOf>[0], fields: ReadonlySet<StateField>) => Promise<string> {
  const texts = new WeakMap<Run, string>();
  return async (standing, fields) => {
    const known = fields === everyField ? texts.get(standing.run) : undefined;
    if (known !== undefined) return known;
    const text = JSON.stringify(await runStateOf(standing, fields, (payload) => orchestrator.open(payload)));
    if (fields === everyField && text.length <= longestKept) texts.set(standing.run, text);
    return text;
  };
}

/** Who may see every run may hear what was told of one, whichever project it is of. */
function seesAll({ principal }: { readonly principal: Principal | undefined }): boolean {
  return principal !== undefined && principal.projects === undefined;
}

async function lastTold({ orchestrator }: ServerParts, id: string, error: Error): Promise<RunState> {
  const { status, asOf } = await orchestrator.status(id);
  // The store is back: whoever asks again is told the whole.
  if (asOf === undefined) throw error;
  return { workflow_id: id, status, as_of: isoOf(asOf) };
}
