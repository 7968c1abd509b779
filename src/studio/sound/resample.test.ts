import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { resample } from './resample.ts';

const tone = (rate: number, frequency: number, seconds = 0.2): Float32Array =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, index) => Math.sin((2 * Math.PI * frequency * index) / rate));

const middle = (samples: Float32Array): Float32Array => samples.subarray(samples.length >> 2, samples.length - (samples.length >> 2));
const level = (samples: Float32Array): number =>
  10 * Math.log10(middle(samples).reduce((sum, sample) => sum + sample ** 2, 1e-20) / middle(samples).length);

test('a tone is the same tone at another rate', () => {
  for (const [from, to] of [
    [16_000, 48_000],
    [22_050, 48_000],
    [44_100, 48_000],
    [48_000, 16_000],
  ] as const) {
    const [result, expected] = [resample(tone(from, 1000), from, to), tone(to, 1000)];
    assert.ok(Math.abs(result.length - expected.length) <= 1, `${from} to ${to}: ${result.length} samples`);
    const error = middle(result.map((sample, index) => sample - (expected[index] ?? 0)));
    assert.ok(
      error.every((difference) => Math.abs(difference) < 1e-4),
      `${from} to ${to}`,
    );
  }
});

test('nothing is left of what the lower rate cannot hold, and no image appears above at the higher one', () => {
  assert.ok(level(resample(tone(48_000, 9000), 48_000, 16_000)) < -80);
  const up = resample(tone(16_000, 6000), 16_000, 48_000);
  const image = up.map((sample, index) => sample * Math.sin((2 * Math.PI * 10_000 * index) / 48_000));
  const sum = middle(image).reduce((total, sample) => total + sample, 0) / middle(image).length;
  assert.ok(Math.abs(sum) < 1e-4);
});

test('the same rate and an empty sound are no special matter', () => {
  assert.deepEqual(resample(tone(8000, 100), 8000, 8000), tone(8000, 100));
  assert.equal(resample(new Float32Array(0), 16_000, 48_000).length, 0);
});
