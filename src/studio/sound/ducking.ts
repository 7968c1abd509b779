/**
 * How far music steps back for a voice: a smooth curve that is down before a word begins, stays down over short
 * pauses, and rises again where nobody speaks.
 */

export interface Ducking {
  readonly rate: number;
  /** dB by which the music is quieter while somebody speaks than while nobody does. */
  readonly depth: number;
}

/** Seconds of one point of the curve. */
const point = 0.005;
/** Seconds that it is early, and that it waits for the next word. */
const early = 0.12;
const patience = 0.3;
/** Seconds in which it has gone two thirds of its way, down and up. */
const down = 0.035;
const up = 0.45;
/** dB below the loudest moments of the voice at which it counts as silent. */
const range = 34;
const floor = 1e-4;

/** Gains for the music, one for each sample of the voice: 1 where nobody speaks. */
export function duckedGains(voice: Float32Array, { rate, depth }: Ducking): Float32Array {
  const size = Math.round(point * rate);
  const spoken = widened(activity(levels(voice, size)), Math.round(early / point), Math.round(patience / point));
  const shares = rounded(followed(spoken));
  const gains = Float32Array.from(shares, (share) => 10 ** ((-depth * share) / 20));
  const result = new Float32Array(voice.length);
  for (let index = 0; index < result.length; index++) {
    const at = index / size;
    const whole = Math.floor(at);
    const gain = gains[whole] ?? 1;
    result[index] = gain + ((gains[whole + 1] ?? gain) - gain) * (at - whole);
  }
  return result;
}

function levels(voice: Float32Array, size: number): Float32Array {
  return Float32Array.from({ length: Math.ceil(voice.length / size) + 1 }, (_, index) => {
    const end = Math.min(voice.length, (index + 1) * size);
    let energy = 0;
    for (let at = index * size; at < end; at++) energy += (voice[at] ?? 0) ** 2;
    return Math.sqrt(energy / size);
  });
}

function activity(level: Float32Array): Uint8Array {
  const loudest = level.reduce((most, value) => Math.max(most, value), 0);
  const least = Math.max(floor, loudest * 10 ** (-range / 20));
  return Uint8Array.from(level, (value) => (value >= least ? 1 : 0));
}

/** Every spoken moment lasts from a little before to a little after. */
function widened(spoken: Uint8Array, before: number, after: number): Uint8Array {
  const wide = new Uint8Array(spoken.length);
  let last = -Infinity;
  for (let index = 0; index < spoken.length; index++) {
    if (spoken[index] === 1) last = index;
    if (index - last <= after) wide[index] = 1;
  }
  let next = Infinity;
  for (let index = spoken.length - 1; index >= 0; index--) {
    if (spoken[index] === 1) next = index;
    if (next - index <= before) wide[index] = 1;
  }
  return wide;
}

function followed(spoken: Uint8Array): Float32Array {
  const falling = 1 - Math.exp(-point / down);
  const rising = 1 - Math.exp(-point / up);
  let share = spoken[0] ?? 0;
  return Float32Array.from(spoken, (target) => {
    share += (target - share) * (target > share ? falling : rising);
    return share;
  });
}

/** Without corners. */
const rounded = (shares: Float32Array): Float32Array =>
  shares.map((share, index) => {
    let sum = share;
    for (let away = 1; away <= 4; away++) sum += (shares[index - away] ?? share) + (shares[index + away] ?? share);
    return sum / 9;
  });
