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

/**
 * What each preset is bent to. The pictures are smooth and move evenly: a coarse search finds what a fine one does
 * (`subme=1`), a short look ahead holds few frames in memory, and blocks are judged so that dark gradients keep their
 * bits (`aq-mode=3`). Two threads, whatever the machine has: the number changes the bytes. Beside the process that draws
 * they keep two cores busy, with one scene in memory.
 */
const effort: Readonly<Record<Quality, readonly string[]>> = {
  draft: of('ultrafast', 22, 'cabac=1:8x8dct=1:deblock=0,0:aq-mode=1:mbtree=1:rc-lookahead=4:bframes=3:b-adapt=0:weightp=0'),
  standard: of('veryfast', 20, 'subme=1:rc-lookahead=4:bframes=2:aq-mode=3'),
  high: of('medium', 18, 'rc-lookahead=12:aq-mode=3'),
};

function of(preset: string, crf: number, rest: string): readonly string[] {
  return ['-preset', preset, '-crf', String(crf), '-threads', '2', '-x264-params', rest];
}

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
  await runTool(ffmpeg, words, { what: 'encoding a scene', signal, feed: frames });
}
