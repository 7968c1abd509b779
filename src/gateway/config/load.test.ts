import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ContinuoError } from '../../core/errors.ts';
import { configOf, folder, little, reading, told } from './fixtures/folder.ts';
import { loadConfig, must, readConfig } from './load.ts';

const metric = '[metrics.good]\ntype = "boolean"\noptimize = "max"\nlevel = "episode"\n';

test('the files of a glob are one configuration, and a path is relative to the file that it stands in', (t) => {
  const dir = folder(t, {
    'one/config/a.toml': little,
    'two/config/b.toml': `[functions.f.variants.b]\nmodel = "m"\nsystem_template = "s.minijinja"\n${metric}`,
    'two/config/s.minijinja': 'from two',
    's.minijinja': 'from above',
  });
  const config = must(loadConfig('*/config/*.toml', { cwd: dir }));
  assert.deepEqual(config.files, [join(dir, 'one/config/a.toml'), join(dir, 'two/config/b.toml')]);
  assert.deepEqual(Object.keys(config.functions['f']?.variants ?? {}), ['a', 'b']);
  const b = config.functions['f']?.variants['b'];
  assert.deepEqual(b?.type === 'chat_completion' ? b.templates : {}, {
    system: { path: join(dir, 'two/config/s.minijinja'), text: 'from two' },
  });
});

test('what two files define is a problem that names both, and lists of rules and budgets are joined', (t) => {
  const dir = folder(t, {
    'a.toml': `${metric}[[budgets]]\nname = "x"\nlimit_usd = 1\n`,
    'b.toml': `# first line\n${metric}[[budgets]]\nname = "y"\nlimit_usd = "much"\n`,
  });
  const { config, problems } = loadConfig(['a.toml', 'b.toml'], { cwd: dir });
  assert.equal(config, undefined);
  assert.deepEqual(
    problems.map(({ file, line, key, message }) => ({ file, line, key, message })),
    [
      { file: 'b.toml', line: 3, key: 'metrics.good.type', message: 'a.toml defines it too' },
      { file: 'b.toml', line: 4, key: 'metrics.good.optimize', message: 'a.toml defines it too' },
      { file: 'b.toml', line: 5, key: 'metrics.good.level', message: 'a.toml defines it too' },
      { file: 'b.toml', line: 8, key: 'budgets[1].limit_usd', message: 'it is a string, and not a number' },
    ],
  );
});

test('a glob that matches nothing is an error, and so is no glob at all', (t) => {
  const dir = folder(t, { 'a.toml': little });
  const { config, problems } = loadConfig(['a.toml', 'nope/*.toml'], { cwd: dir });
  assert.equal(config, undefined);
  assert.deepEqual(
    problems.map(({ file, message }) => [file, message]),
    [['nope/*.toml', `no file matches, looking from ${dir}`]],
  );
  assert.match(loadConfig([], { cwd: dir }).problems[0]?.message ?? '', /there is no configuration here/);
});

test('a file name that looks like a glob is that file', (t) => {
  const dir = folder(t, { '[a]/x*.toml': little });
  assert.equal(must(loadConfig('[a]/x*.toml', { cwd: dir })).files.length, 1);
});

test('what is not TOML is told with its line, without what stands there', (t) => {
  const { config, problems } = reading(t, 'a = 1\nb = "sk-secret\nc = 2\n');
  assert.equal(config, undefined);
  const [problem] = problems;
  assert.deepEqual([problem?.file, problem?.line, problem?.level], ['config/gateway.toml', 2, 'error']);
  assert.doesNotMatch(JSON.stringify(problems), /secret/);
});

test('a number that no number can hold is told, and nothing crashes', (t) => {
  assert.match(told(t, 'a = 99999999999999999999')[0] ?? '', /this is not TOML/);
  assert.match(told(t, `${little}temperature = nan\n`)[0] ?? '', /temperature: NaN is not a number from 0 to 2/);
});

test('keys that are names of methods, or change prototypes, are names like others', (t) => {
  const config = configOf(
    t,
    little.replaceAll('models.m', 'models.constructor').replace('"m"', '"constructor"').replaceAll('.f', '.__proto__'),
  );
  assert.deepEqual(Object.keys(config.models), ['constructor']);
  assert.deepEqual(Object.keys(config.functions), ['__proto__']);
  assert.deepEqual(told(t, little.replace('model = "m"', 'model = "toString"')).length, 1);
});

