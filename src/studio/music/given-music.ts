/** The user's own music: read by ffmpeg, whatever its format, and brought to a length. */
import { ContinuoError } from '../../core/errors.ts';
import { decodeSound } from '../sound/decode.ts';

export interface Given {
  readonly file: string;
  readonly ffmpeg: string;
  /** More than this is not needed. */
  readonly seconds: number;
}

/** Seconds in which one round gives way to the next, and in which the last one ends. */
const overlap = 2;
const closing = 2.5;

export async function decoded({ file, ffmpeg, seconds }: Given, rate: number, signal: AbortSignal): Promise<readonly Float32Array[]> {
  const sides = await decodeSound({ ffmpeg, file, rate, seconds, what: 'reading the music', signal }).catch((error: unknown) => {
    if (!(error instanceof ContinuoError) || error.code !== 'FFMPEG_FAILED') throw error;
    throw unreadable(/matches no streams/.test(error.message) ? soundless : (error.message.split(': ').at(-1) ?? error.message));
  });
  if (sides[0]?.length === 0) throw unreadable(soundless);
  return sides;
}

/** As often as it takes, each round blended into the next, with an end that is no cut. */
export function fitted(sides: readonly Float32Array[], seconds: number, rate: number): readonly Float32Array[] {
  const length = Math.round(seconds * rate);
  const had = sides[0]?.length ?? 0;
  const blend = had >= length ? 0 : Math.min(overlap * rate, Math.floor(had / 4));
  const ending = Math.min(closing * rate, length / 4);
  return sides.map((side) => {
    const whole = new Float32Array(length);
    for (let first = 0; first < length; first += had - blend)
      for (let index = 0; index < had && first + index < length; index++) {
        const rising = first === 0 || index >= blend ? 1 : Math.sin(((index / blend) * Math.PI) / 2);
        const left = had - index;
        const falling = left > blend ? 1 : Math.sin(((left / blend) * Math.PI) / 2);
        whole[first + index] = (whole[first + index] ?? 0) + (side[index] ?? 0) * rising * falling;
      }
    return whole.map((sample, index) => sample * Math.min(1, (length - index) / ending) ** 2);
  });
}

const soundless = 'there is no sound in it';

const unreadable = (why: string): ContinuoError =>
  new ContinuoError('MEDIA_UNREADABLE', `the music cannot be read: ${why}; give another file, or none for music that is composed`);
