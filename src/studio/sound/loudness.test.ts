import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { findTools } from '../ffmpeg/find.ts';
import { runTool } from '../ffmpeg/run.ts';
import { limit } from './limiter.ts';
import { loudnessOf } from './loudness.ts';
import { truePeakOf } from './true-peak.ts';
import { writeWav } from './wav.ts';

const rate = 48_000;

const made = (seconds: number, wave: (second: number, index: number) => number): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, index) => wave(index / rate, index));

const sine =
  (frequency: number, level: number, phase = 0) =>
  (second: number): number =>
    level * Math.sin(2 * Math.PI * frequency * second + phase);

/** Without an edge, at which every meter would see another overshoot. */
const swelling =
  (wave: (second: number) => number) =>
  (second: number): number =>
    wave(second) * Math.sin((Math.PI * second) / 3) ** 2;

/** Even noise that is the same each time. */
function noise(level: number): () => number {
  let state = 1;
  return () => level * ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1);
}

async function byFfmpeg(channels: readonly Float32Array[]): Promise<{ readonly loudness: number; readonly truePeak: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'continuo-loudness-'));
  try {
    const file = join(folder, 'sound.wav');
    await writeFile(file, writeWav(channels, rate));
    const { ffmpeg } = await findTools();
    const words = ['-hide_banner', '-nostats', '-i', file, '-af', 'ebur128=peak=true', '-f', 'null', '-'];
    const { stderr } = await runTool(ffmpeg, words, { what: 'measuring' });
    const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
    return { loudness: Number(/I:\s+(\S+) LUFS/.exec(summary)?.[1]), truePeak: Number(/Peak:\s+(\S+) dBFS/.exec(summary)?.[1]) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** ffmpeg says tenths. */
const tenth = 0.051;

const material: Readonly<Record<string, readonly Float32Array[]>> = {
  'a tone on both sides': [made(4, sine(997, 0.1)), made(4, sine(997, 0.1))],
  'a tone on one side': [made(4, sine(200, 0.4)), made(4, () => 0)],
  'noise that differs': [made(5, noise(0.2)), made(5, sine(3000, 0.3))],
  'loud and quiet by turns': [made(8, (second) => (second % 4 < 1 ? 0.5 : 0.004) * Math.sin(second * 3000)), made(8, noise(0.01))],
  'peaks between the samples': [made(3, swelling(sine(rate / 4, 0.7, Math.PI / 4))), made(3, swelling(sine(rate / 6, 0.5, 0.9)))],
};

describe('loudness and true peaks are those that ffmpeg measures', () => {
  for (const [name, channels] of Object.entries(material))
    test(name, async () => {
      const { loudness, truePeak } = await byFfmpeg(channels);
      assert.ok(Math.abs(loudnessOf(channels, rate) - loudness) <= 0.05 + tenth, `${loudnessOf(channels, rate)} for ${loudness}`);
      assert.ok(Math.abs(truePeakOf(channels) - truePeak) <= 0.15 + tenth, `${truePeakOf(channels)} for ${truePeak}`);
    });

  test('a single channel is measured as ffmpeg measures it', async () => {
    const voice = [made(3, sine(440, 0.2))];
    const { loudness } = await byFfmpeg(voice);
    assert.ok(Math.abs(loudnessOf(voice, rate) - loudness) <= 0.05 + tenth);
  });

  test('silence, nothing, and less than a moment have no loudness', () => {
    for (const channels of [[made(2, () => 0)], [new Float32Array(0)], [], [made(0.2, sine(440, 0.5))]])
      assert.equal(loudnessOf(channels, rate), -Infinity);
    assert.equal(truePeakOf([made(0.1, () => 0)]), -Infinity);
  });

  test('another rate gives the same loudness', () => {
    const at44 = Float32Array.from({ length: 44_100 * 3 }, (_, index) => 0.1 * Math.sin((2 * Math.PI * 997 * index) / 44_100));
    assert.ok(Math.abs(loudnessOf([at44], 44_100) - loudnessOf([made(3, sine(997, 0.1))], rate)) < 0.02);
  });
});

describe('the limiter', () => {
  const ceiling = -1.5;
  const top = 10 ** (ceiling / 20);

  test('leaves alone what is below the ceiling', () => {
    const quiet = made(0.5, sine(500, top * 0.99));
    const before = quiet.slice();
    limit([quiet], { rate, ceiling });
    assert.deepEqual(quiet, before);
  });

  test('keeps every peak below it, also between samples, at the very begin and end', () => {
    for (const wave of [sine(rate / 4, 1.3, Math.PI / 4), sine(50, 2), noise(1.5), (second: number) => (second % 0.1 < 0.0001 ? 3 : 0.1)]) {
      const loud = made(0.5, wave);
      limit([loud], { rate, ceiling });
      assert.ok(truePeakOf([loud]) <= ceiling + 0.05, `${truePeakOf([loud])}`);
      assert.ok(truePeakOf([loud]) > ceiling - 1);
    }
  });

  test('both sides give way together, before the peak, and come back', () => {
    const left = made(1, (second) => (Math.abs(second - 0.5) < 0.0005 ? 1.6 : 0.2));
    const right = made(1, () => 0.2);
    limit([left, right], { rate, ceiling });
    const at = (second: number): number => right[Math.round(second * rate)] ?? 0;
    assert.ok(at(0.5) < 0.12);
    assert.ok(Math.abs(at(0.49) - 0.2) < 1e-6 && Math.abs(at(0.95) - 0.2) < 0.003);
    const steepest = right.reduce((most, value, index) => Math.max(most, Math.abs(value - (right[index - 1] ?? value))), 0);
    assert.ok(steepest < 0.002, 'without a step');
  });
});
