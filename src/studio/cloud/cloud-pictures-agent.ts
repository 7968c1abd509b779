/** `studio.pictures` with a model outside: it makes the photographs, and this machine draws what it does not. */
import type { AgentContext, BlobRef } from '../../ports/agent.ts';
import type { Picture } from '../film/picture.ts';
import type { StudioAgent } from '../studio-agent.ts';
import type { StudioThreads } from '../threads/studio-threads.ts';
import type { FramedPicture, FramePictureInput } from './frame-picture-task.ts';
import { imageFor, type ImageRequest } from './image-for.ts';
import { imagePrompt, type PictureWish } from './image-prompt.ts';
import { paidOnce } from './paid-once.ts';
import type { ChosenImageModel } from './studio-models.ts';
import { heartbeating, unlessUnreadable, usualAttempts, versionWith, withModel } from './with-model.ts';

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

/** A damaged one was paid for, too: it is not asked for without an end. */
const mostAsked = 2;

export function cloudPicturesAgent<B>(parts: CloudPicturesParts<B>): StudioAgent<B, Picture> {
  const { offline, model, threads, wish, attempts = usualAttempts } = parts;
  if (model === undefined) return offline;
  const version = versionWith(offline, model);
  return withModel(offline, version, async (brief, ctx, draw) => {
    const wanted = wish(brief);
    if (wanted === undefined) return await draw(brief);
    const { palette, shows, seed } = wanted;
    const words = imagePrompt(wanted, model.style);
    let why = '';
    for (let asked = 1; asked <= mostAsked; asked++) {
      const paid = await paidOnce(ctx, {
        name: `picture ${asked}`,
        atMost: model.config.price,
        attempts,
        make: () => photograph(model, { ...words, aspect: wanted.aspect, seed }, ctx),
      });
      why = paid.is === 'declined' ? paid.why : `${model.name} gave a damaged picture`;
      if (paid.is === 'declined') break;
      const framed = await frame(paid.value, wanted, { ctx, threads });
      if (framed === undefined) continue;
      const provenance = {
        agent: offline.id,
        version,
        by: 'model',
        model: model.config.model,
        prompt: words.prompt,
        seed,
        inputs: [paid.value.blob],
      } as const;
      return { ...framed, motion: 'ken-burns', palette, shows, provenance };
    }
    ctx.log(`the picture is drawn on this machine: ${why}`);
    return await draw(brief);
  });
}

async function photograph(
  model: ChosenImageModel,
  request: ImageRequest,
  ctx: AgentContext,
): Promise<{ readonly value: BlobRef; readonly cost: number }> {
  ctx.progress(0, `${model.name} makes the picture`);
  const { bytes, type, cost } = await heartbeating(ctx, imageFor(model, request, ctx.signal));
  return { value: await ctx.blobs.put(bytes, type), cost };
}

interface Around {
  readonly ctx: AgentContext;
  readonly threads: StudioThreads;
}

/** Undefined where it turns out to be damaged. */
async function frame(
  photo: BlobRef,
  { aspect, kind, palette, number }: CloudPictureWish,
  { ctx, threads }: Around,
): Promise<Pick<Picture, 'background' | 'overscan' | 'sprites'> | undefined> {
  const input: FramePictureInput = { image: await ctx.blobs.get(photo), aspect, kind, palette, number };
  const framed = await unlessUnreadable(threads.run<FramedPicture>('frame-picture', input, { signal: ctx.signal }));
  if (framed === undefined) return undefined;
  const { jpeg, overscan, badge } = framed;
  const background = await ctx.blobs.put(jpeg, 'image/jpeg');
  if (badge === undefined) return { background, overscan, sprites: [] };
  const image = await ctx.blobs.put(badge.png, 'image/png');
  return { background, overscan, sprites: [{ image, box: badge.box, role: 'badge', entrance: 'pop', after: 0.15, float: 0 }] };
}
