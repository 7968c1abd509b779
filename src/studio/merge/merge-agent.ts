/** The agent that makes the film of its parts: scenes, voices and music. */
import { z } from 'zod';
import type { AgentContext, BlobRef } from '../../ports/agent.ts';
import { findTools } from '../ffmpeg/find.ts';
import { framesPerSecond } from '../film/aspect.ts';
import { blobSchema, provenanceSchema, type Provenance } from '../film/blob.ts';
import { fileOf, keep, withScratch } from '../scratch.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import type { StudioWorkers } from '../workers/studio-workers.ts';
import { joined } from './join-segments.ts';
import type { MixMade, MixTask } from './mix-sound-task.ts';

export interface MergeInput {
  /** H.264 in MPEG-TS, without sound, in the order in which they are shown. */
  readonly segments: readonly { readonly video: BlobRef; readonly frames: number }[];
  /** WAV; `at` in seconds of the film. */
  readonly voices: readonly { readonly audio: BlobRef | null; readonly at: number }[];
  readonly music: BlobRef | null;
  readonly title: string;
  readonly comment: string;
}

export interface Film {
  /** MP4 with the index in front. */
  readonly video: BlobRef;
  readonly seconds: number;
  readonly frames: number;
  /** LUFS and dBTP, measured on the encoded sound; null for silence. */
  readonly loudness: number | null;
  readonly truePeak: number | null;
  /** For people: what is unusual about its sound. */
  readonly note: string | null;
  readonly provenance: Provenance;
}

export const mergeInputSchema: z.ZodType<MergeInput> = z.object({
  segments: z.array(z.object({ video: blobSchema, frames: z.number().int().min(1) })).min(1),
  voices: z.array(z.object({ audio: blobSchema.nullable(), at: z.number().min(0) })),
  music: blobSchema.nullable(),
  title: z.string(),
  comment: z.string(),
});

export const filmSchema: z.ZodType<Film> = z.object({
  video: blobSchema,
  seconds: z.number(),
  frames: z.number().int(),
  loudness: z.number().nullable(),
  truePeak: z.number().nullable(),
  note: z.string().nullable(),
  provenance: provenanceSchema,
});

const id = 'studio.merge';
const version = '1';

export function mergeAgent({ workers }: { readonly workers: StudioWorkers }): StudioAgent<MergeInput, Film> {
  return studioAgent({
    id,
    version,
    description: 'Joins rendered scenes to a film, mixes voices and music under it, and masters the sound for posting',
    capabilities: ['merge'],
    input: mergeInputSchema,
    output: filmSchema,
    run: (input, ctx) => withScratch((folder) => merged(input, ctx, workers, folder)),
  });
}

async function merged(input: MergeInput, ctx: AgentContext, workers: StudioWorkers, folder: string): Promise<Film> {
  const tools = await findTools();
  const frames = input.segments.reduce((sum, segment) => sum + segment.frames, 0);
  const seconds = frames / framesPerSecond;
  const spoken = input.voices.flatMap(({ audio, at }) => (audio === null ? [] : [{ audio, at }]));
  const voices = await Promise.all(spoken.map(async ({ audio, at }) => ({ file: await fileOf(ctx, audio, folder), at })));
  const music = input.music === null ? null : await fileOf(ctx, input.music, folder);
  const task: MixTask = { seconds, voices, music, ffmpeg: tools.ffmpeg, folder };
  const sound = await workers.run<MixMade>('mix-sound', task, {
    signal: ctx.signal,
    progress: (share, message) => ctx.progress(share * 0.8, message),
  });
  const segments = await Promise.all(
    input.segments.map(async ({ video, frames: count }) => ({ file: await fileOf(ctx, video, folder), frames: count })),
  );
  const film = await joined({ segments, sound: sound.file, title: input.title, comment: input.comment, folder, signal: ctx.signal }, tools);
  ctx.progress(0.95, 'joined');
  return {
    video: await keep(ctx, film, 'video/mp4'),
    seconds,
    frames,
    loudness: sound.loudness,
    truePeak: sound.truePeak,
    note: noteOf(sound),
    provenance: { agent: id, version, by: 'offline', inputs: inputsOf(input) },
  };
}

function noteOf({ leads, cut }: MixMade): string | null {
  const notes = [
    ...(leads === 'nobody' ? ['The film is silent: it has neither a voice nor music.'] : []),
    ...(cut.length === 1 ? ['One voice goes on after the last picture, and is cut.'] : []),
    ...(cut.length > 1 ? [`${cut.length} voices go on after the last picture, and are cut.`] : []),
  ];
  return notes.length === 0 ? null : notes.join(' ');
}

const inputsOf = ({ segments, voices, music }: MergeInput): readonly string[] => [
  ...segments.map(({ video }) => video.blob),
  ...voices.flatMap(({ audio }) => (audio === null ? [] : [audio.blob])),
  ...(music === null ? [] : [music.blob]),
];
