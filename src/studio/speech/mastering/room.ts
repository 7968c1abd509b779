/** A little of a small room: a voice without any sounds as if it were glued to the ear. */
import { biquad, highPass, lowPass } from '../../sound/biquad.ts';

/** Seconds for which the room rings after the voice. */
export const roomTail = 0.05;

/** When the walls answer, in seconds, and how loud: uneven, so that no tone of their own comes of it. */
const walls: readonly (readonly [number, number])[] = [
  [0.0071, 0.095],
  [0.0113, -0.08],
  [0.0167, 0.068],
  [0.0229, -0.055],
  [0.0307, 0.042],
  [0.0411, 0.03],
];

export function inRoom(samples: Float32Array, rate: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(samples.length + Math.round(roomTail * rate));
  result.set(samples);
  // Walls take the highs, and small rooms have no lows.
  const dull = biquad(lowPass(rate, 4500))(biquad(highPass(rate, 250))(samples));
  for (const [seconds, gain] of walls) {
    const delay = Math.round(seconds * rate);
    for (let at = 0; at < dull.length; at++) result[at + delay] = (result[at + delay] ?? 0) + (dull[at] ?? 0) * gain;
  }
  return result;
}
