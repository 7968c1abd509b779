/** A model call in the words of the provider packages, and how large it is. */
import type {
  JSONSchema7,
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
} from '@ai-sdk/provider';
import type { Json } from '../../core/data/json.ts';
import { tokensAtMost } from '../money/tokens.ts';
import type { ModelCall } from './model-call.ts';

/** Everything but the signal and the headers, which differ from request to request. */
export type Request = Omit<LanguageModelV4CallOptions, 'abortSignal' | 'headers' | 'includeRawChunks'>;

export function requestOf(call: ModelCall): Request {
  const { sampling, json } = call;
  const tools = toolsOf(call);
  const request: Request = { prompt: call.prompt };
  if (sampling.temperature !== undefined) request.temperature = sampling.temperature;
  if (sampling.topP !== undefined) request.topP = sampling.topP;
  if (sampling.maxTokens !== undefined) request.maxOutputTokens = sampling.maxTokens;
  if (sampling.presencePenalty !== undefined) request.presencePenalty = sampling.presencePenalty;
  if (sampling.frequencyPenalty !== undefined) request.frequencyPenalty = sampling.frequencyPenalty;
  if (sampling.seed !== undefined) request.seed = sampling.seed;
  if (sampling.stop !== undefined) request.stopSequences = [...sampling.stop];
  if (tools.length > 0) Object.assign(request, { tools }, choiceOf(call));
  if (json?.mode === 'on') request.responseFormat = { type: 'json' };
  if (json?.mode === 'strict') request.responseFormat = { type: 'json', name: wireName(json.name), ...schemaOf(json.schema) };
  return request;
}

/** In json mode `tool` the answer is the arguments of a tool of this name. */
export function jsonToolOf(call: ModelCall): string | undefined {
  return call.json?.mode === 'tool' ? wireName(call.json.name) : undefined;
}

/** Providers take letters, digits, dash and underscore; functions may be called otherwise. */
function wireName(name: string): string {
  return name.replace(/[^\w-]/g, '_').slice(0, 64) || 'answer';
}

function toolsOf(call: ModelCall): LanguageModelV4FunctionTool[] {
  const { json } = call;
  if (json?.mode === 'tool')
    return [
      {
        type: 'function',
        name: wireName(json.name),
        description: 'Takes the answer.',
        inputSchema: json.schema === undefined ? { type: 'object' } : asSchema(json.schema),
      },
    ];
  return (call.tools ?? []).map(({ name, description, parameters, strict }) => ({
    type: 'function',
    name,
    description,
    inputSchema: asSchema(parameters),
    // Not every server knows the word, so that only who wants it says it.
    ...(strict ? { strict } : {}),
  }));
}

function choiceOf(call: ModelCall): Pick<Request, 'toolChoice'> {
  if (call.json?.mode === 'tool') return { toolChoice: { type: 'tool', toolName: wireName(call.json.name) } };
  const choice = call.toolChoice;
  if (choice === undefined) return {};
  return { toolChoice: typeof choice === 'string' ? { type: choice } : { type: 'tool', toolName: choice.specific } };
}

const schemaOf = (schema: Json | undefined): { schema?: JSONSchema7 } => (schema === undefined ? {} : { schema: asSchema(schema) });

/** A schema of the configuration is JSON Schema: that was checked when it was read. */
const asSchema = (schema: Json): JSONSchema7 => schema as JSONSchema7;

/** A picture or a document counts as many tokens as a large one costs: its bytes say nothing. */
const tokensOfFile = 4000;

const schemaSizes = new WeakMap<object, number>();

/** How much there is to read for the model, in tokens at most. */
export function tokensOf(call: ModelCall): number {
  let tokens = promptTokens(call.prompt) + schemaSize(call.json?.schema);
  for (const tool of call.tools ?? []) tokens += tokensAtMost(tool.name) + tokensAtMost(tool.description) + schemaSize(tool.parameters);
  return tokens;
}

function promptTokens(prompt: LanguageModelV4Prompt): number {
  let tokens = 0;
  for (const message of prompt) {
    if (typeof message.content === 'string') tokens += tokensAtMost(message.content);
    else for (const part of message.content) tokens += partTokens(part);
  }
  return tokens;
}

function partTokens(part: Exclude<LanguageModelV4Message['content'], string>[number]): number {
  if ('text' in part) return tokensAtMost(part.text);
  if (part.type === 'tool-call') return tokensAtMost(part.toolName) + tokensAtMost(JSON.stringify(part.input));
  if (part.type === 'tool-result') return tokensAtMost(JSON.stringify(part.output));
  return tokensOfFile;
}

function schemaSize(schema: Json | undefined): number {
  if (typeof schema !== 'object' || schema === null) return 0;
  const known = schemaSizes.get(schema);
  if (known !== undefined) return known;
  const size = tokensAtMost(JSON.stringify(schema));
  schemaSizes.set(schema, size);
  return size;
}
