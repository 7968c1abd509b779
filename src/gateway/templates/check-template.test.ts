import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Json } from '../../core/data/json.ts';
import { checkTemplate } from './check-template.ts';

const schema = { type: 'object', properties: { topic: {}, audience: {} } };
const problems = (text: string, given?: Json): readonly string[] =>
  checkTemplate({ path: 'p.minijinja', text }, given ?? schema).map(({ line, message }) => `${line}: ${message}`);

suite('a template is checked against the schema of its input', () => {
  test('names that the schema has not are told once, with line and the nearest', () => {
    assert.deepEqual(problems('{{ topic }}\n{{ audiance }}{{ audiance }}\n{{ zzzzzz }}'), [
      '2: the schema of its input has no `audiance`; did you mean `audience`?',
      '3: the schema of its input has no `zzzzzz`; there are `topic`, `audience`',
    ]);
  });

  test('what it sets itself, on whatever way, is its own', () => {
    assert.deepEqual(problems('{% if topic %}{% set x = 1 %}{% endif %}{% macro m(a) %}{{ a }}{{ x }}{% endmacro %}{{ m(x) }}'), []);
  });

  test('a schema that allows other fields, or takes them from elsewhere, is not held against it', () => {
    for (const open of [true, {}, { type: 'object' }, { ...schema, additionalProperties: true }, { ...schema, allOf: [{}] }]) {
      assert.deepEqual(problems('{{ other }}', open), []);
    }
    assert.equal(problems('{{ other }}', { ...schema, additionalProperties: false }).length, 1);
  });

  test('bad syntax is told by the engine, with its line', () => {
    assert.deepEqual(problems('a\n{% if %}'), ['2: syntax error: unexpected end of block']);
    assert.deepEqual(checkTemplate({ path: 'p', text: `{{ ${'-'.repeat(200_000)}1 }}` }), [
      { path: 'p', message: 'it is nested so deep that it broke the template engine' },
    ]);
    assert.deepEqual(problems('{{ topic }}'), []);
  });
});
