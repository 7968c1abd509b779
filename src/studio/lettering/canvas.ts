/** The package that draws letters, loaded when it is first needed, and one canvas per worker that everything is drawn on. */
import { createRequire } from 'node:module';
import type * as CanvasPackage from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { ContinuoError } from '../../core/errors.ts';
import type { Size } from '../film/aspect.ts';
import type { Bitmap } from '../film/bitmap.ts';

export type Pen = SKRSContext2D;

const require = createRequire(import.meta.url);
let loaded: typeof CanvasPackage | undefined;
let pen: Pen | undefined;

export function canvasPackage(): typeof CanvasPackage {
  if (loaded !== undefined) return loaded;
  try {
    // The name is the package's, so that its types are those of the import above.
    loaded = require('@napi-rs/canvas') as typeof CanvasPackage;
    return loaded;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ContinuoError('STUDIO_UNAVAILABLE', `letters cannot be drawn: the package @napi-rs/canvas does not load (${why})`);
  }
}

/** For measuring: any pen will do. */
export const anyPen = (): Pen => pen ?? penFor({ width: 1024, height: 512 });

/** What `paint` draws on an empty ground. */
export function drawn({ width, height }: Size, paint: (pen: Pen) => void): Bitmap {
  const on = penFor({ width, height });
  on.save();
  on.clearRect(0, 0, width, height);
  paint(on);
  on.restore();
  const { data } = on.getImageData(0, 0, width, height);
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

function penFor({ width, height }: Size): Pen {
  const { width: wide = 0, height: high = 0 } = pen?.canvas ?? {};
  if (pen === undefined || wide < width || high < height)
    pen = canvasPackage().createCanvas(Math.max(wide, width), Math.max(high, height)).getContext('2d');
  return pen;
}
