/** Makes the music of a film as a WAV file: composed here, or the user's own, in the length of the film. */
import { writeFile } from 'node:fs/promises';
import { limit } from '../sound/limiter.ts';
import { loudnessOf } from '../sound/loudness.ts';
import { writeWav } from '../sound/wav.ts';
import type { Perform, TaskContext } from '../workers/tasks.ts';
import { compose } from './compose.ts';
import { decoded, fitted } from './given-music.ts';
import type { Mood } from './mood.ts';
import { play } from './play.ts';

export type MusicTask = { readonly seconds: number; readonly to: string } & (
  | { readonly is: 'composed'; readonly mood: Mood; readonly seed: number }
  | { readonly is: 'given'; readonly file: string; readonly ffmpeg: string }
);

export interface MusicMade {
  /** It has something to hear. */
  readonly audible: boolean;
}

export const musicRate = 48_000;

/** LUFS and dBTP of every piece, so that the mix finds them all alike. */
const loudness = -18;
const ceiling = -3;

export const perform: Perform<MusicTask, MusicMade> = async (task, context) => {
  const sides = await soundOf(task, context);
  context.signal.throwIfAborted();
  const audible = evenOut(sides);
  await writeFile(task.to, writeWav(sides, musicRate, { dither: 1 }));
  return { audible };
};

async function soundOf(task: MusicTask, context: TaskContext): Promise<readonly Float32Array[]> {
  if (task.is === 'given') return fitted(await decoded(task, musicRate, context.signal), task.seconds, musicRate);
  return play(compose(task.mood, task.seconds, task.seed), musicRate, (share) => context.progress(share));
}

function evenOut(sides: readonly Float32Array[]): boolean {
  const measured = loudnessOf(sides, musicRate);
  if (measured === -Infinity) return false;
  const gain = 10 ** ((loudness - measured) / 20);
  for (const side of sides) for (let index = 0; index < side.length; index++) side[index] = (side[index] ?? 0) * gain;
  limit(sides, { rate: musicRate, ceiling });
  return true;
}
