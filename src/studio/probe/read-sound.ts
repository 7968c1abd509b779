import { brought } from '../ffmpeg/brought.ts';
import { findTools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { readSoundLog, type SoundLog } from './sound-log.ts';
import { unreadable } from './unreadable.ts';
import { levelsOf, voiceRate } from './voice-offset.ts';

export interface HeardSound extends SoundLog {
  /** From its begin on: see `voice-offset.ts`. */
  readonly levels: Float32Array;
}

/** Decodes the sound of the film once, and nothing of its picture. */
export async function readSound(file: string, seconds: number, signal: AbortSignal): Promise<HeardSound> {
  const { ffmpeg } = await findTools();
  const measure = 'silencedetect=noise=-50dB:duration=0.5,ebur128=peak=true:framelog=verbose';
  // What is left is where voices are and little else is.
  const voices = `highpass=f=120,lowpass=f=3400,aresample=${voiceRate},aformat=sample_fmts=s16:channel_layouts=mono`;
  const words = ['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'info', '-threads', '1', '-vn', ...brought('film', file)];
  const { stdout, stderr } = await runTool(ffmpeg, [...words, '-map', '0:a:0', '-af', `${measure},${voices}`, '-f', 's16le', 'pipe:1'], {
    what: 'measuring the sound',
    signal,
  }).catch((error: unknown) => {
    throw unreadable(error, 'the sound of the film');
  });
  const samples = Int16Array.from({ length: Math.floor(stdout.length / 2) }, (_, index) => stdout.readInt16LE(index * 2));
  return { ...readSoundLog(stderr, seconds), levels: levelsOf(samples) };
}
