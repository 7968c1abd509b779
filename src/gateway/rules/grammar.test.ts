import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Json } from '../../core/data/json.ts';
import { checkGrammar, problemLine } from './check-grammar.ts';
import { GrammarRunner } from './grammar-runner.ts';
import { readGrammar } from './read-grammar.ts';
import { seededBy } from './seeded.ts';

const path = 'rules/g.toml';

function runner(text: string): GrammarRunner {
  const { grammar, problems } = readGrammar({ path, text });
  assert.deepEqual(problems.filter(({ level }) => level === 'error').map(problemLine), []);
  return new GrammarRunner(grammar);
}

const answer = (text: string, input: Readonly<Record<string, Json>> = {}, seed: Json = 1): Json =>
  runner(text).answer(input, seededBy(seed));
const textOf = (made: Json): string => (typeof made === 'string' ? made : JSON.stringify(made));
const told = (text: string, schema?: Json): readonly string[] =>
  checkGrammar({ path, text }, schema).map((problem) => `${problem.level} ${problemLine(problem)}`);

suite('the example of the page', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/gateway-grammars.md'), 'utf8');
  const text = /```toml\n(\[output\][^]*?)```/.exec(page)?.[1] ?? '';
  const input = JSON.parse(/With `([^`]*)`/.exec(page)?.[1] ?? '') as Readonly<Record<string, Json>>;
  const schema = { properties: { topic: {}, points: {}, audience: {} } };

  test('has nothing wrong with it, and gives what the page says that it may', () => {
    assert.deepEqual(told(text, schema), []);
    const shown = JSON.parse(/```json\n([^]*?)```/.exec(page)?.[1] ?? '') as Readonly<Record<string, Json>>;
    const run = runner(text);
    const seen: Record<string, Set<string>> = {};
    for (let seed = 0; seed < 400; seed++) {
      // A table of [output] is an object.
      const made = run.answer(input, seededBy(seed)) as Readonly<Record<string, Json>>;
      assert.deepEqual(Object.keys(made), Object.keys(shown));
      for (const [key, value] of Object.entries(made)) (seen[key] ??= new Set()).add(JSON.stringify(value));
    }
    for (const [key, value] of Object.entries(shown))
      assert.ok(seen[key]?.has(JSON.stringify(value)), `${key} is never ${JSON.stringify(value)}`);
  });

  test('has a symbol of every alternative when it is asked for', () => {
    const titles = new Set(
      Array.from({ length: 50 }, (_, seed) => JSON.stringify(answer(text, { ...input, audience: 'diver’s' }, seed)).slice(0, 40)),
    );
    assert.ok([...titles].some((title) => title.includes('A diver’s guide to')));
  });
});

suite('a grammar', () => {
  test('gives the same for the same, and something else for something else', () => {
    const text = 'output = "#a##a##a##a#"\n[symbols]\na = ["1","2","3","4","5","6","7","8"]';
    assert.equal(answer(text), answer(text));
    assert.ok(new Set(Array.from({ length: 20 }, (_, seed) => answer(text, {}, seed))).size > 10);
  });

  test('uses no alternative again until all that are allowed have been, and none twice in a row', () => {
    const text = `output = "${'#a# '.repeat(9)}"\n[symbols]\na = ["x", "y", "z", { text = "never", when = "false" }]`;
    for (let seed = 0; seed < 50; seed++) {
      const parts = textOf(answer(text, {}, seed))
        .trim()
        .split(' ');
      for (let i = 0; i < 9; i += 3) assert.deepEqual(parts.slice(i, i + 3).toSorted(), ['x', 'y', 'z']);
      for (let i = 1; i < 9; i++) assert.notEqual(parts[i], parts[i - 1]);
    }
  });

  test('chooses by weight', () => {
    const text = 'output = "#a#"\n[symbols]\na = ["rare", { text = "often", weight = 99 }]';
    const often = Array.from({ length: 300 }, (_, seed) => answer(text, {}, seed)).filter((made) => made === 'often').length;
    assert.ok(often > 270 && often < 300);
  });

  test('makes lists, numbers, picks and values of their own kinds', () => {
    const text = `[output]
