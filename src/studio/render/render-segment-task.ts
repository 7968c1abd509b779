import { framesPerSecond, layoutOf, type Box } from '../film/aspect.ts';
import type { Bitmap } from '../film/bitmap.ts';
import type { SegmentInput, ShownCaption } from '../film/scene.ts';
import { captionLayers } from '../captions/caption-layers.ts';
import { cardLayers } from '../lettering/card-layers.ts';
import type { Perform, TaskContext } from '../workers/tasks.ts';
import { encodeSegment } from './encode-segment.ts';
import { createPlanes } from './planes/planes.ts';
import { readImage } from './read-image.ts';
import { openStage, type Stage, type StagedText } from './stage.ts';
import { sceneTimeline } from './timeline/scene-timeline.ts';

export interface RenderTask {
  readonly segment: SegmentInput;
  readonly background: string;
  /** Files of the picture's sprites, in its order. */
  readonly sprites: readonly string[];
  readonly ffmpeg: string;
  /** The file to write. */
  readonly output: string;
}

export interface Rendered {
  readonly captions: readonly ShownCaption[];
  readonly texts: readonly Box[];
  readonly contrast: number;
}

export const perform: Perform<RenderTask, Rendered> = async (task, context) => {
  const { segment, ffmpeg, output } = task;
  const seconds = segment.frames / framesPerSecond;
  const { words, template, card, kind, aspect, picture } = segment;
  const captions = captionLayers({ words, seconds, template, aspect, palette: picture.palette });
  const cards = cardLayers({ card, kind, seconds, aspect, palette: picture.palette });
  // Of an ending's card, the button alone pops up.
  const texts: readonly StagedText[] = [
    ...cards.layers.map((layer) => ({ layer, pulses: kind === 'ending' && layer.entrance === 'pop' })),
    ...captions.layers.map((layer) => ({ layer, pulses: false })),
  ];
  const stage = openStage({ scene: segment, texts, ...(await imagesOf(task)) });
  const { frame: size } = layoutOf(aspect);
  const frames = drawn(stage, segment, context);
  await encodeSegment({ ffmpeg, quality: segment.quality, size, output, signal: context.signal, frames });
  return { captions: captions.shown, texts: cards.texts, contrast: stage.contrast() };
};

async function imagesOf({
  segment,
  background,
  sprites,
}: RenderTask): Promise<{ readonly background: Bitmap; readonly sprites: readonly Bitmap[] }> {
  const scene = `scene ${segment.index + 1}`;
  const { groundSize } = sceneTimeline(segment, []);
  const bitmaps: Bitmap[] = [];
  for (const [which, { box }] of segment.picture.sprites.entries()) {
    const size = { width: Math.max(1, Math.round(box.width)), height: Math.max(1, Math.round(box.height)) };
    bitmaps.push(await readImage(sprites[which] ?? '', `sprite ${which + 1} of ${scene}`, size));
  }
  return { background: await readImage(background, `the background of ${scene}`, groundSize), sprites: bitmaps };
}

/** One frame in memory, drawn anew as often as the encoder has taken it. */
function* drawn(stage: Stage, { aspect, frames }: SegmentInput, context: TaskContext): Generator<Uint8Array> {
  const planes = createPlanes(layoutOf(aspect).frame);
  for (let frame = 0; frame < frames; frame++) {
    context.signal.throwIfAborted();
    stage.draw(frame, planes);
    yield planes.bytes;
    if (frame % framesPerSecond === 0) context.progress(frame / frames);
  }
}
