import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { keyLines, lineOf } from './key-lines.ts';
import { keyIn } from './key-path.ts';
import { isTable } from './table.ts';

const text = `# a comment with [brackets] and key = 1
top = 1

[models."gpt-4.1"] # [not.a.table]
routing = [
  "a", # ] closes nothing
  "b",
]
note = """
[inside.a.string]
key = 2 \\"""
"""
literal = '''
[no]'''
a.b.'c d' = { x = [1, 2], y = "}" }
[[rules]]
first = 1
[rules.scope]
tag = "x"
[[rules]]
second = 2
last = 3`;

test('every key is found on its line, whatever stands in strings, comments and lists', () => {
  const lines = keyLines(text);
  const found = Object.fromEntries(lines);
  assert.deepEqual(found, {
    top: 2,
    models: 4,
    'models."gpt-4.1"': 4,
    'models."gpt-4.1".routing': 5,
    'models."gpt-4.1".note': 9,
    'models."gpt-4.1".literal': 13,
    'models."gpt-4.1".a': 15,
    'models."gpt-4.1".a.b': 15,
    'models."gpt-4.1".a.b."c d"': 15,
    rules: 16,
    'rules[0]': 16,
    'rules[0].first': 17,
    'rules[0].scope': 18,
    'rules[0].scope.tag': 19,
    'rules[1]': 20,
    'rules[1].second': 21,
    'rules[1].last': 22,
  });
});

test('what has no line of its own is found where it lies', () => {
  const lines = keyLines(text);
  assert.equal(lineOf(lines, 'models."gpt-4.1".a.b."c d".x[1]'), 15);
  assert.equal(lineOf(lines, 'rules[1].missing'), 20);
  assert.equal(lineOf(lines, 'nowhere.at.all'), undefined);
});

test('whatever names and texts there are, each key is on the line that has its name', () => {
  const leaf = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.string()),
    fc.constantFrom('"', "'", '#', ']', '[x]', 'a = 1', '\\', '"""', "'''"),
  );
  const { table } = fc.letrec<{ table: Record<string, unknown>; value: unknown }>((tie) => ({
    table: fc.dictionary(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a', 'b.c', '"', '[', '#')), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    value: fc.oneof({ depthSize: 'small', maxDepth: 3 }, leaf, tie('table')),
  }));
  fc.assert(
    fc.property(table, (given) => {
      const toml = stringify(given);
      const lines = keyLines(toml);
      const rows = toml.split('\n');
      const visit = (inner: object, parent: string): void => {
        for (const [name, value] of Object.entries(inner)) {
          const key = keyIn(parent, name);
          const row = rows[(lines.get(key) ?? 0) - 1] ?? '';
          assert.ok(
            row.includes(JSON.stringify(name).slice(1, -1)) || /[^ -~]/.test(name),
            `${key} is not on its line: ${JSON.stringify(row)}`,
          );
          if (isTable(value)) visit(value, key);
        }
      };
      visit(given, '');
    }),
  );
});
