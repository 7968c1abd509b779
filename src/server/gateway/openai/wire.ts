/** OpenAI's chat completions, as far as the gateway carries them. What it does not carry is refused, and not passed over. */
import { exampleFields } from '../inference-wire.ts';
import { z } from 'zod';
import { cacheOptions, credentials, fields, id, name, sampling, stops, tags, text, tokenLimit, toolName } from '../bounds.ts';
import type { CacheOptions, Fields, Sampling } from '../bounds.ts';

const textPart = z.strictObject({ type: z.literal('text'), text });
const fieldsPart = z
  .strictObject({ type: z.literal('text'), 'tensorzero::arguments': fields })
  .describe('Fields for the template of the role; the only part of its message.');

const words = z.union([text, z.array(textPart).min(1).max(1000)]);
const wordsOrFields = z.union([words, z.array(fieldsPart).length(1)]);

const toolCall = z.strictObject({
  id,
  type: z.literal('function'),
  function: z.strictObject({ name: toolName, arguments: text }),
});

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: wordsOrFields, name: name.optional() }),
  z.strictObject({ role: z.literal('developer'), content: wordsOrFields, name: name.optional() }),
  z.strictObject({ role: z.literal('user'), content: wordsOrFields, name: name.optional() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: wordsOrFields.nullish(),
    refusal: z.null().optional(),
    annotations: z.array(z.never()).max(0).optional(),
    audio: z.null().optional(),
    name: name.optional(),
    tool_calls: z.array(toolCall).max(128).optional(),
  }),
  z.strictObject({ role: z.literal('tool'), content: words, tool_call_id: id }),
]);

const tool = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({
    name: toolName,
    description: z.string().max(10_000).default(''),
    parameters: fields.default({ type: 'object', properties: {} }),
    strict: z.boolean().nullish(),
  }),
});

const responseFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    json_schema: z.strictObject({ name, description: text.optional(), schema: fields, strict: z.boolean().nullish() }),
  }),
]);

export type Words = string | readonly { readonly type: 'text'; readonly text: string }[];
export type WordsOrFields = Words | readonly { readonly type: 'text'; readonly 'tensorzero::arguments': Fields }[];

interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content?: WordsOrFields | null | undefined;
  readonly tool_calls?: readonly ToolCall[] | undefined;
}

export type Message =
  | { readonly role: 'system' | 'developer' | 'user'; readonly content: WordsOrFields }
  | AssistantMessage
  | { readonly role: 'tool'; readonly content: Words; readonly tool_call_id: string };

interface Tool {
  readonly type: 'function';
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: Fields;
    readonly strict?: boolean | null | undefined;
  };
}

type ResponseFormat =
  | { readonly type: 'text' | 'json_object' }
  | { readonly type: 'json_schema'; readonly json_schema: { readonly name: string; readonly schema: Fields } };

export interface CompletionBody extends Sampling {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly max_tokens?: number | null | undefined;
  readonly max_completion_tokens?: number | null | undefined;
  readonly stop?: string | readonly string[] | null | undefined;
  readonly stream?: boolean | null | undefined;
  readonly stream_options?: { readonly include_usage?: boolean | undefined } | null | undefined;
  readonly response_format?: ResponseFormat | undefined;
  readonly tools?: readonly Tool[] | undefined;
  readonly tool_choice?:
    'none' | 'auto' | 'required' | { readonly type: 'function'; readonly function: { readonly name: string } } | undefined;
  readonly user?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  readonly 'tensorzero::episode_id'?: string | undefined;
  readonly 'tensorzero::variant_name'?: string | undefined;
  readonly 'tensorzero::dryrun'?: boolean | undefined;
  readonly 'tensorzero::tags'?: Readonly<Record<string, string>> | undefined;
  readonly 'tensorzero::cache_options'?: CacheOptions | undefined;
  readonly 'tensorzero::credentials'?: Readonly<Record<string, string>> | undefined;
}

export const completionBody: z.ZodType<CompletionBody> = z.strictObject({
  model: name.meta({
    description: '`tensorzero::function_name::F`, `tensorzero::model_name::M`, or the name of a function.',
    example: 'tensorzero::function_name::script_generator',
  }),
  messages: z
    .array(message)
    .min(1)
    .max(1000)
    .meta({ example: [{ role: 'user', content: [{ type: 'text', 'tensorzero::arguments': exampleFields }] }] }),
  ...sampling,
  max_tokens: tokenLimit.nullish(),
  max_completion_tokens: tokenLimit.nullish(),
  stop: z.union([z.string().min(1).max(500), stops]).nullish(),
  n: z.literal(1).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullish(),
  response_format: responseFormat.optional(),
  tools: z.array(tool).max(128).optional(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: toolName }) }),
    ])
    .optional(),
  parallel_tool_calls: z.literal(true).optional(),
  logprobs: z.literal(false).nullish(),
  store: z.literal(false).nullish(),
  user: z.string().max(500).optional().describe('The tag `user`.'),
  metadata: tags.nullish().describe('More tags.'),
  'tensorzero::episode_id': id.optional(),
  'tensorzero::variant_name': name.optional(),
  'tensorzero::dryrun': z.boolean().optional(),
  'tensorzero::tags': tags.optional(),
  'tensorzero::cache_options': cacheOptions.optional(),
  'tensorzero::credentials': credentials.optional(),
});

export interface Completion {
  readonly id: string;
  readonly episode_id: string;
  readonly object: 'chat.completion';
  readonly created: number;
  readonly model: string;
  readonly choices: readonly Choice[];
  readonly usage: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly total_tokens: number;
    readonly tensorzero_cost: number;
  };
}

export interface Choice {
  readonly index: 0;
  readonly finish_reason: 'stop' | 'length' | 'content_filter' | 'tool_calls';
  readonly logprobs: null;
  readonly message: {
    readonly role: 'assistant';
    readonly content: string | null;
    readonly refusal: null;
    readonly tool_calls?: readonly ToolCall[] | undefined;
  };
}

export const completion: z.ZodType<Completion> = z.strictObject({
  id: z.string(),
  episode_id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z
    .array(
      z.strictObject({
        index: z.literal(0),
        finish_reason: z.enum(['stop', 'length', 'content_filter', 'tool_calls']),
        logprobs: z.null(),
        message: z.strictObject({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.null(),
          tool_calls: z.array(toolCall).optional(),
        }),
      }),
    )
    .length(1),
  usage: z.strictObject({
    prompt_tokens: z.int(),
    completion_tokens: z.int(),
    total_tokens: z.int(),
    tensorzero_cost: z.number().describe('In dollars.'),
  }),
});

const model = z.strictObject({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.string() });

export interface ModelList {
  readonly object: 'list';
  readonly data: readonly { readonly id: string; readonly object: 'model'; readonly created: number; readonly owned_by: string }[];
}

export const modelList: z.ZodType<ModelList> = z.strictObject({ object: z.literal('list'), data: z.array(model) });

/** What OpenAI's clients read of an error. */
export const refusal: z.ZodType = z.object({
  error: z.object({ message: z.string(), type: z.string(), code: z.string().nullable(), param: z.string().nullable() }),
});
