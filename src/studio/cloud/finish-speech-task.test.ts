import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readWav } from '../sound/wav.ts';
import { recording } from './fixtures/rig.ts';
import { perform, type FinishedSpeech } from './finish-speech-task.ts';

const context = { signal: new AbortController().signal, progress: () => undefined };
const finish = (audio: Uint8Array, words = ['Fold', 'it.', 'Now.'], rate = 1): Promise<FinishedSpeech> =>
  perform({ audio, words, rate }, context);

function levelOf(samples: Float32Array): number {
  const loud = samples.filter((sample) => Math.abs(sample) > 1e-3);
  return 10 * Math.log10(loud.reduce((sum, sample) => sum + sample ** 2, 0) / loud.length);
}

suite('what a model spoke', () => {
  test('comes without silence around it, at 48 kHz, as loud as all clips, with the times of its words', async () => {
    const quiet = recording([0, 0.7, 0.6, 0.4, 0.5, 1.2]);
    const { wav, seconds, words } = await finish(quiet);
    const { rate, channels } = readWav(wav);
    assert.deepEqual([rate, channels.length], [48_000, 1]);
    assert.ok(Math.abs(seconds - 1.56) < 0.06, String(seconds));
    assert.ok(Math.abs(levelOf(channels[0] ?? new Float32Array(0)) + 20) < 1.5);
    assert.deepEqual(
      words.map(({ text }) => text),
      ['Fold', 'it.', 'Now.'],
    );
    assert.ok(Math.abs((words[2]?.start ?? 0) - 1.03) < 0.06, String(words[2]?.start));
  });

  test('faster is shorter', async () => {
    const audio = recording([1, 0.3, 1]);
    const [usual, fast] = [await finish(audio), await finish(audio, ['Fold', 'it.'], 1.5)];
    assert.ok(Math.abs(fast.seconds - usual.seconds / 1.5) < 0.1, `${usual.seconds} and ${fast.seconds}`);
  });

  test('the same gives the same', async () => assert.deepEqual(await finish(recording([0.5])), await finish(recording([0.5]))));

  test('silence, and what is no sound, say so', async () => {
    await assert.rejects(finish(recording([0, 1])), { code: 'MEDIA_UNREADABLE', message: 'nobody speaks in it' });
    await assert.rejects(finish(new TextEncoder().encode('{"error":"none"}')), { code: 'MEDIA_UNREADABLE' });
    await assert.rejects(finish(new Uint8Array(0)), { code: 'MEDIA_UNREADABLE' });
  });
});
