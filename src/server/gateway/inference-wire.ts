/** `POST /inference` on the wire. */
import { z } from 'zod';
import type { Block } from '../../gateway/inference.ts';
import { cacheOptions, credentials, fields, id, name, sampling, stops, tags, text, tokenLimit, toolName } from './bounds.ts';
import type { CacheOptions, Fields, Sampling } from './bounds.ts';

const block = z.union([
  z.strictObject({ type: z.literal('text'), text }),
  z.strictObject({ type: z.literal('text'), arguments: fields }).describe('Fields for the template of the role.'),
  z.strictObject({ type: z.literal('tool_call'), id, name: toolName, arguments: z.union([text, fields]) }),
  z.strictObject({ type: z.literal('tool_result'), id, name: toolName.optional(), result: z.union([text, fields]) }),
]);

const message = z.strictObject({
  role: z.enum(['user', 'assistant']),
  content: z.union([text, z.array(block).min(1).max(1000), fields]),
});

const tool = z.strictObject({
  name: toolName,
  description: z.string().max(10_000).default(''),
  parameters: fields.describe('JSON Schema.'),
  strict: z.boolean().default(false),
});

export interface InferenceBody {
  readonly function_name?: string | undefined;
  readonly model_name?: string | undefined;
  readonly input: { readonly system?: string | Fields | undefined; readonly messages: readonly Message[] };
  readonly episode_id?: string | undefined;
  readonly variant_name?: string | undefined;
  readonly stream?: boolean | undefined;
  readonly params?: { readonly chat_completion?: ChatParams | undefined } | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly dryrun?: boolean | undefined;
  readonly cache_options?: CacheOptions | undefined;
  readonly output_schema?: Fields | undefined;
  readonly additional_tools?: readonly Tool[] | undefined;
  readonly tool_choice?: 'none' | 'auto' | 'required' | { readonly specific: string } | undefined;
  readonly credentials?: Readonly<Record<string, string>> | undefined;
}

interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: string | Fields | readonly Block[];
}

interface ChatParams extends Sampling {
  readonly max_tokens?: number | undefined;
  readonly stop_sequences?: readonly string[] | undefined;
}

interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: Fields;
  readonly strict: boolean;
}

/** Of a function that every server has which makes films. */
export const exampleFields = { topic: 'paper airplanes', content_mode: 'kid', target_duration: 60, quality_mode: 'standard' } as const;

export const inferenceBody: z.ZodType<InferenceBody> = z
  .strictObject({
    function_name: name.optional(),
    model_name: name.optional().describe('A model of the configuration, asked as it is: without templates and without an experiment.'),
    input: z.strictObject({
      system: z.union([text, fields]).optional(),
      messages: z.array(message).min(1).max(1000),
    }),
    episode_id: id.optional().describe('What belongs together: that of an earlier inference, a run, or a UUID of your own.'),
    variant_name: name.optional().describe('One variant and no other: nothing takes its place when it fails.'),
    stream: z.boolean().optional(),
    params: z
      .strictObject({
        chat_completion: z.strictObject({ ...sampling, max_tokens: tokenLimit.optional(), stop_sequences: stops.optional() }).optional(),
      })
      .optional(),
    tags: tags.optional(),
    dryrun: z.boolean().optional().describe('Nothing is written down; money that is spent counts all the same.'),
    cache_options: cacheOptions.optional(),
    output_schema: fields
      .optional()
      .describe('JSON Schema in place of that of a json function; a model that is asked as it is answers JSON then.'),
    additional_tools: z.array(tool).max(128).optional(),
    tool_choice: z.union([z.enum(['none', 'auto', 'required']), z.strictObject({ specific: toolName })]).optional(),
    credentials: credentials.optional().describe('Keys for providers whose key comes with the call (`dynamic::name`).'),
  })
  .refine((given) => (given.function_name === undefined) !== (given.model_name === undefined), {
    message: 'give a function_name or a model_name, one of both',
  })
  .meta({
    example: {
      function_name: 'script_generator',
      input: { messages: [{ role: 'user', content: [{ type: 'text', arguments: exampleFields }] }] },
    },
  });

interface ToolCallBlock {
  readonly type: 'tool_call';
  readonly id: string;
  readonly name: string;
  readonly arguments: unknown;
  readonly raw_arguments: string;
}

export interface InferenceAnswer {
  readonly inference_id: string;
  readonly episode_id: string;
  readonly variant_name: string;
  readonly content?: readonly ({ readonly type: 'text'; readonly text: string } | ToolCallBlock)[] | undefined;
  readonly output?: { readonly raw: string; readonly parsed: unknown } | undefined;
  readonly source: 'model' | 'rules' | 'cache';
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number; readonly cost: number };
  readonly finish_reason?: 'stop' | 'length' | 'content_filter' | 'tool_call' | 'unknown' | undefined;
}

export const inferenceAnswer: z.ZodType<InferenceAnswer> = z.strictObject({
  inference_id: z.string(),
  episode_id: z.string(),
  variant_name: z.string(),
  content: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('text'), text: z.string() }),
        z.strictObject({
          type: z.literal('tool_call'),
          id: z.string(),
          name: z.string(),
          arguments: z.unknown(),
          raw_arguments: z.string(),
        }),
      ]),
    )
    .optional()
    .describe('What a chat function answers.'),
  output: z.strictObject({ raw: z.string(), parsed: z.unknown() }).optional().describe('What a json function answers.'),
  source: z.enum(['model', 'rules', 'cache']),
  usage: z.strictObject({ input_tokens: z.number(), output_tokens: z.number(), cost: z.number().describe('In dollars.') }),
  finish_reason: z.enum(['stop', 'length', 'content_filter', 'tool_call', 'unknown']).optional(),
});
