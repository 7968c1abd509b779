import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assetFile } from '../asset-file.ts';
import { readCoverage } from './font-coverage.ts';
import { fontWith } from './fixtures/font-with.ts';

const folder = mkdtempSync(join(tmpdir(), 'coverage-'));
after(() => rmSync(folder, { recursive: true }));

function coverageOf(bytes: Buffer): ReturnType<typeof readCoverage> {
  const file = join(folder, 'font.ttf');
  writeFileSync(file, bytes);
  return readCoverage(file);
}

const has = (coverage: ReturnType<typeof readCoverage>, text: string): string =>
  Array.from(text, (letter) => (coverage?.has(letter.codePointAt(0) ?? 0) === true ? letter : '')).join('');

test('the three weights of ours have the letters of Latin scripts, and not of others', () => {
  for (const name of ['500Medium', '700Bold', '800ExtraBold']) {
    const coverage = readCoverage(assetFile(`fonts/Poppins_${name}.ttf`));
    const latin = 'AZaz09 ßéŁőęşĞİñ€½…–“”';
    assert.equal(has(coverage, latin), latin, name);
    assert.equal(has(coverage, '中ЖΩع😀→'), '', name);
  }
});

test('characters beyond the first 65,536 are found, and the gaps between groups', () => {
  assert.equal(has(coverageOf(fontWith('AC中𠀀')), 'ABC中丮𠀀𠀁'), 'AC中𠀀');
});

test('of a collection the first font counts', () => {
  assert.equal(has(coverageOf(fontWith('字', { collection: true })), '字母'), '字');
});

test('what is no font has no coverage', () => {
  assert.equal(coverageOf(Buffer.from('not a font at all')), undefined);
  assert.equal(coverageOf(Buffer.alloc(0)), undefined);
  assert.equal(coverageOf(fontWith('abc').subarray(0, 40)), undefined);
  assert.equal(readCoverage(join(folder, 'missing.ttf')), undefined);
  assert.equal(readCoverage(folder), undefined);
});
