/** What a person asks of a film, whichever system makes it. */
import { z } from 'zod';
import { aspectSchema, type Aspect } from './aspect.ts';
import { qualitySchema, type Quality } from './quality.ts';
import { captionTemplateSchema, type CaptionTemplate } from './scene.ts';

export interface FilmRequest {
  /** What it is about, in a sentence. */
  readonly topic: string;
  /** Who watches. */
  readonly mode: 'kid' | 'adult';
  /** Seconds. */
  readonly duration: number;
  readonly aspect: Aspect;
  readonly quality: Quality;
  readonly template: CaptionTemplate;
  /** A voice by its name; null for the usual one. */
  readonly voice: string | null;
  /** How fast it speaks; 1 is as usual. */
  readonly rate: number;
  /** `auto` composes something that suits the topic; otherwise a file. */
  readonly music: string;
  /** A folder with pictures to use. */
  readonly assets: string | null;
  /** A script to go by, in the form that the system writes. */
  readonly script: unknown;
  /** Stop when the script is written, so that a person can change it. */
  readonly edit: boolean;
  /** The second take of the same request, the third …: another film on the same topic. */
  readonly take: number;
}

/** The same, as it may be written: everything but the topic has a usual value. */
export type FilmRequestInput = { readonly [K in keyof FilmRequest]?: FilmRequest[K] | undefined } & Pick<FilmRequest, 'topic'>;

const longestTopic = 2000;

/** What is wrong with one field of a request, as a sentence goes on behind its name. */
export interface RequestProblem {
  readonly field: string;
  readonly what: string;
}

const among = (words: readonly string[]): { readonly error: string } => ({
  error: `is ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
});
const between = (least: number, most: number, unit: string): z.ZodNumber => {
  const error = `is ${least} to ${most}${unit}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
};
const watchers = ['adult', 'kid'] as const;
const whichTake = { error: 'is a whole number from 1' };

export const filmRequestSchema: z.ZodType<FilmRequest, FilmRequestInput> = z.strictObject({
  topic: z
    .string()
    .trim()
    .min(1, 'say in a sentence what the film is about')
    .max(longestTopic, `a sentence is enough: at most ${longestTopic} characters`),
  mode: z.enum(watchers, among(watchers)).default('adult'),
  duration: between(20, 300, ' seconds').default(60),
  aspect: z.enum(aspectSchema.options, among(aspectSchema.options)).default('9:16'),
  quality: z.enum(qualitySchema.options, among(qualitySchema.options)).default('standard'),
  template: z.enum(captionTemplateSchema.options, among(captionTemplateSchema.options)).default('tiktok-bold'),
  voice: z.string().nullable().default(null),
  rate: between(0.5, 2, ' times the usual speed').default(1),
  music: z.string().default('auto'),
  assets: z.string().nullable().default(null),
  script: z.unknown().default(null),
  edit: z.boolean().default(false),
  take: z.number().int(whichTake).min(1, whichTake).default(1),
});

/** What is asked, with everything that was left open; or every problem with it. */
export function readFilmRequest(asked: unknown): { readonly request: FilmRequest } | { readonly problems: readonly RequestProblem[] } {
  const read = filmRequestSchema.safeParse(asked);
  if (read.success) return { request: read.data };
  return { problems: read.error.issues.map(({ path, message }) => ({ field: path.join('.'), what: message })) };
}
