/** `POST /inference`: a function, or a model, is asked. */
import type { FastifyRequest } from 'fastify';
import type { Json } from '../../core/data/json.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Conversation, InferOptions, Target } from '../../gateway/inference.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { answerAsEvents, answerWhole } from './answering.ts';
import { mayJoin } from './belonging.ts';
import { cacheOf, idempotency, samplingOf } from './asked.ts';
import { callerOf } from './caller.ts';
import { eventStream } from './event-stream.ts';
import { inferenceAnswer, inferenceBody, type InferenceBody } from './inference-wire.ts';
import { mountedGateway } from './mounted.ts';
import { ownWords } from './own-words.ts';

export async function inferenceRoutes(app: App, parts: ServerParts): Promise<void> {
  app.post(
    '/inference',
    {
      config: { access: { scope: 'run', of: 'some' } },
      schema: {
        operationId: 'infer',
        tags: ['gateway'],
        summary: 'Ask a function, or a model as it is',
        description: 'With `stream` the answer comes as server-sent events and ends in `[DONE]`; one that ends otherwise is not whole.',
        body: inferenceBody,
        response: { 200: { description: 'The answer', content: { 'application/json': { schema: inferenceAnswer }, ...eventStream } } },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const gateway = await mountedGateway(parts);
      const options = optionsOf(request, body);
      if (options.episode !== undefined) await mayJoin(parts, gateway, options.project ?? 'default', options.episode);
      const target = targetOf(body);
      const telling = ownWords(answersJson(gateway, body), request.id);
      // The schema of the body is that of a conversation.
      const input = body.input as Conversation;
      const ask = (how: InferOptions) => gateway.infer(target, input, { ...options, ...how });
      return body.stream === true ? answerAsEvents(reply, ask, telling) : answerWhole(reply, ask, telling);
    },
  );
}

/** The schema of the body lets exactly one of both pass. */
function targetOf({ function_name: fn, model_name: model = '' }: InferenceBody): Target {
  return fn ?? { model };
}

function answersJson({ config }: Gateway, { function_name: fn, output_schema: schema }: InferenceBody): boolean {
  if (schema !== undefined) return true;
  return fn !== undefined && Object.hasOwn(config.functions, fn) && config.functions[fn]?.type === 'json';
}

function optionsOf(request: FastifyRequest, body: InferenceBody): InferOptions {
  const { project, tags } = callerOf(request, body.tags);
  const { params, cache_options: cache, additional_tools: tools, tool_choice: choice } = body;
  return {
    project,
    tags,
    ...(body.episode_id === undefined ? {} : { episode: body.episode_id }),
    ...(body.variant_name === undefined ? {} : { variant: body.variant_name }),
    ...(body.dryrun === undefined ? {} : { dryrun: body.dryrun }),
    ...(params?.chat_completion === undefined ? {} : { sampling: samplingOf(params.chat_completion) }),
    ...(cache === undefined ? {} : { cache: cacheOf(cache) }),
    // What is unknown in a body is JSON.
    ...(body.output_schema === undefined ? {} : { outputSchema: body.output_schema as Json }),
    ...(tools === undefined ? {} : { tools: tools.map((tool) => ({ ...tool, parameters: tool.parameters as Json })) }),
    ...(choice === undefined ? {} : { toolChoice: choice }),
    ...(body.credentials === undefined ? {} : { keys: body.credentials }),
    ...idempotency(request),
    ...(request.traceparent === undefined ? {} : { traceparent: request.traceparent }),
  };
}
