/** One model, asked in one way. */
import type { Json } from '../../core/data/json.ts';
import { keyOf } from '../cache.ts';
import type { ChatVariant, FunctionConfig, Prompting } from '../config/model.ts';
import type { ToolOffer } from '../inference.ts';
import type { ModelCall } from '../models/model-call.ts';
import { inWords, promptOf, type Words } from '../prompt.ts';
import { climb, type Climb } from './ladder.ts';
import type { VariantParts } from './parts.ts';
import type { VariantAnswer, VariantCall } from './variant-call.ts';

export function chat(parts: VariantParts, variant: ChatVariant, call: VariantCall): Promise<VariantAnswer> {
  const words = inWords(call.dialogue, variant, parts.render, { function: call.fn.name, variant: variant.name });
  return converse(parts, { name: variant.name, prompting: variant, words, call });
}

export interface Conversing {
  /** Of the variant, for errors and the cache. */
  readonly name: string;
  readonly prompting: Prompting;
  readonly words: Words;
  readonly call: VariantCall;
}

/** Says the words to the variant's model, unless it has answered exactly this before. */
export function converse(parts: VariantParts, { name, prompting, words, call }: Conversing): Promise<VariantAnswer> {
  const request = requestOf(parts, prompting, words, call);
  const ascent: Climb = { variant: name, fn: call.fn, request, call };
  return call.cache.mode === 'off' ? climb(parts, ascent) : remembering(parts, ascent);
}

/** The same, of somebody who is asked on the way to an answer. */
export function watched(parts: VariantParts, said: Conversing): Promise<VariantAnswer> {
  const { name, prompting, call } = said;
  const work = (): Promise<VariantAnswer> => converse(parts, said);
  return call.watch === undefined ? work() : call.watch(name, prompting, call, work);
}

async function remembering(parts: VariantParts, ascent: Climb): Promise<VariantAnswer> {
  const { request, call } = ascent;
  const key = keyOf(identity(parts, request, call));
  const known = await parts.cache.get(call.cache, key);
  if (known !== undefined) return { ...known, source: 'cache', tried: [] };
  const answer = await climb(parts, ascent);
  const { output, toolCalls, rung, model, provider, finish } = answer;
  await parts.cache.put(call.cache, key, { output, toolCalls, rung, model, provider, ...(finish === undefined ? {} : { finish }) });
  return answer;
}

function requestOf(parts: VariantParts, prompting: Prompting, words: Words, call: VariantCall): ModelCall {
  const { fn } = call;
  const json = jsonOf(fn, prompting.jsonMode);
  const tools = fn.type === 'json' ? [] : toolsOf(parts, fn, call);
  const toolChoice = call.toolChoice ?? fn.toolChoice;
  return {
    model: prompting.model,
    prompt: promptOf(words),
    sampling: { ...prompting.sampling, ...call.sampling },
    ...(json === undefined ? {} : { json }),
    ...(tools.length === 0 ? {} : { tools }),
    ...(toolChoice === undefined ? {} : { toolChoice }),
    retries: prompting.retries,
    timeouts: prompting.timeouts,
    ...(prompting.extraBody === undefined ? {} : { extraBody: prompting.extraBody }),
    ...(prompting.extraHeaders === undefined ? {} : { extraHeaders: prompting.extraHeaders }),
    ...(call.keys === undefined ? {} : { keys: call.keys }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
    ...call.spending.billed,
  };
}

/** A tool that comes with the call takes the place of the function's own of that name. */
function toolsOf(parts: VariantParts, fn: FunctionConfig, { tools }: VariantCall): readonly ToolOffer[] {
  const own = fn.tools.filter((name) => !tools.some((tool) => tool.name === name)).flatMap((name) => parts.tools[name] ?? []);
  return [
    ...own.map(({ name, description, parameters, strict }) => ({ name, description, parameters: parameters.schema, strict })),
    ...tools,
  ];
}

function jsonOf(fn: FunctionConfig, mode: Prompting['jsonMode']): ModelCall['json'] {
  if (fn.type !== 'json' || mode === 'off') return undefined;
  return {
    mode: mode ?? (fn.output === undefined ? 'on' : 'strict'),
    name: fn.name,
    ...(fn.output === undefined ? {} : { schema: fn.output.schema }),
  };
}

/** Everything that the answer depends on. */
function identity(parts: VariantParts, request: ModelCall, { fn, place }: VariantCall): Json {
  const { model, prompt, sampling, json, tools, toolChoice, extraBody, extraHeaders } = request;
  const providers = parts
    .providers(model)
    .map(({ type, modelName, apiBase, extraBody: body, extraHeaders: headers }) => ({ type, modelName, apiBase, body, headers }));
  const asked = { model, providers, prompt, sampling, json, tools, toolChoice, extraBody, extraHeaders };
  // All of it came out of the configuration and the rendered prompt: plain data.
  return JSON.parse(JSON.stringify({ function: fn.name, output: fn.output?.schema, ...asked, place })) as Json;
}
