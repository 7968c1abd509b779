/** The gateway for whoever speaks to OpenAI: `POST /openai/v1/chat/completions` and `GET /openai/v1/models`. */
import type { FastifyError, FastifyRequest } from 'fastify';
import type { Json } from '../../../core/data/json.ts';
import { ContinuoError } from '../../../core/errors.ts';
import type { GatewayConfig } from '../../../gateway/config/model.ts';
import type { InferOptions, Target } from '../../../gateway/inference.ts';
import type { App } from '../../http/app.ts';
import { asContinuoError } from '../../http/errors.ts';
import type { ServerParts } from '../../parts.ts';
import { answerAsEvents, answerWhole } from '../answering.ts';
import { cacheOf, idempotency, samplingOf } from '../asked.ts';
import { mayJoin } from '../belonging.ts';
import { callerOf, headerOf } from '../caller.ts';
import { eventStream } from '../event-stream.ts';
import { mountedGateway } from '../mounted.ts';
import { conversationOf } from './conversation.ts';
import { openaiError } from './errors.ts';
import { completion, completionBody, modelList, refusal, type CompletionBody as Body } from './wire.ts';
import { openaiWords } from './words.ts';

const refused = { description: 'What went wrong, in OpenAI’s form', content: { 'application/json': { schema: refusal } } };

const ofFunction = 'tensorzero::function_name::';
const ofModel = 'tensorzero::model_name::';

export async function openaiRoutes(app: App, parts: ServerParts): Promise<void> {
  await app.register(async (scope: App) => {
    scope.setErrorHandler(async (error: FastifyError, request, reply) => {
      const { status, headers, body } = openaiError(asContinuoError(error, request), request.id, parts.clock.now());
      return reply.code(status).headers(headers).type('application/json').serializer(JSON.stringify).send(body);
    });
    completions(scope, parts);
    models(scope, parts);
  });
}

function completions(app: App, parts: ServerParts): void {
  app.post(
    '/openai/v1/chat/completions',
    {
      config: { access: { scope: 'run', of: 'some' } },
      schema: {
        operationId: 'createChatCompletion',
        tags: ['gateway'],
        summary: 'Ask a function, or a model as it is, in OpenAI’s words',
        description:
          'With `stream` the answer comes as chunks and ends in `[DONE]`; one that ends otherwise is not whole. Errors have OpenAI’s form.',
        body: completionBody,
        response: {
          200: { description: 'The completion', content: { 'application/json': { schema: completion }, ...eventStream } },
          default: refused,
        },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const gateway = await mountedGateway(parts);
      const target = targetOf(gateway.config, body.model);
      const options = optionsOf(request, body);
      if (options.episode !== undefined) await mayJoin(parts, gateway, options.project ?? 'default', options.episode);
      const format = formatOf(gateway.config, target, body);
      const input = conversationOf(body.messages);
      const telling = openaiWords({
        model: typeof target === 'string' ? ofFunction + target : ofModel + target.model,
        created: Math.floor(parts.clock.now() / 1000),
        withUsage: body.stream_options?.include_usage === true,
      });
      const ask = (how: InferOptions) => gateway.infer(target, input, { ...options, ...format, ...how });
      return body.stream === true ? answerAsEvents(reply, ask, telling) : answerWhole(reply, ask, telling);
    },
  );
}

function models(app: App, parts: ServerParts): void {
  app.get(
    '/openai/v1/models',
    {
      config: { access: { scope: 'read', of: 'some' } },
      schema: {
        operationId: 'listModels',
        tags: ['gateway'],
        summary: 'What can be asked as a model: functions, and models as they are',
        response: { 200: modelList, default: refused },
      },
    },
    async () => {
      const { config } = await mountedGateway(parts);
      const ids = [
        ...Object.keys(config.functions).map((fn) => ofFunction + fn),
        ...Object.keys(config.models).map((one) => ofModel + one),
      ];
      return { object: 'list' as const, data: ids.map((id) => ({ id, object: 'model' as const, created: 0, owned_by: 'continuo' })) };
    },
  );
}

function targetOf({ functions, models: known }: GatewayConfig, model: string): Target {
  if (model.startsWith(ofFunction)) return model.slice(ofFunction.length);
  if (model.startsWith(ofModel)) return { model: model.slice(ofModel.length) };
  return !Object.hasOwn(functions, model) && Object.hasOwn(known, model) ? { model } : model;
}

/** A function says itself what it answers; a schema may take the place of its own. */
function formatOf({ functions }: GatewayConfig, target: Target, { response_format: format }: Body): Pick<InferOptions, 'outputSchema'> {
  if (format === undefined || format.type === 'text') return {};
  // What is unknown in a body is JSON.
  if (format.type === 'json_schema') return { outputSchema: format.json_schema.schema as Json };
  if (typeof target !== 'string') return { outputSchema: { type: 'object' } };
  if (functions[target]?.type !== 'chat') return {};
  throw new ContinuoError(
    'INPUT_INVALID',
    `function ${target} answers text, so that it takes no response_format; ask a json function, or a model`,
  );
}

function optionsOf(request: FastifyRequest, body: Body): InferOptions {
  const user = body.user === undefined ? {} : { user: body.user };
  const { project, tags } = callerOf(request, { ...user, ...body.metadata, ...body['tensorzero::tags'] });
  const episode = body['tensorzero::episode_id'] ?? headerOf(request, 'x-episode-id', 'episode_id');
  const variant = body['tensorzero::variant_name'] ?? headerOf(request, 'x-variant-name', 'variant_name');
  const { 'tensorzero::dryrun': dryrun, 'tensorzero::cache_options': cache, 'tensorzero::credentials': keys } = body;
  return {
    project,
    tags,
    sampling: samplingOf({
      ...body,
      max_tokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
      stop_sequences: typeof body.stop === 'string' ? [body.stop] : (body.stop ?? undefined),
    }),
    ...(episode === undefined ? {} : { episode }),
    ...(variant === undefined ? {} : { variant }),
    ...(dryrun === undefined ? {} : { dryrun }),
    ...(cache === undefined ? {} : { cache: cacheOf(cache) }),
    ...(keys === undefined ? {} : { keys }),
    ...(body.tools === undefined ? {} : { tools: body.tools.map(offerOf) }),
    ...(body.tool_choice === undefined ? {} : { toolChoice: choiceOf(body.tool_choice) }),
    ...idempotency(request),
    ...(request.traceparent === undefined ? {} : { traceparent: request.traceparent }),
  };
}

function offerOf({ function: { name, description, parameters, strict } }: NonNullable<Body['tools']>[number]) {
  // What is unknown in a body is JSON.
  return { name, description, parameters: parameters as Json, strict: strict ?? false };
}

function choiceOf(choice: NonNullable<Body['tool_choice']>): NonNullable<InferOptions['toolChoice']> {
  return typeof choice === 'string' ? choice : { specific: choice.function.name };
}
