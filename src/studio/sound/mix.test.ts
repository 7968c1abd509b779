import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { duckedGains } from './ducking.ts';
import { loudnessOf } from './loudness.ts';
import { mastered } from './master.ts';
import { mixed } from './mix.ts';
import { truePeakOf } from './true-peak.ts';

const rate = 48_000;

const made = (seconds: number, wave: (second: number) => number): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, index) => wave(index / rate));

const tone = (seconds: number, frequency: number, level: number): Float32Array =>
  made(seconds, (second) => level * Math.sin(2 * Math.PI * frequency * second));

const decibels = (gain: number): number => 20 * Math.log10(gain);

describe('ducking', () => {
  const voice = made(6, (second) => ((second > 2 && second < 3) || (second > 3.25 && second < 4) ? 0.2 * Math.sin(second * 1500) : 0));
  const gains = duckedGains(voice, { rate, depth: 7 });
  const at = (second: number): number => decibels(gains[Math.round(second * rate)] ?? 0);

  test('the music is down when the word begins, and not much sooner', () => {
    assert.equal(at(1.8), 0);
    assert.ok(at(2) < -6.3, `${at(2)}`);
  });

  test('it stays down over a short pause, and rises again where nobody speaks', () => {
    assert.ok(at(3.15) < -6.5);
    assert.ok(at(4.3) < -6 && at(5) > -2.5 && at(5.9) > -0.6);
  });

  test('it moves without a step', () => {
    const steepest = gains.reduce((most, gain, index) => Math.max(most, Math.abs(gain - (gains[index - 1] ?? gain))), 0);
    assert.ok(steepest < 0.0003);
  });
});

describe('the mix', () => {
  const speech = tone(2, 800, 0.2);
  const music = [tone(8, 200, 0.05), tone(8, 200, 0.05)];

  test('a voice lies at its sample, alike on both sides', () => {
    const { left, right, leads } = mixed({ rate, length: 4 * rate, voices: [{ samples: speech, at: 1.25 }], music: null });
    assert.equal(leads, 'voice');
    assert.deepEqual(left, right);
    assert.equal(
      left.findIndex((sample) => sample !== 0),
      1.25 * rate + 1,
    );
    assert.deepEqual(left.subarray(2 * rate, 3 * rate), speech.subarray(0.75 * rate, 1.75 * rate));
  });

  test('music is twelve LU below the voice while it speaks, and seven dB louder where it does not', () => {
    const whole = mixed({ rate, length: 8 * rate, voices: [{ samples: speech, at: 3 }], music });
    const alone = mixed({ rate, length: 8 * rate, voices: [{ samples: speech, at: 3 }], music: null });
    const rest = whole.left.map((sample, index) => sample - (alone.left[index] ?? 0));
    const part = (samples: Float32Array, from: number, to: number): number => {
      const piece = samples.subarray(from * rate, to * rate);
      return loudnessOf([piece, piece], rate);
    };
    const spoken = part(alone.left, 3.2, 4.8);
    assert.ok(Math.abs(part(rest, 3.2, 4.8) - spoken + 12) < 0.8, `${part(rest, 3.2, 4.8)} under ${spoken}`);
    assert.ok(Math.abs(part(rest, 1, 2.5) - spoken + 5) < 0.8);
  });

  test('music that is too long is cut with a fade, and a voice that is too long without a click', () => {
    const { left } = mixed({ rate, length: 4 * rate, voices: [{ samples: speech, at: 3 }], music });
    assert.equal(left.length, 4 * rate);
    assert.ok(Math.abs(left.at(-1) ?? 1) < 0.001);
  });

  test('nothing to hear is silence', () => {
    const silent = {
      rate,
      length: rate,
      voices: [{ samples: new Float32Array(rate), at: 0 }],
      music: [new Float32Array(9), new Float32Array(9)],
    };
    const { left, leads } = mixed(silent);
    assert.equal(leads, 'nobody');
    assert.ok(left.every((sample) => sample === 0));
    assert.equal(mixed({ rate, length: rate, voices: [], music }).leads, 'music');
  });
});

describe('the master', () => {
  test('is as loud as it was asked for, whatever it is made of, and keeps below the ceiling', () => {
    for (const level of [0.002, 0.1, 0.9]) {
      const uneven = made(5, (second) => level * Math.sin(second * 2000) * (second % 1 < 0.02 ? 1 : 0.3));
      const sides = mastered([uneven, uneven.slice()], { rate, loudness: -14, ceiling: -1.5 });
      assert.ok(Math.abs(loudnessOf(sides, rate) + 14) < 0.3);
      assert.ok(truePeakOf(sides) < -1.45);
    }
  });

  test('leaves silence silent', () => {
    const [side] = mastered([new Float32Array(rate)], { rate, loudness: -14, ceiling: -1.5 });
    assert.ok(side?.every((sample) => sample === 0));
  });
});
