import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { biquad, highPass } from '../../sound/biquad.ts';
import { deEss } from './de-ess.ts';
import { excite } from './excite.ts';
import { activeLevel, levelled, speechLevel } from './level.ts';
import { master } from './master.ts';

const tone = { body: 1, presence: 3, highs: -2 };

/** Syllables of a hum and a hiss, as loud as asked for. */
function voice(gain: number, rate = 16_000): Float32Array {
  let state = 1;
  const noise = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x40000000 - 1;
  return Float32Array.from({ length: rate }, (_, at) => {
    const beat = (at / rate) * 4;
    const hum = Math.sin(at * ((2 * Math.PI * 180) / rate)) + 0.4 * Math.sin(at * ((2 * Math.PI * 900) / rate));
    return gain * (beat % 1 < 0.5 ? hum : beat % 1 < 0.7 ? 0.3 * noise() : 0);
  });
}

test('quiet and loud clips come out at the same level, and none is clipped', () => {
  for (const gain of [0.003, 0.1, 0.6]) {
    const mastered = master(voice(gain), 16_000, tone);
    assert.ok(Math.abs((activeLevel(mastered, 48_000) ?? 0) - speechLevel) < 0.2, `from ${gain}`);
    assert.ok(mastered.every((sample) => Math.abs(sample) < 0.9));
    assert.equal(mastered[0], 0);
    assert.ok(Math.abs(mastered.at(-1) ?? 1) < 1e-3);
  }
});

test('silence stays silent, and no sound is none', () => {
  assert.ok(master(new Float32Array(1600), 16_000, tone).every((sample) => Math.abs(sample) < 1e-6));
  assert.ok(master(new Float32Array(0), 16_000, tone).every((sample) => sample === 0));
  assert.equal(activeLevel(new Float32Array(100), 48_000), undefined);
});

test('a peak far above the rest is rounded off, not cut', () => {
  const sound = new Float32Array(48_000).map((_, at) => 0.05 * Math.sin(at / 20));
  sound[24_000] = 1;
  const peak = levelled(sound, 48_000)[24_000] ?? 0;
  assert.ok(peak > 0.7 && peak < 0.9);
});

test('a sharp hiss is made softer, and vowels pass as they are', () => {
  const hum = (frequency: number, gain: number): Float32Array =>
    Float32Array.from({ length: 9600 }, (_, at) => gain * Math.sin((2 * Math.PI * frequency * at) / 48_000));
  const quieter = (sound: Float32Array): number => (activeLevel(deEss(sound, 48_000), 48_000) ?? 0) - (activeLevel(sound, 48_000) ?? 0);
  assert.ok(quieter(hum(7000, 0.2)) < -5);
  assert.ok(Math.abs(quieter(hum(7000, 0.005))) < 0.1);
  assert.ok(Math.abs(quieter(hum(300, 0.3))) < 0.1);
});

test('air is added above the band of the voice where it hisses, and not where it hums', () => {
  const rate = 48_000;
  const above = (sound: Float32Array): number => {
    const high = Array.from({ length: 4 }, () => biquad(highPass(rate, 10_000))).reduce((passed, filter) => filter(passed), sound);
    return Math.sqrt(high.reduce((sum, sample) => sum + sample ** 2, 0) / sound.length);
  };
  const hum = (frequency: number): Float32Array =>
    Float32Array.from({ length: 9600 }, (_, at) => 0.3 * Math.sin((2 * Math.PI * frequency * at) / rate));
  assert.ok(above(excite(hum(6000), rate, 8000)) > 5 * above(hum(6000)));
  assert.ok(above(excite(hum(200), rate, 8000)) < 0.001);
});
