import { findTools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { readSoundLog, type SoundLog } from './sound-log.ts';
import { unreadable } from './unreadable.ts';

/** Decodes the sound of the film once, and nothing of its picture. */
export async function readSound(file: string, seconds: number, signal: AbortSignal): Promise<SoundLog> {
  const { ffmpeg } = await findTools();
  const measure = 'silencedetect=noise=-50dB:duration=0.5,ebur128=peak=true:framelog=verbose';
  const words = ['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'info', '-threads', '1', '-vn', '-i', file];
  const { stderr } = await runTool(ffmpeg, [...words, '-map', '0:a:0', '-af', measure, '-f', 'null', '-'], {
    what: 'measuring the sound',
    signal,
  }).catch((error: unknown) => {
    throw unreadable(error, 'the sound of the film');
  });
  return readSoundLog(stderr, seconds);
}
