/** The agent that takes one picture out of a film. */
import { join } from 'node:path';
import { z } from 'zod';
import type { BlobRef } from '../../ports/agent.ts';
import { ContinuoError } from '../../core/errors.ts';
import { brought } from '../ffmpeg/brought.ts';
import { findTools, type Tools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { framesPerSecond } from '../film/aspect.ts';
import { blobSchema, provenanceSchema, type Provenance } from '../film/blob.ts';
import { fileOf, keep, withScratch } from '../scratch.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';

export interface ThumbnailInput {
  readonly film: BlobRef;
  /** In seconds; after the end the last picture is taken. */
  readonly at: number;
}

export interface Thumbnail {
  /** JPEG. */
  readonly image: BlobRef;
  readonly width: number;
  readonly height: number;
  readonly provenance: Provenance;
}

export const thumbnailInputSchema: z.ZodType<ThumbnailInput> = z.object({ film: blobSchema, at: z.number().min(0) });

export const thumbnailSchema: z.ZodType<Thumbnail> = z.object({
  image: blobSchema,
  width: z.number().int(),
  height: z.number().int(),
  provenance: provenanceSchema,
});

/** Films are coded by bt709, JPEG pictures by bt601: without this, greens and reds come out a shade off. */
const colours = 'scale=in_color_matrix=bt709:out_color_matrix=bt601:in_range=tv:out_range=pc:flags=full_chroma_int+accurate_rnd+lanczos';

const [id, version] = ['studio.thumbnail', '1'];

export function thumbnailAgent(): StudioAgent<ThumbnailInput, Thumbnail> {
  return studioAgent({
    id,
    version,
    description: 'Takes one picture out of a film, as a JPEG',
    capabilities: ['thumbnail'],
    input: thumbnailInputSchema,
    output: thumbnailSchema,
    run: ({ film, at }, ctx): Promise<Thumbnail> =>
      withScratch(async (folder) => {
        const tools = await findTools();
        const file = await fileOf(ctx, film, folder);
        const { width, height, seconds } = await measured(file, tools, ctx.signal);
        const image = join(folder, 'thumbnail.jpg');
        const second = Math.max(0, Math.min(at, seconds - 1.5 / framesPerSecond));
        const take = [
          '-ss',
          second.toFixed(3),
          ...brought('film', file),
          '-map',
          '0:v:0',
          '-frames:v',
          '1',
          '-vf',
          `${colours},format=yuvj420p`,
        ];
        const words = [
          '-v',
          'error',
          '-nostdin',
          '-y',
          ...take,
          '-q:v',
          '2',
          '-fflags',
          '+bitexact',
          '-f',
          'image2',
          // One picture under this very name: a folder may have a % in it, which would count pictures.
          '-update',
          '1',
          '-c:v',
          'mjpeg',
          image,
        ];
        await runTool(tools.ffmpeg, words, { what: 'taking the thumbnail', signal: ctx.signal });
        return {
          image: await keep(ctx, image, 'image/jpeg'),
          width,
          height,
          provenance: { agent: id, version, by: 'offline', inputs: [film.blob] },
        };
      }),
  });
}

const answerSchema = z.object({
  streams: z.tuple([z.object({ width: z.number(), height: z.number() })]),
  format: z.object({ duration: z.coerce.number() }),
});

async function measured(
  file: string,
  { ffprobe }: Tools,
  signal: AbortSignal,
): Promise<Omit<Thumbnail, 'image' | 'provenance'> & { readonly seconds: number }> {
  const shown = ['-select_streams', 'v:0', '-show_entries', 'stream=width,height:format=duration', '-of', 'json'];
  const words = ['-v', 'error', ...shown, ...brought('film', file)];
  const answer = await runTool(ffprobe, words, { what: 'looking at the film', signal }).then(
    ({ stdout }) => answerSchema.safeParse(JSON.parse(stdout.toString())),
    (error: unknown) => {
      if (!(error instanceof ContinuoError) || error.code !== 'FFMPEG_FAILED') throw error;
      return undefined;
    },
  );
  if (answer?.success !== true) throw new ContinuoError('MEDIA_UNREADABLE', 'no thumbnail can be taken: the film has no pictures');
  const { streams, format } = answer.data;
  return { ...streams[0], seconds: format.duration };
}
