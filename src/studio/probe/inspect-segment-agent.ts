import { z } from 'zod';
import type { BlobRef } from '../../ports/agent.ts';
import { blobSchema } from '../film/blob.ts';
import { fileOf, withScratch } from '../scratch.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import { inspectionSchema, type Inspection } from './inspection.ts';
import { readSegment } from './read-segment.ts';

export interface InspectSegment {
  readonly video: BlobRef;
  /** How many it was meant to have. */
  readonly frames: number;
}

const inspectSegmentSchema: z.ZodType<InspectSegment> = z.object({ video: blobSchema, frames: z.number().int().min(1) });

/** Looks at one rendered scene. It is remembered by its bytes, so that an edited film is looked at where it changed. */
export const inspectSegmentAgent = (): StudioAgent<InspectSegment, Inspection> =>
  studioAgent({
    id: 'studio.inspect',
    version: '1',
    description: 'Looks at a rendered scene: black and frozen parts, missing frames, damage, and what it looks like.',
    capabilities: ['video', 'quality'],
    input: inspectSegmentSchema,
    output: inspectionSchema,
    concurrency: 2,
    run: ({ video, frames }, ctx) => withScratch(async (folder) => readSegment(await fileOf(ctx, video, folder), frames, ctx.signal)),
  });
