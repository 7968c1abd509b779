/** What the gateway's routes take, and how much of it. */
import { z } from 'zod';

export const name: z.ZodString = z.string().min(1).max(300);
export const text: z.ZodString = z.string().max(1_000_000);
export const id: z.ZodString = z.string().min(1).max(200);

/** Fields for a template, arguments of a tool: any JSON under names. */
export type Fields = Readonly<Record<string, unknown>>;

export const fields: z.ZodType<Fields> = z.record(z.string().max(300), z.unknown());

/** Said by the gateway itself, so that nobody can pass for somebody else where a limit counts by them. */
const ownTags: ReadonlySet<string> = new Set(['api_key', 'project', 'function', 'model', 'provider', 'workflow']);
const mostTags = 32;

export const tags: z.ZodType<Readonly<Record<string, string>>> = z
  .record(z.string().min(1).max(100), z.string().max(500))
  .refine((given) => Object.keys(given).length <= mostTags, { message: `there are at most ${mostTags}` })
  .refine((given) => Object.keys(given).every((tag) => !ownTags.has(tag)), {
    message: `${[...ownTags].join(', ')} are said by the gateway itself`,
  })
  .describe('`project_id` says in which project it is done; the others are counted by rate limits and budgets, and kept.');

export interface Sampling {
  readonly temperature?: number | undefined;
  readonly top_p?: number | undefined;
  readonly presence_penalty?: number | undefined;
  readonly frequency_penalty?: number | undefined;
  readonly seed?: number | undefined;
}

export const sampling: { readonly [Name in keyof Sampling]-?: z.ZodType<Sampling[Name]> } = {
  temperature: z.number().min(0).max(10).optional(),
  top_p: z.number().min(0).max(1).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
  seed: z.int().optional(),
};

export const tokenLimit: z.ZodInt = z.int().min(1).max(10_000_000);

export const stops: z.ZodType<readonly string[]> = z.array(z.string().min(1).max(500)).max(16);

export const toolName: z.ZodString = z.string().regex(/^[\w-]{1,64}$/, 'a tool is named with at most 64 letters, digits, _ and -');

export interface CacheOptions {
  readonly enabled?: 'off' | 'on' | 'read_only' | 'write_only' | undefined;
  readonly ttl_s?: number | undefined;
}

export const cacheOptions: z.ZodType<CacheOptions> = z
  .strictObject({
    enabled: z.enum(['off', 'on', 'read_only', 'write_only']).optional(),
    ttl_s: z.number().positive().max(31_536_000).optional().describe('How long an answer is kept.'),
  })
  .describe('Whether an answer that was given before to exactly the same request will do.');

/** Keys for providers whose key is `dynamic::name`. */
export const credentials: z.ZodType<Readonly<Record<string, string>>> = z.record(z.string().min(1).max(100), z.string().min(1).max(500));
