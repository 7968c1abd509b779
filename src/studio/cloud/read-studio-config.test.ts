import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import { noStudioConfig, readStudioConfig } from './read-studio-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'continuo-studio-config-'));
after(() => rmSync(folder, { recursive: true }));

function problemsOf(texts: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  try {
    readStudioConfig(Object.keys(texts), folder);
  } catch (error) {
    assert.ok(error instanceof ContinuoError && error.code === 'STUDIO_CONFIG_INVALID', String(error));
    return error.message;
  }
  return 'none';
}

const image = '[image_models.a]\nprovider = "openai"\nmodel = "m"\nprice = 0.04\n';
const speech = '[speech_models.s]\nprovider = "google"\nmodel = "m"\nprice_per_1000_characters = 0.01\nvoice = "Kore"\n';

suite('the configuration of the studio', () => {
  test('the one that comes along can be read, asks nobody unless it is wanted, and has a price for everything', () => {
    const config = readStudioConfig(['config/studio.toml'], join(import.meta.dirname, '../../..'));
    assert.deepEqual([config.pictures.use, config.speech.use], ['offline', 'offline']);
    assert.deepEqual(config.imageModels['openai_image']?.keys, ['OPENAI_API_KEY']);
    for (const { price } of Object.values(config.imageModels)) assert.ok(price > 0);
    for (const { pricePer1000 } of Object.values(config.speechModels)) assert.ok(pricePer1000 > 0);
  });

  test('models may stand in a file, and who uses them in another; nothing at all is offline', () => {
    assert.equal(problemsOf({ 'a.toml': image + speech, 'b.toml': '[pictures]\nuse = "auto"\nmodels = ["a"]' }), 'none');
    const config = readStudioConfig(['?.toml'], folder);
    assert.deepEqual(config.pictures, { use: 'auto', models: ['a'], style: undefined });
    assert.deepEqual(config.speechModels['s']?.keys, ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_AI_STUDIO_API_KEY']);
    assert.equal(problemsOf({ 'a.toml': '', 'b.toml': '' }), 'none');
    assert.deepEqual(readStudioConfig(['a.toml'], folder), noStudioConfig);
  });

  test('everything that is wrong is told at once, with its file and key', () => {
    const told = problemsOf({
      'a.toml':
        '[pictures]\nuse = "atuo"\nmodles = []\n[speech]\nuse = "auto"\n[video]\n' +
        '[image_models.a]\nprovider = "opanai"\nmodel = ""\nprice = "4 cents"\nsizes = { "4:5" = "1x1" }\n' +
        '[image_models.b]\nprovider = "openai_compatible"\nmodel = "m"\nprice = -1\napi_base = "example.org"\n',
      'b.toml': `${image}[speech_models.s]\nprovider = "openai_compatible"\nmodel = "m"\nprice_per_1000_characters = 0\nvoice = "bob"\nvoices = ["rob"]\n`,
    });
    for (const line of [
      'a.toml: video: there is no section "video". Use one of',
      'a.toml: pictures.use: there is no "atuo" for it. Did you mean "auto"?',
      'a.toml: pictures.modles: there is no such key. Did you mean "models"?',
      'a.toml: image_models.a.provider: there is no "opanai" for it. Did you mean "openai"?',
      'a.toml: image_models.a.model: it is empty. ',
      'a.toml: image_models.a.price: it is a string, and not a number. Give a number.',
      'a.toml: image_models.a.sizes.4:5: there is no such key. Use one of "9:16", "16:9", "1:1".',
      'a.toml: speech.models: use = "auto" has no model to choose from. ',
      'a.toml: image_models.b.price: it is no price. Give dollars',
      'a.toml: image_models.b.api_base: it is not an address. ',
      'b.toml: image_models.a: it stands in a.toml already. Keep one of the two.',
    ])
      assert.ok(told.includes(`\n  ${line}`), `${line}\n\nis not in\n\n${told}`);
  });

  test('what tables say of each other is checked', () => {
    const told = problemsOf({
      'a.toml': `[pictures]\nmodels = ["b"]\n[speech]\nuse = "auto"\n${image}`,
      'b.toml':
        '[speech_models.s]\nprovider = "openai_compatible"\nmodel = "m"\nprice_per_1000_characters = 0\nvoice = "bob"\nvoices = ["rob"]\n',
    });
    for (const line of [
      'a.toml: pictures.models[0]: there is no [image_models.b]. ',
      'a.toml: speech.models: use = "auto" has no model to choose from. ',
      'b.toml: speech_models.s.api_base: it is missing, and a provider of this kind may be anywhere. ',
      'b.toml: speech_models.s.voice: "bob" is not among its voices. Did you mean "rob"?',
    ])
      assert.ok(told.includes(`\n  ${line}`), `${line}\n\nis not in\n\n${told}`);
  });

  test('a key in the place of its name is refused and not repeated', () => {
    for (const wrong of [
      'key = "sk-proj-abcdef0123456789"',
      'key = ["sk-proj-abcdef0123456789"]',
      'key = 7',
      'price = "sk-proj-abcdef0123456789"',
    ]) {
      const told = problemsOf({ 'a.toml': `[image_models.a]\nprovider = "openai"\nmodel = "m"\n${wrong}\n`, 'b.toml': '' });
      assert.match(told, /image_models\.a\.(key|price)/);
      assert.doesNotMatch(told, /abcdef/);
    }
    assert.doesNotMatch(problemsOf({ 'a.toml': 'key = sk-proj-abcdef0123456789', 'b.toml': '' }), /abcdef/);
  });

  test('a file that is not there, and one that is a folder', () => {
    assert.throws(() => readStudioConfig(['none.toml'], folder), /none\.toml: no file matches, looking from/);
    assert.throws(() => readStudioConfig([folder], folder), /it cannot be read: EISDIR/);
  });
});
