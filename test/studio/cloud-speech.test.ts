/** In runs of a real engine, asking a real server. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { z } from 'zod';
import { image, ModelServer, speech, status } from '../../src/testing/model-server/index.ts';
import { speechSchema, type Speech } from '../../src/studio/film/speech.ts';
import { studioAgent, type StudioAgent } from '../../src/studio/studio-agent.ts';
import { openStudioWorkers } from '../../src/studio/workers/studio-workers.ts';
import { cloudSpeechAgent, type SpeechWish } from '../../src/studio/cloud/cloud-speech-agent.ts';
import { fallingOver, oneStep } from './one-step.ts';
import { recording, speechModelAt } from '../../src/studio/cloud/fixtures/rig.ts';
import type { Provider } from '../../src/studio/cloud/studio-config.ts';

const workers = openStudioWorkers({ workers: 1 });
after(() => workers.close());

const wish: SpeechWish = { text: 'Fold it. Now press.', voice: null, rate: 1 };
const spoken = recording([0.6, 0.3, 0.7]);

const offline = studioAgent<SpeechWish, Speech>({
  id: 'studio.speech',
  version: '1',
  description: 'Speaks.',
  capabilities: ['speech'],
  input: z.object({ text: z.string(), voice: z.string().nullable(), rate: z.number() }),
  output: speechSchema,
  run: async ({ voice }) => ({
    audio: null,
    seconds: 0,
    words: [],
    voice: voice ?? 'slt',
    note: null,
    provenance: { agent: 'studio.speech', version: '1', by: 'offline', inputs: [] },
  }),
});

function agentAt(url: string, provider: Provider = 'openai'): StudioAgent<SpeechWish, Speech> {
  return cloudSpeechAgent({
    offline,
    model: speechModelAt(url, provider, { instructions: 'Warmly.' }),
    workers,
    wordsOf: (text) => text.split(' '),
  });
}

suite('speech by a model', () => {
  const providers: readonly (readonly [Provider, string, string])[] = [
    ['openai', 'image-test', '/v1/audio/speech'],
    ['openai_compatible', 'image-test', '/v1/audio/speech'],
    ['google', 'gemini-test', '/v1beta/models/gemini-test:generateContent'],
  ];
  for (const [provider, model, path] of providers)
    test(`${provider}: the text is spoken, mastered, and its words have times`, async () => {
      await using server = await ModelServer.start();
      server.script(model, speech(spoken));
      const { output, money, blobs } = await oneStep(agentAt(server.url, provider), { ...wish, voice: `${provider}:Puck` });
      assert.equal(server.requests[0]?.path, path);
      const sent = JSON.stringify(server.requests[0]?.body);
      for (const part of ['Fold it. Now press.', 'Puck', 'Warmly.']) assert.ok(sent.includes(part), sent);
      assert.deepEqual([output?.voice, output?.provenance.by, output?.words.length], ['speaker:Puck', 'model', 4]);
      assert.ok(Math.abs((output?.words[2]?.start ?? 0) - 0.93) < 0.06, JSON.stringify(output?.words));
      assert.equal((await blobs.get(output?.audio?.blob ?? '')).length, 44 + 2 * Math.round(48_000 * (output?.seconds ?? 0)));
      assert.ok(Math.abs(money.spent - (0.5 * wish.text.length) / 1000) < 1e-9);
    });

  test('an attempt that is made again takes what was spoken', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', speech(spoken));
    const { output, attempts } = await oneStep(fallingOver(agentAt(server.url)), wish);
    assert.deepEqual([output?.provenance.by, attempts, server.count('image-test')], ['model', 2, 1]);
  });

  test('an empty answer is asked for again; what is no sound, and silence, are spoken here', async () => {
    await using server = await ModelServer.start();
    server.script('image-test', speech(new Uint8Array(0)), speech(new TextEncoder().encode('hello')), speech(recording([0, 1])));
    const { output, attempts, logs } = await oneStep(agentAt(server.url), { ...wish, voice: 'openai:Puck' });
    assert.deepEqual([output?.provenance.by, output?.voice, attempts], ['offline', 'slt', 2]);
    assert.match(logs.join(), /spoken on this machine: speaker gave nothing that can be heard/);
    server.verify();
  });

  test('voices of this machine, and texts without a word, are this machine’s', async () => {
    await using server = await ModelServer.start();
    const agent = agentAt(server.url);
    assert.equal((await oneStep(agent, { ...wish, voice: 'espeak-ng:en' })).output?.voice, 'espeak-ng:en');
    for (const text of ['', '🎉 …']) assert.equal((await oneStep(agent, { ...wish, text })).output?.provenance.by, 'offline');
    assert.equal(server.count('image-test'), 0);
  });

  test('a voice that the model has not is said with those that it has; what it refuses too', async () => {
    await using server = await ModelServer.start();
    const { error } = await oneStep(agentAt(server.url), { ...wish, voice: 'openai:bob' });
    assert.deepEqual([error?.code, /Kore, Puck/.test(error?.message ?? '')], ['VOICE_UNKNOWN', true]);
    server.script('image-test', status(404, 'no such model'));
    const refused = await oneStep(agentAt(server.url), wish);
    assert.deepEqual([refused.error?.code, refused.attempts], ['MEDIA_MODEL_FAILED', 1]);
  });

  test('a picture in place of a sound is none', async () => {
    await using server = await ModelServer.start();
    server.otherwise(image(Uint8Array.of(1, 2, 3)));
    assert.equal((await oneStep(agentAt(server.url, 'google'), wish)).output?.provenance.by, 'offline');
  });
});
