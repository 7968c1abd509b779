import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

suite('package.json', () => {
  const manifest = JSON.parse(read('package.json')) as Manifest;

  test('pins every dependency exactly', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    assert.ok(all.length >= 5);
    for (const [name, version] of all) assert.match(version, /^\d+\.\d+\.\d+(?:-[\w.]+)?$/, `${name} is not pinned`);
  });

  test('pins the runtime for the checkout and not for those who install the package', () => {
    const version = manifest.devDependencies['node'];
    assert.ok(version !== undefined && !('node' in manifest.dependencies));
    assert.equal(manifest.allowScripts['node'], true, 'without it the runtime is not installed');
    assert.ok(read('bin/continuo.mjs').includes(`PINNED_VERSION = '${version}'`), 'the launcher advises another version');
  });

  test('has a lockfile that names no registry', () => {
    const lock = read('package-lock.json');
    assert.ok(lock.includes('"node_modules/zod"'));
    assert.ok(!lock.includes('"resolved"'));
  });

  test('keeps what the bench compares with out of it, pinned in a package of its own', () => {
    const bench = JSON.parse(read('bench/package.json')) as Manifest;
    const peers = Object.entries(bench.dependencies);
    assert.ok(peers.some(([name]) => name === '@mastra/core'));
    for (const [name, version] of peers) assert.match(version, /^\d+\.\d+\.\d+$/, `${name} is not pinned`);
    assert.ok(!read('package-lock.json').includes('@mastra/core'));
    assert.ok(!read('bench/package-lock.json').includes('"resolved"'));
  });
});
