/** The package that draws SVG, loaded when it is first needed. */
import { createRequire } from 'node:module';
import type * as ResvgPackage from '@resvg/resvg-js';
import { ContinuoError } from '../../../core/errors.ts';

const require = createRequire(import.meta.url);
let loaded: typeof ResvgPackage | undefined;

function resvgPackage(): typeof ResvgPackage {
  try {
    // The name is the package's, so that its types are those of the import above.
    loaded ??= require('@resvg/resvg-js') as typeof ResvgPackage;
    return loaded;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ContinuoError('STUDIO_UNAVAILABLE', `pictures cannot be drawn: the package @resvg/resvg-js does not load (${why})`);
  }
}

/** As a PNG, so many pixels wide. */
export function pngOf(svg: string, width: number): Uint8Array {
  const { Resvg } = resvgPackage();
  return new Resvg(svg, { fitTo: { mode: 'width', value: Math.max(1, Math.round(width)) }, font: { loadSystemFonts: false } })
    .render()
    .asPng();
}
