/** The configuration that the project ships: everything in it answers on a machine without a key. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readGatewayConfig } from '../../src/compose-gateway.ts';

const root = join(import.meta.dirname, '../..');
const globs = ['config/*.toml', 'systems/*/config/*.toml'].map((glob) => join(root, glob));
const { config, problems } = readGatewayConfig({ config: globs, env: {} });

test('has no errors', () =>
  assert.deepEqual(
    problems.filter(({ level }) => level === 'error'),
    [],
  ));

test('every function of the five systems has rules, and they are nobody’s first choice', () => {
  const functions = Object.values(config?.functions ?? {});
  assert.deepEqual(
    new Set(functions.map(({ output }) => /systems\/([^/]+)\//.exec(output?.path ?? '')?.[1])),
    new Set(['diy-video', 'learning', 'movie', 'shorts', 'website']),
  );
  for (const { name, variants, experiment } of functions) {
    const rules = Object.values(variants).filter(({ type }) => type === 'rules');
    assert.equal(rules.length, 1, name);
    const candidates = Array.isArray(experiment.candidates) ? experiment.candidates : Object.keys(experiment.candidates);
    assert.ok(!candidates.includes(rules[0]?.name), name);
  }
});
