import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { circles, coreFiles, importBreaches, tokenBreaches } from './layers.ts';
import { codeOf, importsOf } from './source-text.ts';

const root = join(import.meta.dirname, '../..');
const paths = globSync(['src/**/*.ts', 'src/**/*.tsx', 'systems/**/*.ts', 'examples/**/*.ts'], {
  cwd: root,
  exclude: ['**/node_modules/**'],
});
const files = new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]));

const none = (breaches: readonly string[]): void => {
  if (breaches.length > 0) assert.fail(`\n\n${breaches.join('\n')}\n`);
};
const planted = (path: string, text: string): ReadonlyMap<string, string> => new Map([[path, text]]);

suite('layering of the source', () => {
  test('there is something to check', () => {
    assert.ok(coreFiles(files).length >= 5, `src/core has ${coreFiles(files).length} files that are not tests`);
    const imports = [...files.values()].flatMap((text) => importsOf(text));
    assert.ok(imports.length >= 5, `${imports.length} imports were found in ${files.size} files`);
  });

  test('each folder imports only what the table allows', () => none(importBreaches(files)));
  test('files do not import each other in circles', () => none(circles(files)));
  test('the core names no clock, no randomness and nothing asynchronous', () => none(tokenBreaches(files)));

  test('relative imports name a file that exists', () => {
    const lost = [...files].flatMap(([path, text]) =>
      importsOf(text)
        .filter(({ specifier }) => specifier.startsWith('.') && !existsSync(join(root, path, '..', specifier)))
        .map(({ specifier, line }) => `${path}:${line} imports "${specifier}", which does not exist`),
    );
    none(lost);
  });
});

suite('the layering check finds what is planted', () => {
  const forbidden: readonly (readonly [string, string])[] = [
    ['src/core/a.ts', "import { x } from '../ports/x.ts';"],
    ['src/core/a.ts', "import { x } from 'zod';"],
    ['src/core/a.ts', "import type { x } from 'node:fs';"],
    ['src/core/a.ts', 'export const x = () => import(name);'],
    ['src/core/a.test.ts', "import { x } from '../engine/x.ts';"],
    ['src/ports/a.ts', "export * from '../engine/x.ts';"],
    ['src/engine/a.ts', "import {\n  a,\n  type B,\n} from '../backends/memory/x.ts';"],
    ['src/engine/deep/a.ts', "import '../../compose.ts';"],
    ['src/backends/memory/a.ts', "import type { x } from '../sqlite/x.ts';"],
    ['src/backends/memory/a.ts', "const x = await import('../../engine/x.ts');"],
    ['src/backends/common.ts', "import type { x } from '../core/x.ts';"],
    ['src/agents/a.ts', "import { x } from '../gateway/x.ts';"],
    ['src/mcp/client/a.ts', "import { x } from '../server/x.ts';"],
    ['src/client/a.ts', "import { x } from '../server/x.ts';"],
    ['src/cli/a.ts', "import { x } from '../backends/memory/x.ts';"],
    ['src/cli/a.ts', "import { x } from '../core/plan/x.ts';"],
    ['src/testing/a.ts', "export { x } from '../backends/memory/x.ts';"],
    ['src/server/a.ts', "import { x } from 'continuo';"],
    ['src/engine/a.ts', "import { x } from './b.test.ts';"],
    ['src/cli/a.ts', "import p from '../../package.json' with { type: 'json' };"],
    ['src/elsewhere/a.ts', ''],
    ['systems/movie/a.ts', "import { x } from '../../src/engine/x.ts';"],
    ['systems/movie/a.ts', "import { x } from '../shorts/x.ts';"],
  ];
  for (const [path, text] of forbidden) {
    test(`${path}: ${text.replaceAll('\n', ' ') || '(no row)'}`, () => assert.equal(importBreaches(planted(path, text)).length, 1));
  }

  const allowed: readonly (readonly [string, string])[] = [
    ['src/core/a.ts', "import { x } from './plan/x.ts';"],
    ['src/engine/a.ts', "import { x } from '../core/x.ts';\nimport fs from 'node:fs';"],
    ['src/backends/sqlite/a.ts', "import { x } from './x.ts';\nimport type { y } from '../../ports/y.ts';"],
    ['src/backends/sqlite/a.test.ts', "import { x } from '../../engine/x.ts';"],
    ['src/client/a.ts', "import type { x } from '../server/x.ts';"],
    ['src/cli/commands/a.ts', "import type { x } from '../../core/x.ts';\nimport { y } from '../../core/errors.ts';"],
    ['src/compose.ts', "import { x } from './backends/sqlite/x.ts';"],
    ['systems/movie/a.ts', "import { x } from 'continuo';\nimport { y } from './y.ts';"],
    ['src/core/a.ts', "// import { x } from 'zod';\nexport const text = `import { x } from 'zod'`;"],
  ];
  for (const [path, text] of allowed) {
    test(`and lets pass ${path}: ${text.replaceAll('\n', ' ')}`, () => none(importBreaches(planted(path, text))));
  }

  test('a circle, but not one of types', () => {
    const pair = (a: string): ReadonlyMap<string, string> =>
      new Map([
        ['src/core/a.ts', a],
        ['src/core/b.ts', "export { a } from './a.ts';"],
      ]);
    assert.deepEqual(circles(pair("import { b } from './b.ts';")), ['src/core/a.ts -> src/core/b.ts -> src/core/a.ts']);
    assert.deepEqual(circles(pair("import type { b } from './b.ts';")), []);
  });

  for (const text of [
    'Date.now()',
    'Math.random()',
    "Math['random']",
    'let p: Promise<void>;',
    'async () => {}',
    '`${new Date()}`',
    'const a = [1, Date];',
    'f({ at: Date })',
  ]) {
    test(`the token in ${text}`, () => assert.equal(tokenBreaches(planted('src/core/a.ts', text)).length, 1));
  }
  for (const text of [
    '// Date',
    '/* Promise */',
    "'Math.random'",
    '/Date/',
    '`async ${x} Date`',
    'updatedDate',
    '{ Date: 1, Promise: 2 }',
    "'it\\'s' // a Date",
  ]) {
    test(`but none in ${text}`, () => none(tokenBreaches(planted('src/core/a.ts', text))));
  }
});

suite('reading a source', () => {
  test('blanks what is not code and keeps every index', () => {
    const source = "const a = 4 / 2; // it's\nconst b = /[/'\"]\\//.test(`x ${'y'} {` + '}');";
    const code = codeOf(source);
    assert.equal(code.length, source.length);
    assert.equal(code.replaceAll(/ +/g, ' '), "const a = 4 / 2; \nconst b = / /.test(` ${' '} ` + ' ');");
  });

  test('sees which imports are for types alone', () => {
    const source =
      "import type { A } from './a.ts';\nimport { type B } from './b.ts';\nimport type from './c.ts';\nexport type { D } from './d.ts';";
    assert.deepEqual(
      importsOf(source).map((found) => [found.specifier, found.typeOnly]),
      [
        ['./a.ts', true],
        ['./b.ts', false],
        ['./c.ts', false],
        ['./d.ts', true],
      ],
    );
  });

  test('says when it is lost instead of reading on', () => {
    for (const source of ["const a = 'x", '/* x', '`x ${y', 'f({']) assert.throws(() => codeOf(source), /not closed/);
  });
});