n = { _number = [1, 3] }
f = { _number = [0, 1], _digits = 2 }
same = { _number = [7, 7] }
three = { _list = { x = "#a#" }, _count = 3 }
none = { _list = "#a#", _count = 0 }
p = { _pick = [1, { deep = true }, ["#a#"]] }
v = { _value = "xs" }
e = { _each = "xs", _item = { _each = "item", _as = "inner", _item = "{{ index }}{{ inner }}" } }
plain = [1, true, 2.5, "t"]
[symbols]
a = ["A"]`;
    for (let seed = 0; seed < 50; seed++) {
      const made = answer(text, { xs: [['a'], ['b', '<c>']] }, seed) as Readonly<Record<string, Json>>;
      assert.ok([1, 2, 3].includes(made['n'] as number));
      assert.match(JSON.stringify(made['f']), /^(?:0|1|0\.\d{1,2})$/);
      assert.equal(made['same'], 7);
      assert.deepEqual(made['three'], [{ x: 'A' }, { x: 'A' }, { x: 'A' }]);
      assert.deepEqual(made['none'], []);
      assert.ok(['1', '{"deep":true}', '["A"]'].includes(JSON.stringify(made['p'])));
      assert.deepEqual(made['v'], [['a'], ['b', '<c>']]);
      assert.deepEqual(made['e'], [['1a'], ['1b', '2<c>']]);
      assert.deepEqual(made['plain'], [1, true, 2.5, 't']);
    }
  });

  test('remembers what a symbol became', () => {
    const text = 'output = "#h:name# #h# #{{ 1 }}# #h#"\n[symbols]\nname = ["Ada", "Bob", "Cid"]';
    for (let seed = 0; seed < 20; seed++) assert.match(textOf(answer(text, {}, seed)), /^(\w+) \1 #1# \1$/);
    assert.throws(() => answer('output = "#h# #h:name#"\n[symbols]\nname = ["x"]'), /#h# comes before anything is remembered/);
  });

  test('never reads the input as a symbol or a template', () => {
    const text = 'output = "{{ a }}|#s#"\n[symbols]\ns = ["{{ a }}"]';
    for (const a of ['#s#', '{{ b }}', '##', '\uE0000\uE001', '\uE000\uE001\uE002\uE0030\uE004'])
      assert.equal(answer(text, { a }), `${a}|${a}`);
  });

  test('names the fields of the input where one is missing, and nothing of its own', () => {
    assert.throws(
      () => answer('output = "#s# {{ topic }}"\n[symbols]\ns = ["x"]', { goal: 1 }),
      /no variable `topic`; (?:there is|there are) `goal`$/,
    );
  });

  test('takes symbols in branches and loops as they come', () => {
    const text =
      'output = "{% if long %}#a##a#{% else %}#b#{% endif %}{% for x in xs %}{{ x }}#b#{% endfor %}"\n[symbols]\na = ["A"]\nb = ["B"]';
    assert.equal(answer(text, { long: true, xs: [1, 2] }), 'AA1B2B');
    assert.equal(answer(text, { long: false, xs: [] }), 'B');
  });

  test('that contains itself comes to an end, deep or wide', () => {
    assert.equal(typeof answer('output = "#a#"\n[symbols]\na = [{ text = "(#a#)", weight = 1000000 }, "x"]'), 'string');
    assert.equal(typeof answer('output = "#a#"\n[symbols]\na = [{ text = "#a##a##a#", weight = 1000000 }, "x"]'), 'string');
    assert.throws(() => answer('output = "#a#"\n[symbols]\na = ["#a#", { text = "x", when = "false" }]'), /does not come to an end/);
    assert.throws(() => answer('output = "#a#"\n[symbols]\na = [{ text = "x", when = "false" }]'), /symbols\.a: no alternative is allowed/);
  });
});

suite('a bad grammar is told with file and key', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['x = [', /^error rules\/g\.toml:1: it is no TOML: /],
    ['[symbols]\na = ["x"]', /error rules\/g\.toml: output: it is missing/],
    ['output = "x"\nother = 1', /g\.toml: other: a grammar has/],
    ['output = "#hok#"\n[symbols]\nhook = ["x"]', /output: there is no symbol #hok#; did you mean #hook#\?/],
    ['output = "a #b# c"', /output: there is no symbol #b#; write ## for a plain #/],
    ['output = "#a#"\n[symbols]\na = ["#b#"]\nb = ["x #a#"]', /symbols\.a: it never ends[^]*symbols\.b: it never ends/],
    ['output = "#a#"\n[symbols]\na = ["x"]\nb = ["y"]', /^warning .*symbols\.b: nothing uses it$/],
    ['output = "#a#"\n[symbols]\na = [{ text = "x", when = "c" }]', /^warning .*symbols\.a: every alternative has a condition/],
    ['output = "#a#"\n[symbols]\na = [{ text = "x", weight = 0 }]', /symbols\.a\[0\]\.weight: it must be a number above 0/],
    [
      'output = "#a#"\n[symbols]\na = [{ text = "x", weigth = 1 }, 3]',
      /a\[0\]\.weigth: an alternative has[^]*a\[1\]: an alternative is a string/,
    ],
    ['output = "#a#"\n[symbols]\na = []', /symbols\.a: it must be a list of at least one/],
    ['output = "#a#"\n[symbols]\na = "x"', /symbols\.a: it must be a list/],
    ['output = "x"\n[symbols]\n"a b" = ["x"]', /symbols\.a b: the name of a symbol/],
    ['output = "x"\nsymbols = 1', /symbols: it must be a table/],
    ['output = "#a:a#"\n[symbols]\na = ["x"]', /output: #a:a# remembers it under the name of a symbol/],
    ['[output]\nx = { _list = "a", _count = [3, 1] }', /output\.x\._list: _count must be/],
    ['[output]\nx = { _list = "a", _count = 1.5 }', /_count must be/],
    ['[output]\nx = { _lst = "a" }', /output\.x\._lst: did you mean _list\?/],
    ['[output]\nx = { _count = 3 }', /output\.x\._count: it stands without the word/],
    ['[output]\nx = { _list = "a", more = 1 }', /output\.x\.more: it does not go with _list/],
    ['[output]\nx = { _each = "xs" }', /output\.x\._each: _each must be/],
    ['[output]\nx = { _number = [2, 1] }', /output\.x\._number: _number must be/],
    ['[output]\nx = { _number = 2 }', /_number must be/],
    ['[output]\nx = { _pick = [] }', /output\.x\._pick: _pick must be/],
    ['[output]\nx = { _value = 2 }', /output\.x\._value: _value must be an expression/],
    ['[output]\nx = ["{{ a"]', /output\.x\[0\]: syntax error/],
    ['[output]\nx = { _value = "a b" }', /output\.x\._value: syntax error/],
    ['output = "#a#"\n[symbols]\na = [{ text = "x", when = "1 +" }, "y"]', /symbols\.a\[0\]\.when: syntax error/],
  ];
  for (const [text, why] of cases) test(text.replaceAll('\n', ' '), () => assert.match(told(text).join('\n'), why));

  test('variables are held against the schema of the input, apart from those that the grammar gives', () => {
    const text =
      '[output]\na = "{{ topik }} #s#"\nb = { _each = "points", _as = "p", _item = "{{ p }}{{ index }}{{ q }}" }\n[symbols]\ns = ["x"]';
    assert.deepEqual(told(text, { properties: { topic: {}, points: {} } }), [
      'error rules/g.toml: output.a: the schema of its input has no `topik`; did you mean `topic`?',
      'error rules/g.toml: output.b._item: the schema of its input has no `q`; there are `topic`, `points`',
    ]);
  });
});
