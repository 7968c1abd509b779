import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { outcome } from './continuo.ts';
import { desk, explain, options } from './desk.ts';

const good = `[models.fast]
routing = ["local"]
[models.fast.providers.local]
type = "ollama"
model_name = "llama"
[functions.titles]
type = "chat"
[functions.titles.variants.quick]
type = "chat_completion"
model = "fast"
`;

suite('continuo gateway check', options, () => {
  test('a configuration that is valid: 0, with what it says', async (t) => {
    const at = desk(t);
    mkdirSync(at.path('config'));
    at.write('config/gateway.toml', good);
    const ended = await at.run('gateway', 'check');
    assert.equal(ended.code, 0, explain(ended));
    assert.match(ended.stdout, /✔ the configuration is valid\n[^]*titles {2}chat\n {4}✔ 100 % {2}quick {2}fast\n/);
    const json = await at.run('gateway', 'check', '--json');
    assert.equal(json.code, 0, explain(json));
    const { status, functions, problems } = outcome(json);
    assert.deepEqual([status, problems], ['valid', []]);
    assert.ok(Array.isArray(functions) && functions.length === 1);
  });

  test('one that is not: 2, every problem with its line, key and mend', async (t) => {
    const at = desk(t);
    at.write('a.toml', `${good}temprature = 1\n`);
    at.write('b.toml', '[functions.titles]\ntype = "json"\n');
    const ended = await at.run('gateway', 'check', '*.toml');
    assert.equal(ended.code, 2, explain(ended));
    assert.match(
      ended.stdout,
      /✖ a\.toml:11 {2}functions\.titles\.variants\.quick\.temprature\n.*\n {4}mend: Did you mean "temperature"\?/,
    );
    assert.match(ended.stdout, /✖ b\.toml:2 {2}functions\.titles\.type\n {4}a\.toml defines it too/);
    assert.match(ended.stdout, /✖ the configuration cannot be used: 2 errors/);
    const json = await at.run('gateway', 'check', '*.toml', '--json');
    assert.equal(json.code, 2);
    const { status, problems } = outcome(json);
    assert.equal(status, 'invalid');
    assert.ok(Array.isArray(problems) && problems.length === 2);
  });

  test('--strict refuses what upstream would, and nothing to read is an error', async (t) => {
    const at = desk(t);
    const nothing = await at.run('gateway', 'check');
    assert.equal(nothing.code, 2, explain(nothing));
    assert.match(nothing.stdout, /there is no configuration here/);
    at.write('a.toml', good);
    const strict = await at.run('gateway', 'check', 'a.toml', '--strict');
    assert.equal(strict.code, 2, explain(strict));
    assert.match(strict.stdout, /there is no provider type "ollama" upstream/);
  });
});
