/**
 * A picture as the encoder takes it: YUV 4:2:0, BT.709, limited range. The three planes lie behind each other in one
 * piece of memory, so that a frame is written without being copied.
 */
import type { Size } from '../../film/aspect.ts';

export interface Planes extends Size {
  /** All three planes, in the order in which the encoder reads them. */
  readonly bytes: Uint8Array;
  readonly y: Uint8Array;
  /** Half as wide and half as high as the picture; so is `v`. */
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** Width and height are even. */
export function createPlanes({ width, height }: Size): Planes {
  const luma = width * height;
  const chroma = luma / 4;
  const bytes = new Uint8Array(luma + 2 * chroma);
  return {
    width,
    height,
    bytes,
    y: bytes.subarray(0, luma),
    u: bytes.subarray(luma, luma + chroma),
    v: bytes.subarray(luma + chroma),
  };
}
