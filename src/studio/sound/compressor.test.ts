import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { compress, gains, reduction, type Compression } from './compressor.ts';

const settings: Compression = { rate: 48_000, threshold: -20, ratio: 4, knee: 6, attack: 0.005, release: 0.1 };

test('far above the threshold the ratio holds, far below nothing happens, and between there is no step', () => {
  assert.equal(reduction(-40, settings), 0);
  assert.equal(reduction(-8, settings), -9);
  for (let level = -30; level < -10; level += 0.1) {
    const step = reduction(level + 0.1, settings) - reduction(level, settings);
    assert.ok(step <= 0 && step > -0.08, `a step of ${step} dB at ${level}`);
  }
});

test('a loud place is made quieter within the attack, and the sound comes back after it', () => {
  const sound = new Float32Array(48_000).fill(0.01);
  sound.fill(0.5, 12_000, 24_000);
  const gain = gains(sound, settings);
  assert.equal(gain[11_999], 1);
  const [loud = 1, later = 0] = [gain[23_999], gain[47_999]];
  assert.ok(Math.abs(20 * Math.log10(loud) - reduction(20 * Math.log10(0.5), settings)) < 0.1);
  assert.ok(later > 0.99);
});

test('both channels are turned down alike', () => {
  const [left = [], right = []] = compress([new Float32Array(4800).fill(0.8), new Float32Array(4800).fill(0.1)], settings);
  assert.ok((left[4000] ?? 1) < 0.4);
  assert.ok(Math.abs((left[4000] ?? 0) / (right[4000] ?? 1) - 8) < 1e-3);
  assert.deepEqual(compress([], settings), []);
});
