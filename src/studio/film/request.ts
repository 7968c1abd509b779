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

export const filmRequestSchema: z.ZodType<FilmRequest, FilmRequestInput> = z.strictObject({
  topic: z
    .string()
    .trim()
    .min(1, 'say in a sentence what the film is about')
    .max(longestTopic, `a sentence is enough: at most ${longestTopic} characters`),
  mode: z.enum(['kid', 'adult']).default('adult'),
  duration: z.number().min(20).max(300).default(60),
  aspect: aspectSchema.default('9:16'),
  quality: qualitySchema.default('standard'),
  template: captionTemplateSchema.default('tiktok-bold'),
  voice: z.string().nullable().default(null),
  rate: z.number().min(0.5).max(2).default(1),
  music: z.string().default('auto'),
  assets: z.string().nullable().default(null),
  script: z.unknown().default(null),
  edit: z.boolean().default(false),
  take: z.number().int().min(1).default(1),
});
