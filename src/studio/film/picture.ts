/** What a scene shows, as layers: the renderer moves them, so they are never flattened. */
import { z } from 'zod';
import type { BlobRef } from '../../ports/agent.ts';
import type { Box } from './aspect.ts';
import { blobSchema, provenanceSchema, type Provenance } from './blob.ts';
import { paletteSchema, type Palette } from './palette.ts';

/** How a layer comes in. `pop` springs up in its place, `rise` and the slides spring in from a side. */
export type Entrance = 'pop' | 'rise' | 'slide-left' | 'slide-right' | 'fade' | 'still';

export interface Sprite {
  /** A PNG with transparency, in the pixels in which it is shown at rest. */
  readonly image: BlobRef;
  /** Where it rests in the frame. */
  readonly box: Box;
  readonly role: 'hero' | 'satellite' | 'diagram' | 'photo' | 'badge';
  readonly entrance: Entrance;
  /** Seconds after the scene's begin. */
  readonly after: number;
  /** 0: it stands still once it is there; 1: it floats like a hero. */
  readonly float: number;
}

export interface Picture {
  /** Opaque (PNG or JPEG), larger than the frame by `overscan` on every side, so that it can be moved over. */
  readonly background: BlobRef;
  /** Pixels of the background beyond the frame, left and right, above and below. */
  readonly overscan: { readonly x: number; readonly y: number };
  /** A ground may drift; a photograph is moved over slowly (Ken Burns). */
  readonly motion: 'drift' | 'ken-burns';
  /** From back to front. */
  readonly sprites: readonly Sprite[];
  readonly palette: Palette;
  /** What it shows, in words. */
  readonly shows: string;
  readonly provenance: Provenance;
}

const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

export const spriteSchema: z.ZodType<Sprite> = z.object({
  image: blobSchema,
  box: boxSchema,
  role: z.enum(['hero', 'satellite', 'diagram', 'photo', 'badge']),
  entrance: z.enum(['pop', 'rise', 'slide-left', 'slide-right', 'fade', 'still']),
  after: z.number().min(0),
  float: z.number().min(0).max(1),
});

export const pictureSchema: z.ZodType<Picture> = z.object({
  background: blobSchema,
  overscan: z.object({ x: z.number(), y: z.number() }),
  motion: z.enum(['drift', 'ken-burns']),
  sprites: z.array(spriteSchema),
  palette: paletteSchema,
  shows: z.string(),
  provenance: provenanceSchema,
});
