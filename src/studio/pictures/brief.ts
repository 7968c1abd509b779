/** What a picture is to show and how: decided for the whole film at once, drawn scene by scene. */
import { z } from 'zod';
import type { BlobRef } from '../../ports/agent.ts';
import { aspectSchema, type Aspect } from '../film/aspect.ts';
import { blobSchema } from '../film/blob.ts';
import type { Diagram } from '../film/diagram.ts';
import { paletteSchema, type Palette } from '../film/palette.ts';
import { sceneKindSchema, type SceneKind } from '../film/scene.ts';

/** A picture that the user brought along. */
export interface Asset {
  /** Of its file, without the folder. */
  readonly name: string;
  readonly blob: BlobRef;
  readonly width: number;
  readonly height: number;
}

/**
 * How things stand to each other.
 *
 * `ring`: the hero in a glowing ring, the others around it. `podium`: the hero on the ground, the others beside it.
 * `plus`: two things that come together. `arrow`: one thing that becomes another. `row`: several, side by side.
 * `board`: a diagram, large. `frame`: a photograph. `title` and `ending`: the hero leaves room for words below.
 */
export type Arrangement = 'ring' | 'podium' | 'plus' | 'arrow' | 'row' | 'board' | 'frame' | 'title' | 'ending';

export interface PictureBrief {
  readonly kind: SceneKind;
  /** Of a step. */
  readonly number: number | null;
  readonly aspect: Aspect;
  readonly palette: Palette;
  readonly arrangement: Arrangement;
  /** Names of drawn things: the first is the hero. */
  readonly things: readonly string[];
  /** In place of the hero. */
  readonly diagram: Diagram | null;
  readonly photo: Asset | null;
  /** Which of the palette's grounds; its details follow from the seed. */
  readonly ground: number;
  readonly seed: number;
  /** What it shows, in words. */
  readonly shows: string;
  /** For an image model, where one draws. */
  readonly prompt?: string | undefined;
  readonly negative?: string | undefined;
}

export const assetSchema: z.ZodType<Asset> = z.object({ name: z.string(), blob: blobSchema, width: z.number(), height: z.number() });

export const arrangementSchema: z.ZodType<Arrangement> = z.enum([
  'ring',
  'podium',
  'plus',
  'arrow',
  'row',
  'board',
  'frame',
  'title',
  'ending',
]);

export const pictureBriefSchema: z.ZodType<PictureBrief> = z.object({
  kind: sceneKindSchema,
  number: z.number().int().nullable(),
  aspect: aspectSchema,
  palette: paletteSchema,
  arrangement: arrangementSchema,
  things: z.array(z.string()),
  diagram: z.object({ svg: z.string(), width: z.number(), height: z.number(), shows: z.string() }).nullable(),
  photo: assetSchema.nullable(),
  ground: z.number().int().min(0),
  seed: z.number().int(),
  shows: z.string(),
  prompt: z.string().optional(),
  negative: z.string().optional(),
});
