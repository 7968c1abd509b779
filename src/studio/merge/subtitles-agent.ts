/** The agent that writes a film's subtitles, as SRT and as WebVTT. */
import { z } from 'zod';
import type { BlobRef } from '../../ports/agent.ts';
import { blobSchema, provenanceSchema, type Provenance } from '../film/blob.ts';
import { wordSchema } from '../film/speech.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import { cuesOf, type SpokenScene } from './cues.ts';
import { srtOf, vttOf } from './subtitle-files.ts';

export interface SubtitlesInput {
  readonly scenes: readonly SpokenScene[];
}

export interface Subtitles {
  readonly srt: BlobRef;
  readonly vtt: BlobRef;
  /** How many captions there are. */
  readonly lines: number;
  readonly provenance: Provenance;
}

export const subtitlesInputSchema: z.ZodType<SubtitlesInput> = z.object({
  scenes: z.array(z.object({ at: z.number().min(0), words: z.array(wordSchema) })),
});

export const subtitlesSchema: z.ZodType<Subtitles> = z.object({
  srt: blobSchema,
  vtt: blobSchema,
  lines: z.number().int(),
  provenance: provenanceSchema,
});

const [id, version] = ['studio.subtitles', '1'];

export function subtitlesAgent(): StudioAgent<SubtitlesInput, Subtitles> {
  return studioAgent({
    id,
    version,
    description: 'Writes the subtitles of a film from the times of its words, as SRT and as WebVTT',
    capabilities: ['subtitles'],
    input: subtitlesInputSchema,
    output: subtitlesSchema,
    run: async ({ scenes }, ctx): Promise<Subtitles> => {
      const cues = cuesOf(scenes);
      return {
        srt: await ctx.blobs.put(srtOf(cues), 'application/x-subrip'),
        vtt: await ctx.blobs.put(vttOf(cues), 'text/vtt'),
        lines: cues.length,
        provenance: { agent: id, version, by: 'offline', inputs: [] },
      };
    },
  });
}
