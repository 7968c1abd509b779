import { ContinuoError } from '../../core/errors.ts';
import { framesPerSecond } from '../film/aspect.ts';
import { brought } from '../ffmpeg/brought.ts';
import { findTools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { readDecoderLog } from './decoder-log.ts';
import type { Inspection } from './inspection.ts';
import { lookAtSamples } from './look-at-samples.ts';
import { framesPerSample, sampleSide } from './sample.ts';
import { unreadable } from './unreadable.ts';

/** Decodes the segment once: every frame, of which some are looked at, small and grey. */
export async function readSegment(file: string, planned: number, signal: AbortSignal): Promise<Inspection> {
  const { ffmpeg } = await findTools();
  const rate = framesPerSecond / framesPerSample;
  // Counted by frames, not by their times, so that a stream with broken times gives no flood of copies.
  const every = `select='not(mod(n,${framesPerSample}))',setpts=N/(${rate}*TB)`;
  // Grey would be stretched to 0–255 by some versions, and by others not.
  const small = `scale=${sampleSide}:${sampleSide}:flags=area:in_range=tv:out_range=tv,format=gray`;
  const words = ['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'level+verbose', '-threads', '1', '-skip_loop_filter', 'all'];
  const { stdout, stderr } = await runTool(
    ffmpeg,
    [...words, ...brought('film', file), '-map', '0:v:0', '-vf', `${every},${small}`, '-r', String(rate), '-f', 'rawvideo', 'pipe:1'],
    { what: 'looking at a scene', signal },
  ).catch((error: unknown) => {
    throw unreadable(error, 'the rendered scene');
  });
  const { frames, problems } = readDecoderLog(stderr);
  if (frames === 0) throw new ContinuoError('MEDIA_UNREADABLE', 'the rendered scene: it has no frame that can be decoded');
  const missing = frames === planned ? [] : [`it has ${frames} frames where ${planned} were planned`];
  return { ...lookAtSamples(stdout), frames, problems: [...missing, ...problems] };
}
