/** A scene on its way to a film. */
import { z } from 'zod';
import type { BlobRef } from '../../ports/agent.ts';
import { aspectSchema, type Aspect } from './aspect.ts';
import { blobSchema, provenanceSchema, type Provenance } from './blob.ts';
import { pictureSchema, type Picture } from './picture.ts';
import { qualitySchema, type Quality } from './quality.ts';
import { wordSchema, type Word } from './speech.ts';

/** What a scene is for in its film. */
export type SceneKind = 'title' | 'materials' | 'step' | 'result' | 'ending';

/** How one scene gives way to the next. Both draw their half of it, so that neither has to know the other. */
export type Transition = 'cut' | 'iris' | 'wipe' | 'slide';

export interface TextCard {
  /** Large, on a title or an ending: "How to fold a paper airplane". */
  readonly title: string | null;
  /** Small and in capitals above the picture: "STEP 2 OF 7". */
  readonly heading: string | null;
  /** Short lines beside the picture: what is needed. */
  readonly list: readonly string[];
  /** On an ending: what to do next ("Save this for later"). */
  readonly button: string | null;
}

export const captionTemplates: readonly ['tiktok-bold', 'clean', 'karaoke'] = ['tiktok-bold', 'clean', 'karaoke'];
export const captionTemplateSchema: z.ZodEnum<{ 'tiktok-bold': 'tiktok-bold'; clean: 'clean'; karaoke: 'karaoke' }> =
  z.enum(captionTemplates);
export type CaptionTemplate = z.infer<typeof captionTemplateSchema>;

/** Everything that one segment is made of. The same scene gives the same bytes. */
export interface SegmentInput {
  readonly kind: SceneKind;
  /** Position in the film, from 0, and how many scenes there are: the line of progress has a part for each. */
  readonly index: number;
  readonly count: number;
  /** A whole number of frames. */
  readonly frames: number;
  /** In seconds from the scene's begin. */
  readonly words: readonly Word[];
  readonly card: TextCard;
  readonly picture: Picture;
  readonly aspect: Aspect;
  readonly quality: Quality;
  readonly template: CaptionTemplate;
  readonly opening: Transition;
  readonly closing: Transition;
}

export const transitionSchema: z.ZodType<Transition> = z.enum(['cut', 'iris', 'wipe', 'slide']);

export const textCardSchema: z.ZodType<TextCard> = z.object({
  title: z.string().nullable(),
  heading: z.string().nullable(),
  list: z.array(z.string()),
  button: z.string().nullable(),
});

export const sceneKindSchema: z.ZodType<SceneKind> = z.enum(['title', 'materials', 'step', 'result', 'ending']);

export const segmentInputSchema: z.ZodType<SegmentInput> = z.object({
  kind: sceneKindSchema,
  index: z.number().int().min(0),
  count: z.number().int().min(1),
  frames: z.number().int().min(1),
  words: z.array(wordSchema),
  card: textCardSchema,
  picture: pictureSchema,
  aspect: aspectSchema,
  quality: qualitySchema,
  template: captionTemplateSchema,
  opening: transitionSchema,
  closing: transitionSchema,
});

/** A caption as it stands on the screen, in seconds of its scene. */
export interface ShownCaption {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly lines: number;
  /** The pixels that its letters take up, outline included. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export const shownCaptionSchema: z.ZodType<ShownCaption> = z.object({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  lines: z.number().int(),
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
});

/** A rendered scene: picture without sound. */
export interface Segment {
  /** H.264 in MPEG-TS, so that segments can be joined without encoding again. */
  readonly video: BlobRef;
  readonly frames: number;
  readonly captions: readonly ShownCaption[];
  /** Pixels of everything else that has to be read (title, heading, list, button). */
  readonly texts: readonly ShownCaption['box'][];
  /** The lowest contrast (WCAG ratio) of any text on what lies behind it. */
  readonly contrast: number;
  readonly provenance: Provenance;
}

export const segmentSchema: z.ZodType<Segment> = z.object({
  video: blobSchema,
  frames: z.number().int(),
  captions: z.array(shownCaptionSchema),
  texts: z.array(z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })),
  contrast: z.number(),
  provenance: provenanceSchema,
});
