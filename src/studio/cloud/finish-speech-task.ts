/** Makes what a model spoke a clip like those of this machine: as loud, as clean, without silence around it, with the times of its words. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ContinuoError } from '../../core/errors.ts';
import { brought } from '../ffmpeg/brought.ts';
import { findTools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import type { Word } from '../film/speech.ts';
import { withScratch } from '../scratch.ts';
import { biquad, highPass } from '../sound/biquad.ts';
import { compress } from '../sound/compressor.ts';
import { writeWav } from '../sound/wav.ts';
import { burstsIn } from '../speech/bursts.ts';
import { estimateWords } from '../speech/estimate-words.ts';
import { levelled } from '../speech/mastering/level.ts';
import { masteredRate } from '../speech/mastering/master.ts';
import type { TaskContext } from '../workers/tasks.ts';

export interface FinishSpeechInput {
  readonly audio: Uint8Array;
  readonly words: readonly string[];
  /** 1 as it is, 2 twice as fast; the pitch stays. */
  readonly rate: number;
}

export interface FinishedSpeech {
  readonly wav: Uint8Array;
  readonly seconds: number;
  readonly words: readonly Word[];
}

/** Seconds that are left before the first sound and behind the last: letters begin and end softly. */
const margin = 0.03;

export async function perform({ audio, words, rate }: FinishSpeechInput, { signal }: TaskContext): Promise<FinishedSpeech> {
  const decoded = await decode(audio, rate, signal);
  const clean = biquad(highPass(masteredRate, 80))(decoded);
  const spoken = trimmed(clean);
  if (spoken === undefined) throw new ContinuoError('MEDIA_UNREADABLE', 'nobody speaks in it');
  const even = compress([spoken], { rate: masteredRate, threshold: -22, ratio: 2, knee: 8, attack: 0.006, release: 0.12 })[0] ?? spoken;
  const samples = faded(levelled(even, masteredRate));
  const timed = estimateWords(words, samples, masteredRate);
  return { wav: writeWav([samples], masteredRate), seconds: samples.length / masteredRate, words: timed };
}

async function decode(audio: Uint8Array, rate: number, signal: AbortSignal): Promise<Float32Array> {
  const { ffmpeg } = await findTools();
  return await withScratch(async (folder) => {
    // Some forms cannot be read from a pipe.
    const file = join(folder, 'spoken');
    await writeFile(file, audio);
    const speed = rate === 1 ? [] : ['-af', `atempo=${rate.toFixed(4)}`];
    const output = ['-map', '0:a:0', '-ac', '1', '-ar', String(masteredRate), ...speed, '-f', 'f32le', 'pipe:1'];
    const { stdout } = await runTool(ffmpeg, ['-v', 'error', ...brought('sound', file), ...output], {
      what: 'reading what was spoken',
      signal,
    }).catch((error: unknown) => {
      if (!(error instanceof ContinuoError) || error.code !== 'FFMPEG_FAILED') throw error;
      throw new ContinuoError('MEDIA_UNREADABLE', `it is no sound: ${audio.length} bytes that ffmpeg cannot read`);
    });
    // A buffer of Node may begin anywhere; floats may not.
    return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + 4 * Math.floor(stdout.length / 4)));
  });
}

function trimmed(samples: Float32Array): Float32Array | undefined {
  const bursts = burstsIn(samples, masteredRate);
  const [first, last] = [bursts[0], bursts.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return samples.slice(Math.max(0, Math.floor((first.start - margin) * masteredRate)), Math.ceil((last.end + margin) * masteredRate));
}

/** No click where it begins and ends. */
function faded(samples: Float32Array): Float32Array {
  const length = Math.min(Math.round(0.008 * masteredRate), samples.length >> 1);
  const soft = samples.slice();
  for (let at = 0; at < length; at++) {
    const gain = at / length;
    const end = soft.length - 1 - at;
    soft[at] = (soft[at] ?? 0) * gain;
    soft[end] = (soft[end] ?? 0) * gain;
  }
  return soft;
}
