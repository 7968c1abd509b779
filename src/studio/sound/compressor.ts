/** Makes loud places quieter, with a soft knee: for a voice that stays near, and for music that gives way to it. */

export interface Compression {
  readonly rate: number;
  /** dBFS from which on it is made quieter. */
  readonly threshold: number;
  /** How many dB more come in for one dB more that goes out. */
  readonly ratio: number;
  /** dB around the threshold in which it begins by degrees. */
  readonly knee: number;
  /** Seconds in which it has followed a rise, and a fall, by two thirds. */
  readonly attack: number;
  readonly release: number;
}

/** dB by which a level is to be changed: never above 0. */
export function reduction(level: number, { threshold, ratio, knee }: Pick<Compression, 'threshold' | 'ratio' | 'knee'>): number {
  const over = level - threshold;
  const slope = 1 / ratio - 1;
  if (over <= -knee / 2) return 0;
  if (over >= knee / 2) return slope * over;
  return (slope * (over + knee / 2) ** 2) / (2 * knee);
}

/** What the sound is to be multiplied with, sample by sample. From another sound's gains one gets ducking. */
export function gains(key: Float32Array, settings: Compression): Float32Array<ArrayBuffer> {
  const { rate, attack, release, threshold, knee } = settings;
  const rising = Math.exp(-1 / (attack * rate));
  const falling = Math.exp(-1 / (release * rate));
  const untouched = 10 ** ((threshold - knee / 2) / 20);
  const result = new Float32Array(key.length);
  let follower = 0;
  for (let index = 0; index < key.length; index++) {
    const level = Math.abs(key[index] ?? 0);
    follower = level + (follower - level) * (level > follower ? rising : falling);
    result[index] = follower <= untouched ? 1 : 10 ** (reduction(20 * Math.log10(follower), settings) / 20);
  }
  return result;
}

/** The channels are made quieter together, by the loudest of them, so that nothing wanders to one side. */
export function compress(channels: readonly Float32Array[], settings: Compression): Float32Array<ArrayBuffer>[] {
  const gain = gains(loudest(channels), settings);
  return channels.map((channel) => channel.map((sample, index) => sample * (gain[index] ?? 1)));
}

function loudest(channels: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = channels;
  if (others.length === 0) return first;
  return first.map((sample, index) => others.reduce((most, other) => Math.max(most, Math.abs(other[index] ?? 0)), Math.abs(sample)));
}
