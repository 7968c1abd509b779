/** Every TypeScript sample of the documents compiles, as a reader's own file would. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

function samples(page: string): readonly string[] {
  return [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code ?? '');
}

test('the samples of the documents compile', () => {
  // Inside the checkout, so that `continuo` is found as a user finds it.
  const folder = mkdtempSync(join(root, '.samples-'));
  try {
    const files = pages.flatMap((page) => samples(page).map((code, at) => [`${page.replaceAll(/\W/g, '-')}-${at}.ts`, code] as const));
    assert.ok(files.length >= 10, 'the documents have lost their samples');
    for (const [name, code] of files) writeFileSync(join(folder, name), code);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../examples/tsconfig.json', include: ['*.ts'] }));
    const { stdout, status } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