test('unknown keys are errors with the nearest one that there is', (t) => {
  assert.deepEqual(told(t, `${little}temprature = 1\n[functoins.x]\ntype = "chat"\n`), [
    'error 12 functions.f.variants.a.temprature: a variant of type "chat_completion" has no key "temprature". Did you mean "temperature"?',
    'error 13 functoins: a configuration has no key "functoins". Did you mean "functions"?',
  ]);
});

test('what only upstream’s own machinery needs has no effect, and is told', (t) => {
  const upstream = ['clickhouse', 'postgres', 'object_storage', 'evaluations', 'provider_types', 'optimizers', 'autopilot'];
  const { config, problems } = reading(
    t,
    `${little}[gateway]\nbind_address = "0.0.0.0:3000"\n${upstream.map((name) => `[${name}]\nx = 1\n`).join('')}`,
  );
  assert.ok(config !== undefined);
  assert.deepEqual(new Set(problems.map(({ key }) => key)), new Set(['gateway.bind_address', ...upstream]));
  assert.ok(problems.every(({ level, message }) => level === 'warning' && message === 'it has no effect here'));
});

test('whoever cannot go on without gets all errors in one, and no warning among them', (t) => {
  const dir = folder(t, { 'a.toml': `${little}temprature = 1\n[postgres]\n[functoins.x]\n` });
  assert.throws(
    () => must(loadConfig('a.toml', { cwd: dir })),
    (error) => {
      assert.ok(error instanceof ContinuoError && error.code === 'GATEWAY_CONFIG_INVALID');
      assert.match(error.message, /a\.toml:12: functions\.f\.variants\.a\.temprature: .*\n {2}a\.toml:14: functoins: /);
      assert.doesNotMatch(error.message, /postgres/);
      assert.equal(Array.isArray(error.details) && error.details.length, 2);
      return true;
    },
  );
});

test('an object is read like a file, and looks for its files in the folder that it is given', (t) => {
  const dir = folder(t, { 't.minijinja': 'Hello' });
  const table = {
    functions: { f: { type: 'chat', variants: { a: { type: 'chat_completion', model: 'openai::gpt', user_template: 't.minijinja' } } } },
  };
  const { config, problems } = readConfig(table, { dir });
  assert.deepEqual(problems, []);
  const a = config?.functions['f']?.variants['a'];
  assert.equal(a?.type === 'chat_completion' && a.templates['user']?.text, 'Hello');
  assert.deepEqual(
    readConfig({ functions: [] }, { dir, name: 'mine' }).problems.map(({ file, key, line }) => [file, key, line]),
    [['mine', 'functions', undefined]],
  );
});

test('the cache is off, contents are kept, unless it is said otherwise', (t) => {
  const { cache, keepContents } = configOf(t, little);
  assert.deepEqual([cache, keepContents], [{ mode: 'off', ttl: 3_600_000 }, true]);
  const other = configOf(t, `${little}[cache]\nmode = "read_only"\nttl_s = 60\n[gateway]\nkeep_contents = false\n`);
  assert.deepEqual([other.cache, other.keepContents], [{ mode: 'read_only', ttl: 60_000 }, false]);
  assert.deepEqual(told(t, `${little}[cache]\nmode = "yes"\nttl_s = 0\n`), [
    'error 13 cache.mode: there is no "yes" for it. Use one of "off", "on", "read_only", "write_only".',
    'error 14 cache.ttl_s: 0 is not a number above 0. Give a number above 0.',
  ]);
});

test('the sections of the studio are left to it, though a file for upstream may not have them', (t) => {
  const text = `${little}[pictures]\nuse = "anything"\n[image_models.x]\nprice = "?"\n[speech]\n[speech_models.y]\n`;
  const dir = folder(t, { 'a.toml': text });
  assert.deepEqual(loadConfig('a.toml', { cwd: dir }).problems, []);
  const strict = loadConfig('a.toml', { cwd: dir, strict: true }).problems;
  for (const section of ['pictures', 'speech', 'image_models', 'speech_models'])
    assert.ok(
      strict.some(({ key, message }) => key === section && message === 'upstream has no such key'),
      section,
    );
});
