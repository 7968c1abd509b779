import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { configOf, told } from './fixtures/folder.ts';

const object = '{"type":"object","properties":{"topic":{"type":"string"}}}';

const asking = (more = ''): string => `
[functions.f]
type = "chat"
user_schema = "u.json"
[functions.f.variants.a]
model = "openai::gpt"
user_template = "t/u.minijinja"
${more}`;

const given = (files: Readonly<Record<string, string>>): { readonly files: Readonly<Record<string, string>> } => ({
  files: { 'config/u.json': object, ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`config/${name}`, text])) },
});

test('templates that only others name are loaded with them, as deep as it goes, each once', (t) => {
  const { includedTemplates } = configOf(
    t,
    asking(),
    given({
      't/u.minijinja': '{% include "parts/a.minijinja" %}{% include "parts/b.minijinja" %}',
      't/parts/a.minijinja': '{% include "../c.minijinja" %}',
      't/parts/b.minijinja': '{% include "../c.minijinja" %}{% include "../u.minijinja" %}',
      't/c.minijinja': 'C {{ anything }}',
    }),
  );
  assert.deepEqual(
    includedTemplates.map(({ path }) => path.split('/t/')[1]),
    ['parts/a.minijinja', 'parts/b.minijinja', 'c.minijinja'],
  );
});

test('one that is not there is an error where it is named, unless it may miss', (t) => {
  const said = told(t, asking(), given({ 't/u.minijinja': 'x\n{% include "no.minijinja" %}{% include "nor.minijinja" ignore missing %}' }));
  assert.equal(said.length, 1);
  assert.match(
    said[0] ?? '',
    /^error . functions\.f\.variants\.a\.templates\.user: .*t\/u\.minijinja:2: it names "no\.minijinja", and .*t\/no/,
  );
});

test('one that cannot be read is an error', (t) => {
  const files = { 't/u.minijinja': '{% include "a.minijinja" %}', 't/a.minijinja': 'x\n{% if %}' };
  assert.match(told(t, asking(), given(files))[0] ?? '', /^error .*a\.minijinja:2: /);
});

const grammar = (t: TestContext, text: string): readonly string[] =>
  told(t, asking('[functions.f.variants.r]\ntype = "rules"\ngrammar = "g.toml"\n'), given({ 't/u.minijinja': '', 'g.toml': text }));

test('a grammar is checked with the schema of its input', (t) => {
  assert.deepEqual(grammar(t, 'output = "About {{ topic }}, #end#"\n[symbols]\nend = ["now."]\n'), []);
  const [wrong] = grammar(t, 'output = "About {{ topc }}, #end#"\n[symbols]\nend = ["now."]\n');
  assert.match(wrong ?? '', /^error 1\d functions\.f\.variants\.r\.grammar: .*g\.toml: output: .*`topc`/);
  assert.match(grammar(t, 'output = "#ent#"\n[symbols]\nend = ["now."]\n').join(), /error .*#ent#.*#end#/);
  assert.match(grammar(t, 'output = [').join(), /error .*g\.toml:1: it is no TOML/);
  assert.match(grammar(t, 'output = "x"\n[symbols]\nend = ["now."]\n').join(), /^warning .*symbols\.end: nothing uses it/);
});

test('a module of rules that does not seem to export what is wanted is warned of', (t) => {
  const module = (text: string, more = ''): string =>
    told(
      t,
      asking(`[functions.f.variants.r]\ntype = "rules"\nmodule = "r.ts"\n${more}`),
      given({ 't/u.minijinja': '', 'r.ts': text }),
    ).join();
  for (const fine of [
    'export default () => 1;',
    'const a = 1;\nexport { a as default };',
    'export * from "./x.ts";',
    'module.exports = f;',
  ])
    assert.equal(module(fine), '', fine);
  assert.equal(module('export const about = 1;', 'export = "about"\n'), '');
  assert.match(module('export const about = 1;'), /^warning .*variants\.r\.module: .*r\.ts" does not seem to export "default"/);
  assert.match(module('export default 1;', 'export = "about"\n'), /does not seem to export "about"/);
});
