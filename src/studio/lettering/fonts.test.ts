import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import { fontFilesIn, fontFolders, fontsFingerprint } from './font-files.ts';
import { fontWith } from './fixtures/font-with.ts';
import { familiesFor, lettered, mustBeDrawable, undrawable } from './fonts.ts';

const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'Some-Bold.ttf'), fontWith('折り紙'));
writeFileSync(join(folder, 'Broken.ttf'), 'no font');
writeFileSync(join(folder, 'Pictures-Emoji.ttf'), fontWith('😀'));

test('the letters that no font has are named once each; emoji and symbols are none', () => {
  assert.equal(undrawable('折り紙 for 折り', []), '折り紙');
  assert.equal(undrawable('Paper 😀👨‍👩‍👧 ✓ → plane, 3 × 4 = ½ “ok”… é', []), '');
  assert.equal(undrawable('', []), '');
});

test('a font of the folder lends its letters', () => {
  assert.equal(undrawable('折り紙飛行機', [folder]), '飛行機');
  assert.deepEqual(
    fontFilesIn([folder]).map(({ path }) => path),
    [join(folder, 'Some-Bold.ttf')],
  );
});

test('the folder that the environment names comes before the system', () => {
  assert.equal(fontFolders({ CONTINUO_FONTS: folder })[0], folder);
  assert.ok(!fontFolders({}).includes(folder));
});

test('another font in that folder is told from the one before', () => {
  const own = mkdtempSync(join(folder, 'own-'));
  assert.equal(fontsFingerprint({}), '');
  const empty = fontsFingerprint({ CONTINUO_FONTS: own });
  writeFileSync(join(own, 'One.ttf'), fontWith('折'));
  const one = fontsFingerprint({ CONTINUO_FONTS: own });
  assert.notEqual(one, empty);
  assert.equal(fontsFingerprint({ CONTINUO_FONTS: own }), one);
  rmSync(own, { recursive: true });
});

test('letters that cannot be drawn are refused with what to do', () => {
  mustBeDrawable(['Fold', 'ça va?', '😀'], []);
  assert.throws(
    () => mustBeDrawable(['Fold', '折り紙'], [join(folder, 'none')]),
    (error) => error instanceof ContinuoError && error.code === 'TEXT_UNDRAWABLE' && /折り紙.*CONTINUO_FONTS/s.test(error.message),
  );
});

test('a long text is not repeated whole in the refusal', () => {
  assert.throws(
    () => mustBeDrawable(['中文'.repeat(5000)], []),
    (error) => error instanceof ContinuoError && error.message.length < 500,
  );
});

test('symbols that no font has are left out of the text', () => {
  assert.equal(lettered('yes ✓ → no', []), 'yes no');
  assert.equal(lettered('2 + 2 = 4', []), '2 + 2 = 4');
});

test('Latin texts are set in ours alone, at every weight', () => {
  const families = familiesFor(['How to fold'], [folder]);
  assert.equal(families(800), '"continuo-poppins-800"');
  assert.equal(families(500), '"continuo-poppins-500"');
});

test('other letters come from the font that has them, Latin ones beside them from ours', () => {
  assert.match(familiesFor(['A4 折り紙'], [folder])(700), /^"continuo-poppins-700", "continuo-\w+"$/);
});
