import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { cloudVoice } from './cloud-voice.ts';
import { noStudioConfig, readStudioConfig } from './read-studio-config.ts';
import type { StudioConfig } from './studio-config.ts';
import { studioModels } from './studio-models.ts';

const config = readStudioConfig(['config/studio.toml'], join(import.meta.dirname, '../../..'));
const automatic: StudioConfig = { ...config, pictures: { ...config.pictures, use: 'auto' }, speech: { ...config.speech, use: 'auto' } };
const openai = { OPENAI_API_KEY: 'sk-one' };
const google = { GEMINI_API_KEY: 'g-two' };

const namesOf = (options: Parameters<typeof studioModels>[0]): readonly (string | undefined)[] => {
  const { pictures, speech } = studioModels(options);
  return [pictures?.name, speech?.name];
};

suite('which models a film uses', () => {
  test('a key that happens to be there costs nothing', () => {
    const { pictures, speech, notes, costAtMost } = studioModels({ config, env: { ...openai, ...google } });
    assert.deepEqual([pictures, speech, notes], [undefined, undefined, []]);
    assert.equal(costAtMost({ pictures: 10, characters: 5000 }), 0);
  });

  test('auto takes the first whose key is there, and else nobody', () => {
    assert.deepEqual(namesOf({ config: automatic, env: { ...openai, ...google } }), ['openai_image', 'openai_speech']);
    assert.deepEqual(namesOf({ config: automatic, env: { OPENAI_API_KEY: ' ', ...google } }), ['google_image', 'google_speech']);
    assert.deepEqual(namesOf({ config, env: google, pictures: 'auto' }), ['google_image', undefined]);
    const none = studioModels({ config: automatic, env: {} });
    assert.deepEqual([none.pictures, none.speech], [undefined, undefined]);
    assert.match(none.notes[0] ?? '', /no image model has a key here \(openai_image, google_image\): set OPENAI_API_KEY, or set GOOGLE/);
  });

  test('what is asked for by name is there, or an error that says what to do', () => {
    assert.deepEqual(namesOf({ config, env: google, pictures: 'google_image', voice: 'google:Puck' }), ['google_image', 'google_speech']);
    const ask =
      (pictures: string, env = {}): (() => unknown) =>
      () =>
        studioModels({ config, env, pictures });
    assert.throws(ask('openai_image'), { code: 'KEY_MISSING', message: /--pictures openai_image: .*set OPENAI_API_KEY/ });
    assert.throws(ask('cloud'), { code: 'KEY_MISSING' });
    assert.throws(ask('opnai_image', openai), { code: 'MODEL_UNKNOWN', message: /Did you mean "openai_image"/ });
    assert.throws(() => studioModels({ config: noStudioConfig, env: openai, pictures: 'cloud' }), /names no image model to choose from/);
  });

  test('the command line can switch off what the configuration switches on; a voice of this machine stays here', () => {
    const env = { ...openai, ...google };
    assert.deepEqual(namesOf({ config: automatic, env, pictures: 'offline', voice: 'slt' }), [undefined, undefined]);
    assert.deepEqual(namesOf({ config: automatic, env, voice: 'espeak-ng:en-gb' }), ['openai_image', undefined]);
  });

  test('what it costs at most is known before', () => {
    const { costAtMost } = studioModels({ config: automatic, env: openai });
    assert.ok(Math.abs(costAtMost({ pictures: 8, characters: 2000 }) - (8 * 0.03 + 2 * 0.03)) < 1e-9);
  });

  test('another model has another fingerprint; another price or key has not', () => {
    const of = (change: object): string | undefined => {
      const model = automatic.imageModels['openai_image'];
      assert.ok(model !== undefined);
      const changed = { ...automatic, imageModels: { ...automatic.imageModels, openai_image: { ...model, ...change } } };
      return studioModels({ config: changed, env: { ...openai, OTHER: 'sk-three' } }).pictures?.fingerprint;
    };
    assert.equal(of({ price: 1, keys: ['OTHER'] }), of({}));
    assert.notEqual(of({ model: 'another' }), of({}));
    assert.notEqual(of({ options: { quality: 'high' } }), of({}));
  });
});

suite('voices of models outside', () => {
  const speaker = { name: 'speaker', config: { provider: 'openai', voice: 'coral', voices: ['coral', 'alloy'] } } as const;

  test('by provider, by model, or the usual one', () => {
    for (const usual of [null, 'cloud', 'auto', 'speaker', 'openai']) assert.equal(cloudVoice(speaker, usual), 'coral');
    for (const named of ['openai:alloy', 'speaker:alloy']) assert.equal(cloudVoice(speaker, named), 'alloy');
  });

  test('others are of this machine', () => {
    for (const other of ['slt', 'espeak-ng:en-gb', 'google:Kore', '', ':alloy']) assert.equal(cloudVoice(speaker, other), undefined);
  });

  test('one that it has not is told with those that it has; any is tried where none is listed', () => {
    assert.throws(() => cloudVoice(speaker, 'openai:bob'), { code: 'VOICE_UNKNOWN', message: /no voice "bob": it has coral, alloy/ });
    assert.equal(cloudVoice({ ...speaker, config: { ...speaker.config, voices: [] } }, 'openai:bob'), 'bob');
  });
});
