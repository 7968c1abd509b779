import { readFile } from 'node:fs/promises';
import type * as Canvas from '@napi-rs/canvas';
import { ContinuoError } from '../../core/errors.ts';
import type { Size } from '../film/aspect.ts';
import type { Bitmap } from '../film/bitmap.ts';

/** A PNG or JPEG as pixels of the size that is asked for: one of another shape fills it, and loses what sticks out. */
export async function readImage(file: string, what: string, { width, height }: Size): Promise<Bitmap> {
  const { createCanvas, loadImage } = await canvasPackage();
  const refuse = (error: unknown): never => {
    throw unreadable(what, error instanceof Error ? error.message : String(error));
  };
  const bytes = await readFile(file).catch(refuse);
  if (breaksOff(bytes)) throw unreadable(what, 'the file breaks off');
  const image = await loadImage(bytes).catch(refuse);
  if (image.width < 1 || image.height < 1) throw unreadable(what, 'it has no pixels');
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const scale = Math.max(width / image.width, height / image.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    image,
    (width - image.width * scale) / 2,
    (height - image.height * scale) / 2,
    image.width * scale,
    image.height * scale,
  );
  const { data } = context.getImageData(0, 0, width, height);
  // Its pixels are let go of now, and not when somebody collects the little object that holds them.
  canvas.width = canvas.height = 1;
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** A PNG without its last part is drawn as far as it goes, and nobody is told. */
function breaksOff(bytes: Buffer): boolean {
  return bytes.subarray(1, 4).toString('latin1') === 'PNG' && bytes.lastIndexOf('IEND') < 0;
}

const unreadable = (what: string, why: string): ContinuoError => new ContinuoError('MEDIA_UNREADABLE', `${what} cannot be read: ${why}`);

async function canvasPackage(): Promise<typeof Canvas> {
  try {
    return await import('@napi-rs/canvas');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ContinuoError('STUDIO_UNAVAILABLE', `rendering needs the package @napi-rs/canvas: ${why}`);
  }
}
