import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { errorsPage } from '../../scripts/errors-page.ts';
import { catalogue } from '../../src/core/errors.ts';

const REWRITE = 'run: node scripts/errors-page.ts';

/** The sections of a page: what stands under each `### CODE`, without the white space around it. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const [, ...sections] = page.split(/^### /m);
  return new Map(sections.map((section) => [section.split('\n', 1)[0]?.trim() ?? '', section.slice(section.indexOf('\n')).trim()]));
}

suite('docs/errors.md', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8').replaceAll('\r\n', '\n');
  const page = sectionsOf(text);
  const codes = Object.entries(catalogue);

  test('there is something to check', () => {
    assert.ok(codes.length >= 5, `the catalogue has ${codes.length} codes`);
    assert.equal(text.match(/^### /gm)?.length, page.size, 'a code has two headings on the page');
  });

  for (const [code, { meaning, mend }] of codes) {
    test(`documents ${code}`, () => {
      assert.match(code, /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/);
      assert.ok(meaning.trim() !== '' && mend.trim() !== '', `${code} has no meaning or no mend`);
      assert.ok(page.has(code), `the page does not document ${code}; ${REWRITE}`);
      assert.equal(page.get(code), `${meaning}\n\n**Mend:** ${mend}`, `the page says something else of ${code}; ${REWRITE}`);
    });
  }

  test('documents no code that does not exist', () => {
    const strangers = [...page.keys()].filter((code) => !Object.hasOwn(catalogue, code));
    assert.deepEqual(strangers, [], `the page documents codes that the catalogue lacks; ${REWRITE}`);
  });

  test('is what the script writes', () => assert.equal(text, errorsPage(catalogue), REWRITE));
});
