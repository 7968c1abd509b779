/** Draws a picture's layers into files: one backdrop, and one PNG for each thing that moves by itself. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Canvas, Image } from '@napi-rs/canvas';
import { ContinuoError } from '../../core/errors.ts';
import { layoutOf, type Layout, type Size } from '../film/aspect.ts';
import { canvasPackage } from '../lettering/canvas.ts';
import type { Perform } from '../workers/tasks.ts';
import type { PictureBrief } from './brief.ts';
import { paintBackdrop } from './compose/backdrop.ts';
import { paintBadge } from './compose/badge.ts';
import { fillsFrame, paintOver, paintPrint } from './compose/photo.ts';
import { placementOf, type Placed } from './compose/placement.ts';
import { shapeOf } from './compose/shapes.ts';
import { pngOf } from './compose/svg.ts';
import { paintThing, sizeOf, thingImage } from './compose/thing.ts';

export interface DrawPicture {
  readonly brief: PictureBrief;
  /** Where the photograph of the brief lies as a file. */
  readonly photo: string | null;
  /** Where to put the layers. */
  readonly folder: string;
}

export interface DrawnPicture {
  readonly background: string;
  readonly overscan: { readonly x: number; readonly y: number };
  readonly motion: 'drift' | 'ken-burns';
  readonly sprites: readonly (Omit<Placed, 'drawn' | 'tilt'> & { readonly file: string })[];
}

/** Of the frame, on every side: as far as it may be moved over. */
const overscanShare = 0.06;
/** Good enough for what is seen blurred by motion and coded again. */
const backgroundQuality = 94;

const even = (value: number): number => Math.round(value / 2) * 2;

export const perform: Perform<DrawPicture, DrawnPicture> = async ({ brief, photo, folder }, { signal, progress }) => {
  const layout = layoutOf(brief.aspect);
  const overscan = { x: even(layout.frame.width * overscanShare), y: even(layout.frame.height * overscanShare) };
  const image = photo === null || brief.photo === null ? undefined : await readPhoto(photo, brief.photo.name);
  const full = image !== undefined && fillsFrame(image, layout.frame);
  const placed = placementOf(brief).filter(({ drawn }) => !(full && drawn.is === 'photo'));
  const background = join(folder, 'background.jpg');
  await writeFile(background, await backgroundOf(brief, layout, overscan, full ? image : undefined));
  const sprites: DrawnPicture['sprites'][number][] = [];
  for (const [at, one] of placed.entries()) {
    signal.throwIfAborted();
    const file = join(folder, `${at}.png`);
    await writeFile(file, await pngFor(one, brief, image));
    const { drawn: _drawn, tilt: _tilt, ...rest } = one;
    sprites.push({ ...rest, file });
    progress((at + 1) / (placed.length + 1));
  }
  return { background, overscan, motion: full ? 'ken-burns' : 'drift', sprites };
};

async function backgroundOf(
  brief: PictureBrief,
  layout: Layout,
  overscan: DrawnPicture['overscan'],
  photo: Image | undefined,
): Promise<Uint8Array> {
  const { palette, ground, seed } = brief;
  const size = { width: layout.frame.width + overscan.x * 2, height: layout.frame.height + overscan.y * 2 };
  const canvas = canvasPackage().createCanvas(size.width, size.height);
  const { picture } = layout;
  if (photo === undefined)
    paintBackdrop(canvas, { size, palette, ground, seed, focus: { ...picture, x: picture.x + overscan.x, y: picture.y + overscan.y } });
  else paintOver(canvas, photo, brief, overscan);
  return canvas.encode('jpeg', backgroundQuality);
}

async function pngFor(one: Placed, { palette, diagram }: PictureBrief, photo: Image | undefined): Promise<Uint8Array> {
  const { drawn, tilt, box } = one;
  const shape = drawn.is === 'diagram' ? diagram?.svg : shapeOf(one, palette);
  if (shape !== undefined) return pngOf(shape, box.width);
  const stance = { size: box.width, tilt, shadow: drawn.is === 'thing' && drawn.shadow };
  const thing = drawn.is === 'thing' ? await thingImage(drawn.name, sizeOf(stance)) : undefined;
  return painted(box, (canvas) => {
    const pen = canvas.getContext('2d');
    if (thing !== undefined) paintThing(pen, thing, stance);
    else if (drawn.is === 'number') paintBadge(pen, box.width, drawn.number, palette, tilt);
    else if (photo !== undefined) paintPrint(pen, photo, box);
  });
}

function painted({ width, height }: Size, paint: (canvas: Canvas) => void): Uint8Array {
  const canvas = canvasPackage().createCanvas(width, height);
  paint(canvas);
  return canvas.encodeSync('png');
}

async function readPhoto(file: string, name: string): Promise<Image> {
  try {
    return await canvasPackage().loadImage(file);
  } catch (error) {
    if (error instanceof ContinuoError) throw error;
    throw new ContinuoError('MEDIA_UNREADABLE', `the picture ${name} cannot be read: it is damaged, or of a kind that is not known here`);
  }
}
