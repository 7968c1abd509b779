/** The agent that gives a film its music: composed for its mood and length, or the user's own. */
import { join } from 'node:path';
import { z } from 'zod';
import type { BlobRef } from '../../ports/agent.ts';
import { findTools } from '../ffmpeg/find.ts';
import { blobSchema, provenanceSchema, type Provenance } from '../film/blob.ts';
import { fileOf, keep, withScratch } from '../scratch.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import type { StudioWorkers } from '../workers/studio-workers.ts';
import type { MusicMade, MusicTask } from './compose-music-task.ts';
import { moodSchema, type Mood } from './mood.ts';

export interface MusicInput {
  readonly mood: Mood;
  /** Of the music; `musicSeconds` says which length is good for a film. */
  readonly seconds: number;
  readonly seed: number;
  /** The user's own music, in any format that ffmpeg reads. */
  readonly file: BlobRef | null;
}

export interface Music {
  /** WAV, 48 kHz, stereo. */
  readonly audio: BlobRef;
  readonly seconds: number;
  /** For people: what is unusual about it. */
  readonly note: string | null;
  readonly provenance: Provenance;
}

export const musicInputSchema: z.ZodType<MusicInput> = z.object({
  mood: moodSchema,
  seconds: z.number().min(0.5).max(3600),
  seed: z.number().int(),
  file: blobSchema.nullable(),
});

export const musicSchema: z.ZodType<Music> = z.object({
  audio: blobSchema,
  seconds: z.number(),
  note: z.string().nullable(),
  provenance: provenanceSchema,
});

const id = 'studio.music';
const version = '1';

export function musicAgent({ workers }: { readonly workers: StudioWorkers }): StudioAgent<MusicInput, Music> {
  return studioAgent({
    id,
    version,
    description: 'Composes music for a film by its mood and length, or brings the music that it is given to that length',
    capabilities: ['music'],
    input: musicInputSchema,
    output: musicSchema,
    run: (input, ctx) =>
      withScratch(async (folder) => {
        const { mood, seconds, seed, file } = input;
        const to = join(folder, 'music.wav');
        const task: MusicTask =
          file === null
            ? { is: 'composed', mood, seed, seconds, to }
            : { is: 'given', file: await fileOf(ctx, file, folder), ffmpeg: (await findTools()).ffmpeg, seconds, to };
        const { audible } = await workers.run<MusicMade>('compose-music', task, {
          signal: ctx.signal,
          progress: (share, message) => ctx.progress(share, message),
        });
        return {
          audio: await keep(ctx, to, 'audio/wav'),
          seconds,
          note: audible ? null : 'The music that was given is silent.',
          provenance: provenanceOf(input),
        };
      }),
  });
}

const provenanceOf = ({ file, seed }: MusicInput): Provenance =>
  file === null ? { agent: id, version, by: 'offline', seed, inputs: [] } : { agent: id, version, by: 'user', inputs: [file.blob] };
