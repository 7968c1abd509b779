import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { AgentContext } from '../../ports/agent.ts';
import { segmentInputSchema, segmentSchema, type Segment, type SegmentInput } from '../film/scene.ts';
import { encoderFingerprint, findTools } from '../ffmpeg/find.ts';
import { fontsFingerprint } from '../lettering/font-files.ts';
import { fileOf, keep, withScratch } from '../scratch.ts';
import { studioAgent, type StudioAgent } from '../studio-agent.ts';
import type { StudioWorkers } from '../workers/studio-workers.ts';
import type { Rendered, RenderTask } from './render-segment-task.ts';

const id = 'studio.render';
const ownVersion = '1';

export interface RenderAgentParts {
  readonly workers: StudioWorkers;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Scenes at a time; each keeps two cores busy. */
  readonly concurrency?: number;
}

const onThisMachine = (): number => Math.max(1, Math.floor(availableParallelism() / 2));

/**
 * Renders one scene, without sound. A film is as many segments as it has scenes: one that did not change is not rendered again.
 * Those of two encoders do not go together in one film, and letters of two fonts ought not to: both are part of the version.
 */
export function renderAgent({
  workers,
  env = process.env,
  concurrency = onThisMachine(),
}: RenderAgentParts): StudioAgent<SegmentInput, Segment> {
  const fonts = fontsFingerprint(env);
  const version = `${ownVersion}+${encoderFingerprint(env)}${fonts === '' ? '' : `.${fonts}`}`;
  const run = async (segment: SegmentInput, ctx: AgentContext): Promise<Segment> => {
    const { ffmpeg } = await findTools();
    return await withScratch(async (folder) => {
      const { background, sprites } = segment.picture;
      const output = join(folder, 'segment.ts');
      const task: RenderTask = {
        segment,
        background: await fileOf(ctx, background, folder),
        sprites: await Promise.all(sprites.map(({ image }) => fileOf(ctx, image, folder))),
        ffmpeg,
        output,
      };
      const { signal } = ctx;
      const progress = (share: number, message?: string): void => ctx.progress(share, message);
      const rendered = await workers.run<Rendered>('render-segment', task, { signal, progress });
      const video = await keep(ctx, output, 'video/mp2t');
      const inputs = [background.blob, ...sprites.map(({ image }) => image.blob)];
      return { video, frames: segment.frames, ...rendered, provenance: { agent: id, version, by: 'offline', inputs } };
    });
  };
  return studioAgent({
    id,
    version,
    description: 'Renders one scene of a film: moves the layers of its picture, its captions and its texts',
    capabilities: ['video.render'],
    input: segmentInputSchema,
    output: segmentSchema,
    concurrency,
    run,
  });
}
