import type { AgentContext } from '../../ports/agent.ts';
import { pictureSchema, type Picture } from '../film/picture.ts';
import { fileOf, keep, withScratch } from '../scratch.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import type { StudioWorkers } from '../workers/studio-workers.ts';
import { pictureBriefSchema, type PictureBrief } from './brief.ts';
import type { DrawnPicture, DrawPicture } from './draw-picture-task.ts';

export interface PicturesAgentParts {
  readonly workers: StudioWorkers;
}

const [id, version] = ['studio.pictures', '1'];

/** Draws what a brief says, in layers that move by themselves. */
export const picturesAgent = ({ workers }: PicturesAgentParts): StudioAgent<PictureBrief, Picture> =>
  studioAgent({
    id,
    version,
    description: 'Draws the picture of a scene on this machine: a backdrop, and the things on it.',
    capabilities: ['pictures'],
    input: pictureBriefSchema,
    output: pictureSchema,
    run: (brief, ctx) => withScratch((folder) => drawn(brief, folder, workers, ctx)),
  });

async function drawn(brief: PictureBrief, folder: string, workers: StudioWorkers, ctx: AgentContext): Promise<Picture> {
  const photo = brief.photo === null ? null : await fileOf(ctx, brief.photo.blob, folder);
  const task: DrawPicture = { brief, photo, folder };
  const { background, sprites, ...rest } = await workers.run<DrawnPicture>('draw-picture', task, {
    signal: ctx.signal,
    progress: (share, message) => ctx.progress(share, message),
  });
  return {
    ...rest,
    background: await keep(ctx, background, 'image/jpeg'),
    sprites: await Promise.all(sprites.map(async ({ file, ...sprite }) => ({ ...sprite, image: await keep(ctx, file, 'image/png') }))),
    palette: brief.palette,
    shows: brief.shows,
    provenance: {
      agent: id,
      version,
      by: brief.photo === null ? 'offline' : 'user',
      seed: brief.seed,
      inputs: brief.photo === null ? [] : [brief.photo.blob.blob],
    },
  };
}
