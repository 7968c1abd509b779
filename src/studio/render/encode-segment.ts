import { framesPerSecond, type Size } from '../film/aspect.ts';
import type { Quality } from '../film/quality.ts';
import { runTool } from '../ffmpeg/run.ts';

export interface Encoding {
  readonly ffmpeg: string;
  readonly quality: Quality;
  readonly size: Size;
  /** Where the segment goes. */
  readonly output: string;
  readonly signal: AbortSignal;
  /** Frames as raw YUV 4:2:0; a piece may be used again once the next one is asked for. */
  readonly frames: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** The number of threads is part of the bytes, and each costs memory: scenes are rendered beside each other instead. */
const effort: Readonly<Record<Quality, readonly string[]>> = {
  draft: ['-preset', 'superfast', '-crf', '23', '-threads', '1'],
  standard: ['-preset', 'veryfast', '-crf', '20', '-threads', '1'],
  high: ['-preset', 'slow', '-crf', '18', '-threads', '2'],
};

/**
 * H.264 in MPEG-TS that begins at zero. Every segment of a quality has the same parameter sets, begins with a key frame
 * and refers to nothing before it, so that segments are joined by copying.
 */
export async function encodeSegment({ ffmpeg, quality, size, output, signal, frames }: Encoding): Promise<void> {
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`, '-r', String(framesPerSecond)];
  const colour = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
  const encoder = ['-c:v', 'libx264', ...effort[quality], '-profile:v', 'high', '-pix_fmt', 'yuv420p', '-g', '60', '-flags', '+cgop'];
  const container = ['-f', 'mpegts', '-muxdelay', '0', '-muxpreload', '0', output];
  const words = ['-y', '-v', 'error', ...raw, ...colour, '-i', 'pipe:0', ...encoder, ...colour, '-fflags', '+bitexact', ...container];
  await runTool(ffmpeg, words, { what: `encoding ${output}`, signal, feed: frames });
}
