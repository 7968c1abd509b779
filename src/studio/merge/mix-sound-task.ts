/** Makes the sound of a film: mixed, mastered, encoded as AAC, and measured as it will be heard. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import { runTool } from '../ffmpeg/run.ts';
import { decodeSound } from '../sound/decode.ts';
import { loudnessOf } from '../sound/loudness.ts';
import { mastered } from '../sound/master.ts';
import { mixed, type Mixed, type PlacedVoice } from '../sound/mix.ts';
import { resample } from '../sound/resample.ts';
import { truePeakOf } from '../sound/true-peak.ts';
import { readWav, writeWav, type Sound } from '../sound/wav.ts';
import type { Perform } from '../workers/tasks.ts';

export interface MixTask {
  readonly seconds: number;
  /** WAV files, with the second of the film at which each begins. */
  readonly voices: readonly { readonly file: string; readonly at: number }[];
  readonly music: string | null;
  readonly ffmpeg: string;
  /** For files on their way, and for the result. */
  readonly folder: string;
}

export interface MixMade {
  /** An MP4 file with AAC in it. */
  readonly file: string;
  /** LUFS and dBTP of what is decoded from it; null for silence. */
  readonly loudness: number | null;
  readonly truePeak: number | null;
  readonly leads: Mixed['leads'];
  /** Positions of the voices that are longer than the film, and are cut. */
  readonly cut: readonly number[];
}

const rate = 48_000;
const loudest: Readonly<Record<Mixed['leads'], number>> = { voice: -14, music: -16, nobody: -14 };
/** dBTP that must not be exceeded by what is decoded, and where the limiter begins to aim at. */
const allowed = -1;
const aim = -1.5;
/** Encoding moves peaks a little, each time differently: so often it is tried with a lower ceiling. */
const tries = 4;

export const perform: Perform<MixTask, MixMade> = async (task, context) => {
  const { voices, music, seconds, ffmpeg, folder } = task;
  const length = Math.round(seconds * rate);
  const placed: PlacedVoice[] = [];
  for (const [index, { file, at }] of voices.entries()) placed.push({ samples: mono(await heard(file, `voice ${index + 1}`)), at });
  const bed = music === null ? null : stereo(await heard(music, 'the music'));
  context.signal.throwIfAborted();
  const { left, right, leads } = mixed({ rate, length, voices: placed, music: bed });
  context.progress(0.4, 'mixed');
  const wav = join(folder, 'sound.wav');
  const file = join(folder, 'sound.m4a');
  for (let attempt = 1, ceiling = aim; ; attempt++) {
    const sides = mastered([left, right], { rate, loudness: loudest[leads], ceiling });
    context.signal.throwIfAborted();
    // Silence stays silent: noise below everything would be all that there is.
    await writeFile(wav, writeWav(sides, rate, leads === 'nobody' ? {} : { dither: 1 }));
    await encode(wav, file, ffmpeg, context.signal);
    const what = 'checking the sound';
    const decoded = await decodeSound({ ffmpeg, file, rate, seconds: seconds + 1, what, signal: context.signal });
    context.progress(0.4 + 0.15 * attempt, 'mastered');
    const truePeak = truePeakOf(decoded);
    if (truePeak <= allowed || attempt === tries) {
      const cut = placed.flatMap(({ samples, at }, index) => (at * rate + samples.length > length + rate * 0.02 ? [index] : []));
      return { file, loudness: orNull(loudnessOf(decoded, rate)), truePeak: orNull(truePeak), leads, cut };
    }
    ceiling -= truePeak - allowed + 0.05;
  }
};

const orNull = (level: number): number | null => (Number.isFinite(level) ? level : null);

async function encode(wav: string, file: string, ffmpeg: string, signal: AbortSignal): Promise<void> {
  const exact = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];
  const words = ['-v', 'error', '-nostdin', '-y', '-i', wav, ...exact, '-c:a', 'aac', '-b:a', '160k', file];
  await runTool(ffmpeg, words, { what: 'encoding the sound', signal });
}

async function heard(file: string, what: string): Promise<Sound> {
  const bytes = await readFile(file);
  try {
    const sound = readWav(bytes);
    return sound.rate === rate ? sound : { rate, channels: sound.channels.map((channel) => resample(channel, sound.rate, rate)) };
  } catch (error) {
    if (!(error instanceof ContinuoError)) throw error;
    throw new ContinuoError(error.code, `${what}: ${error.message}`, error.details);
  }
}

function mono({ channels }: Sound): Float32Array {
  const [first = new Float32Array(0)] = channels;
  if (channels.length < 2) return first;
  return first.map((_, index) => channels.reduce((sum, channel) => sum + (channel[index] ?? 0), 0) / channels.length);
}

function stereo({ channels }: Sound): readonly Float32Array[] {
  const [left = new Float32Array(0), right = left] = channels;
  return [left, right];
}
