/** `studio.pictures` with a model outside: it takes the photographs, and this machine draws what it does not. */
import type { AgentContext } from '../../ports/agent.ts';
import type { Picture } from '../film/picture.ts';
import type { Asset, PictureBrief } from '../pictures/brief.ts';
import type { StudioAgent } from '../studio-agent.ts';
import { imageFor, type ImageRequest } from './image-for.ts';
import { imagePrompt } from './image-prompt.ts';
import { paidOnce } from './paid-once.ts';
import type { ChosenImageModel } from './studio-models.ts';
import { heartbeating, unlessUnreadable, usualAttempts, versionWith, withModel } from './with-model.ts';

export interface CloudPicturesParts {
  /** Lays out the photograph as it does the user's own, and draws what cannot be paid and what nobody outside will make. */
  readonly offline: StudioAgent<PictureBrief, Picture>;
  /** Without one the offline agent is all there is. */
  readonly model: ChosenImageModel | undefined;
  /** So often an attempt is made before the picture is drawn here. The step's policy has to allow as many. */
  readonly attempts?: number;
}

/** A damaged one was paid for, too: it is not asked for without an end. */
const mostAsked = 2;

export function cloudPicturesAgent({ offline, model, attempts = usualAttempts }: CloudPicturesParts): StudioAgent<PictureBrief, Picture> {
  if (model === undefined) return offline;
  const version = versionWith(offline, model);
  return withModel(offline, version, async (brief, ctx, draw) => {
    // What somebody brought along, or a diagram says better, is not made anew.
    if (brief.photo !== null || brief.diagram !== null) return await draw(brief);
    const { aspect, seed } = brief;
    const words = imagePrompt(brief, model.style);
    let why = '';
    for (let asked = 1; asked <= mostAsked; asked++) {
      const make = (): ReturnType<typeof photograph> => photograph(model, { ...words, aspect, seed }, ctx);
      const paid = await paidOnce(ctx, { name: `picture ${asked}`, atMost: model.config.price, attempts, make });
      why = paid.is === 'declined' ? paid.why : `${model.name} gave a damaged picture`;
      if (paid.is === 'declined') break;
      const photo = paid.value;
      const picture = await unlessUnreadable(draw({ ...brief, arrangement: 'frame', things: [], photo }));
      if (picture === undefined) continue;
      const from = { agent: offline.id, version, by: 'model', model: model.config.model, prompt: words.prompt } as const;
      return { ...picture, provenance: { ...from, seed, inputs: [photo.blob.blob] } };
    }
    ctx.log(`the picture is drawn on this machine: ${why}`);
    return await draw(brief);
  });
}

async function photograph(
  model: ChosenImageModel,
  request: ImageRequest,
  ctx: AgentContext,
): Promise<{ readonly value: Asset; readonly cost: number }> {
  ctx.progress(0, `${model.name} makes the picture`);
  const { bytes, type, width, height, cost } = await heartbeating(ctx, imageFor(model, request, ctx.signal));
  return { value: { name: model.name, blob: await ctx.blobs.put(bytes, type), width, height }, cost };
}
