import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { biquad, highPass, highShelf, lowPass, peaking, type Coefficients } from './biquad.ts';

const rate = 48_000;
const tone = (frequency: number, length = 9600): Float32Array =>
  Float32Array.from({ length }, (_, index) => Math.sin((2 * Math.PI * frequency * index) / rate));

/** dB by which a tone comes out louder, once the filter has settled. */
function passes(coefficients: Coefficients, frequency: number): number {
  const power = (samples: Float32Array): number => samples.subarray(4800).reduce((sum, sample) => sum + sample ** 2, 0);
  return 10 * Math.log10(power(biquad(coefficients)(tone(frequency))) / power(tone(frequency)));
}

const near = (actual: number, expected: number, what: string): void =>
  assert.ok(Math.abs(actual - expected) < 0.3, `${what}: ${actual.toFixed(2)} dB, not ${expected}`);

test('filters do what their names say', () => {
  near(passes(highPass(rate, 200), 2000), 0, 'above a high-pass');
  near(passes(highPass(rate, 200), 200), -3, 'at a high-pass');
  near(passes(highPass(rate, 2000), 200), -40, 'a decade below a high-pass');
  near(passes(lowPass(rate, 2000), 200), 0, 'below a low-pass');
  near(passes(lowPass(rate, 2000), 2000), -3, 'at a low-pass');
  near(passes(peaking(rate, 1000, 1, -6), 1000), -6, 'at a dip');
  near(passes(peaking(rate, 1000, 1, -6), 20), 0, 'far from a dip');
  near(passes(highShelf(rate, 1000, 4), 15_000), 4, 'on a high shelf');
  near(passes(highShelf(rate, 1000, 4), 50), 0, 'off a high shelf');
});

test('a sound in pieces comes out as the whole does, and what was given stays as it was', () => {
  const sound = tone(300, 1000);
  const whole = biquad(peaking(rate, 500, 1, 6))(sound);
  const filter = biquad(peaking(rate, 500, 1, 6));
  assert.deepEqual([...filter(sound.subarray(0, 333)), ...filter(sound.subarray(333))], [...whole]);
  assert.deepEqual(sound, tone(300, 1000));
});

test('a frequency that the rate cannot hold leaves a filter that stays calm', () => {
  const out = biquad(lowPass(8000, 12_000))(tone(1000));
  assert.ok(out.every((sample) => Math.abs(sample) < 1.5));
});
