/** `studio.pictures` with a model outside: it makes the photographs, and this machine draws what it does not. */
import { ContinuoError } from '../../core/errors.ts';
import type { AgentContext, BlobRef } from '../../ports/agent.ts';
import type { Box } from '../film/aspect.ts';
import type { Picture } from '../film/picture.ts';
import type { StudioAgent } from '../studio-agent.ts';
import type { StudioThreads } from '../threads/studio-threads.ts';
import type { FramedPicture, FramePictureInput } from './frame-picture-task.ts';
import { imageFor, type MadeImage } from './image-for.ts';
import { imagePrompt, type PictureWish } from './image-prompt.ts';
import { MediaModelError } from './media-model-error.ts';
import { paidOnce } from './paid-once.ts';
import type { ChosenImageModel } from './studio-models.ts';
import { heartbeating, usualAttempts, versionWith, withModel } from './with-model.ts';

export interface CloudPictureWish extends PictureWish {
  /** Of a step: shown on a badge. */
  readonly number: number | null;
  readonly seed?: number | undefined;
}

export interface CloudPicturesParts<B> {
  /** Draws what is not asked for, what cannot be paid, and what nobody outside will make. */
  readonly offline: StudioAgent<B, Picture>;
  /** Without one the offline agent is all there is. */
  readonly model: ChosenImageModel | undefined;
  readonly threads: StudioThreads;
  /** What a model is to make of the brief; undefined where it shows what is given: the user's own picture, a diagram. */
  readonly wish: (brief: B) => CloudPictureWish | undefined;
  /** So often an attempt is made before the picture is drawn here. The step's policy has to allow as many. */
  readonly attempts?: number;
}

export function cloudPicturesAgent<B>(parts: CloudPicturesParts<B>): StudioAgent<B, Picture> {
  const { offline, model, threads, wish, attempts = usualAttempts } = parts;
  if (model === undefined) return offline;
  const version = versionWith(offline, model);
  return withModel(offline, version, async (brief, ctx, draw) => {
    const wanted = wish(brief);
    if (wanted === undefined) return await draw(brief);
    const { prompt, negative } = imagePrompt(wanted, model.style);
    const { aspect, seed, palette, shows } = wanted;
    const make = async (): Promise<{ value: Framed; cost: number }> => {
      ctx.progress(0, `${model.name} makes the picture`);
      const image = await heartbeating(ctx, imageFor(model, { prompt, negative, aspect, seed }, ctx.signal));
      return { value: await framed(image, wanted, { ctx, threads, name: model.name }), cost: image.cost };
    };
    const paid = await paidOnce(ctx, { name: 'picture', atMost: model.config.price, attempts, make });
    if (paid.is === 'declined') {
      ctx.log(`the picture is drawn on this machine: ${paid.why}`);
      return await draw(brief);
    }
    const { background, overscan, badge } = paid.value;
    const provenance = { agent: offline.id, version, by: 'model', model: model.config.model, prompt, seed, inputs: [] } as const;
    const sprites = badge === null ? [] : [{ ...badge, role: 'badge', entrance: 'pop', after: 0.15, float: 0 } as const];
    return { background, overscan, motion: 'ken-burns', sprites, palette, shows, provenance };
  });
}

/** Small enough to be recorded. */
interface Framed {
  readonly background: BlobRef;
  readonly overscan: FramedPicture['overscan'];
  readonly badge: { readonly image: BlobRef; readonly box: Box } | null;
}

interface Around {
  readonly ctx: AgentContext;
  readonly threads: StudioThreads;
  readonly name: string;
}

async function framed(
  image: MadeImage,
  { aspect, kind, palette, number }: CloudPictureWish,
  { ctx, threads, name }: Around,
): Promise<Framed> {
  const input: FramePictureInput = { image: image.bytes, aspect, kind, palette, number };
  let picture;
  try {
    picture = await threads.run<FramedPicture>('frame-picture', input, { signal: ctx.signal });
  } catch (error) {
    if (!(error instanceof ContinuoError) || error.code !== 'MEDIA_UNREADABLE') throw error;
    throw new MediaModelError(`${name} gave a damaged picture: ${error.message}`, { why: 'passing', spent: image.cost });
  }
  const { jpeg, overscan, badge } = picture;
  const background = await ctx.blobs.put(jpeg, 'image/jpeg');
  if (badge === undefined) return { background, overscan, badge: null };
  return { background, overscan, badge: { image: await ctx.blobs.put(badge.png, 'image/png'), box: badge.box } };
}
