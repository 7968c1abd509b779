/** Text on its way to the screen: what the lettering draws, and the renderer moves. */
import type { Box } from './aspect.ts';
import type { Bitmap } from './bitmap.ts';

export interface TextLayer {
  readonly bitmap: Bitmap;
  /** Where it rests in the frame; as large as the bitmap. */
  readonly box: Box;
  /** Seconds from the scene's begin: shown from `start` until `end`. */
  readonly start: number;
  readonly end: number;
  /** `pop` springs up a little, `rise` comes in from below while it fades in, `drop` from above, `none` is there at once. */
  readonly entrance: 'none' | 'pop' | 'rise' | 'drop';
}
