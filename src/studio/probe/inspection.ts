/** What one rendered scene is, by its own file. */
import { z } from 'zod';
import { spanSchema, type Span } from './span.ts';

export interface Inspection {
  readonly black: readonly Span[];
  /** Where the picture stands still like a slide, words over it aside. */
  readonly frozen: readonly Span[];
  /** Frames that could be decoded. */
  readonly frames: number;
  /** Of the frame in the middle: see `signature.ts`. */
  readonly signature: string;
  /** What is wrong with the stream itself. */
  readonly problems: readonly string[];
}

export const inspectionSchema: z.ZodType<Inspection> = z.object({
  black: z.array(spanSchema),
  frozen: z.array(spanSchema),
  frames: z.number().int().min(0),
  signature: z.string(),
  problems: z.array(z.string()),
});
