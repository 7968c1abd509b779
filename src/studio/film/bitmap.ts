/** Pixels in memory: four bytes each, red, green, blue and alpha; colours are not multiplied with alpha. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
