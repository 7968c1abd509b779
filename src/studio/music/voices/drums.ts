/** Drums: a tone that falls, or noise of one colour, each with the shape of its loudness. */
import { biquad, highPass, lowPass, type Coefficients } from '../../sound/biquad.ts';
import { chanceOf } from '../chance.ts';
import type { DrumVoice } from '../score.ts';
import type { Asked, Instrument } from './instrument.ts';
import { addPartial, fadeIn } from './partials.ts';

type Shape = (seconds: number) => number;

const falling =
  (length: number): Shape =>
  (seconds) =>
    Math.exp(-seconds / length);

/** It rises, and falls: what is shaken, not struck. */
const swung =
  (rise: number, length: number): Shape =>
  (seconds) =>
    seconds < rise ? (seconds / rise) ** 2 : Math.exp(-(seconds - rise) / length);

/** Several hands, not quite together. */
const hands: Shape = (seconds) =>
  [0, 0.011, 0.021].reduce((sum, begin) => sum + (seconds < begin ? 0 : Math.exp(-(seconds - begin) / 0.006)), 0) * 0.5 +
  (seconds < 0.028 ? 0 : Math.exp(-(seconds - 0.028) / 0.055));

function noise({ rate, samples, take }: Asked, name: string, colour: readonly Coefficients[], shape: Shape): Float32Array {
  const chance = chanceOf(take, name);
  let result: Float32Array = new Float32Array(samples).map(() => chance.share() * 2 - 1);
  for (const filter of colour) result = biquad(filter)(result);
  result = result.map((sample, index) => sample * shape(index / rate));
  fadeIn(result, rate, 0.0007);
  return topped(result);
}

function topped(samples: Float32Array): Float32Array {
  const top = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return top === 0 ? samples : samples.map((sample) => (sample * 0.5) / top);
}

function kick({ rate, samples, force }: Asked): Float32Array {
  const result = new Float32Array(samples);
  let turn = 0;
  for (let index = 0; index < samples; index++) {
    const seconds = index / rate;
    turn += (2 * Math.PI * (47 + 95 * Math.exp(-seconds / 0.024) * (0.6 + 0.4 * force))) / rate;
    result[index] = Math.sin(turn) * Math.exp(-seconds / 0.11);
  }
  fadeIn(result, rate, 0.002);
  return topped(result);
}

/** Wood: two short tones. */
function wood(
  { rate, samples, take }: Asked,
  tones: readonly (readonly [frequency: number, level: number, decay: number])[],
): Float32Array {
  const result = new Float32Array(samples);
  for (const [frequency, level, decay] of tones) addPartial(result, rate, frequency * (1 + take * 0.004), { ratio: 1, level, decay }, 0.4);
  fadeIn(result, rate, 0.001);
  return topped(result);
}

const drum = (gain: number, rings: number, room: number, sound: Instrument['sound']): Instrument => ({
  sound,
  gain,
  rings,
  release: 0.06,
  room,
});

export const drums: Readonly<Record<DrumVoice, Instrument>> = {
  kick: drum(1, 0.5, 0.1, kick),
  clap: drum(0.62, 0.35, 1.3, (asked) =>
    noise(asked, 'clap', [highPass(asked.rate, 900), lowPass(asked.rate, 5200), highPass(asked.rate, 700)], hands),
  ),
  snap: drum(0.6, 0.2, 1.6, (asked) =>
    noise(asked, 'snap', [highPass(asked.rate, 1500, 1.4), lowPass(asked.rate, 4200, 1.2)], falling(0.022)),
  ),
  rim: drum(0.5, 0.15, 1.2, (asked) =>
    wood(asked, [
      [520, 0.8, 0.07],
      [1720, 0.5, 0.05],
    ]),
  ),
  shaker: drum(0.42, 0.16, 0.6, (asked) =>
    noise(asked, 'shaker', [highPass(asked.rate, 5200), lowPass(asked.rate, 11_000)], swung(0.022, 0.032)),
  ),
  hat: drum(0.42, 0.14, 0.5, (asked) => noise(asked, 'hat', [highPass(asked.rate, 7500), lowPass(asked.rate, 14_000)], falling(0.03))),
  block: drum(0.42, 0.2, 1.4, (asked) =>
    wood(asked, [
      [820, 1, 0.11],
      [1310, 0.45, 0.07],
    ]),
  ),
  swell: drum(0.36, 4, 1, (asked) => {
    const length = asked.samples / asked.rate;
    const shape: Shape = (seconds) => (seconds / length) ** 3;
    return noise(asked, 'swell', [highPass(asked.rate, 4000), lowPass(asked.rate, 10_000)], shape);
  }),
};
