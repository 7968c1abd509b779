import { z } from 'zod';
import type { AgentContext, BlobRef } from '../../ports/agent.ts';
import { aspectSchema } from '../film/aspect.ts';
import { blobSchema, type Provenance } from '../film/blob.ts';
import { qualitySchema } from '../film/quality.ts';
import { sceneKindSchema, shownCaptionSchema } from '../film/scene.ts';
import { wordSchema } from '../film/speech.ts';
import { fileOf, withScratch } from '../scratch.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import type { Evidence } from './evidence.ts';
import { inspectionSchema } from './inspection.ts';
import { judgeFilm } from './judge-film.ts';
import { measuredOf, probeSchema, type Probe } from './probe.ts';
import { readFilm } from './read-film.ts';
import { scoreOf } from './score.ts';
import { readSubtitles } from './subtitle-file.ts';

export interface ProbeInput extends Pick<Evidence, 'target' | 'aspect' | 'quality' | 'scenes'> {
  readonly film: BlobRef;
  /** Null where none were written. */
  readonly subtitles: { readonly srt: BlobRef; readonly vtt: BlobRef } | null;
}

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const probeInputSchema: z.ZodType<ProbeInput> = z.object({
  film: blobSchema,
  target: z.number().positive(),
  aspect: aspectSchema,
  quality: qualitySchema,
  scenes: z.array(
    z.object({
      kind: sceneKindSchema,
      at: z.number().min(0),
      seconds: z.number().min(0),
      words: z.array(wordSchema),
      captions: z.array(shownCaptionSchema),
      texts: z.array(box),
      contrast: z.number(),
      speechSeconds: z.number().min(0),
      inspection: inspectionSchema,
    }),
  ),
  subtitles: z.object({ srt: blobSchema, vtt: blobSchema }).nullable(),
});

const [id, version] = ['studio.probe', '1'];

/** Measures a finished film, and says what is wrong with it. The pictures were looked at scene by scene before. */
export const probeAgent = (): StudioAgent<ProbeInput, Probe> =>
  studioAgent({
    id,
    version,
    description: 'Measures a finished film: its file, its sound, its captions and its timing, each against what a film should be.',
    capabilities: ['video', 'quality'],
    input: probeInputSchema,
    output: probeSchema,
    concurrency: 2,
    run: async (input, ctx) => {
      const film = await gather(input, ctx);
      const checks = judgeFilm(film);
      return { measured: measuredOf(film), checks, score: scoreOf(checks), provenance: provenanceOf(input) };
    },
  });

const gather = ({ film, subtitles, ...asked }: ProbeInput, ctx: AgentContext): Promise<Evidence> =>
  withScratch(async (folder) => {
    const measured = await readFilm(await fileOf(ctx, film, folder), ctx.signal);
    if (subtitles === null) return { ...asked, ...measured, subtitles: null };
    const [srt, vtt] = await Promise.all([ctx.blobs.text(subtitles.srt), ctx.blobs.text(subtitles.vtt)]);
    return { ...asked, ...measured, subtitles: { srt: readSubtitles(srt, 'srt'), vtt: readSubtitles(vtt, 'vtt') } };
  });

const provenanceOf = ({ film, subtitles }: ProbeInput): Provenance => ({
  agent: id,
  version,
  by: 'offline',
  inputs: [film, ...(subtitles === null ? [] : [subtitles.srt, subtitles.vtt])].map(({ blob }) => blob),
});
