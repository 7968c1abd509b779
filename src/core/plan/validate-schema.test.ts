import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../data/json.ts';
import { collector, type Problem } from './problem.ts';
import { checkSchema } from './validate-schema.ts';

function problemsOf(schema: Json): readonly string[] {
  const problems: Problem[] = [];
  checkSchema(schema, 's', collector(problems));
  return problems.map(({ path, problem }) => `${path}: ${problem}`);
}

const deep = (levels: number): Json => (levels === 0 ? {} : { items: deep(levels - 1) });

test('ordinary schemas pass', () => {
  const schemas: readonly Json[] = [
    true,
    false,
    {},
    { $schema: 'https://json-schema.org/draft/2020-12/schema', $ref: '#/$defs/a', $defs: { a: { type: 'string' } } },
    { type: ['string', 'null'], minLength: 0, maxLength: 3, pattern: '^\\p{L}+$' },
    { type: 'object', properties: { a: { items: { enum: [1, null] } } }, required: ['a'], additionalProperties: false },
    { type: 'string', pattern: '[\\w\\-.]+' },
    {
      properties: { next: { $ref: '#' }, many: { items: { anyOf: [{ $ref: '#' }, { $ref: '#one' }] } } },
      $defs: { a: { $anchor: 'one' } },
    },
    deep(64),
    { anyOf: [{ const: 1 }, { multipleOf: 0.1 }], prefixItems: [true], not: false, 'x-unknown': 1 },
  ];
  for (const schema of schemas) assert.deepEqual(problemsOf(schema), [], JSON.stringify(schema));
});

test('mistakes are found at any depth', () => {
  const wrong: readonly (readonly [Json, string])[] = [
    ['object', 's: "object" is not a JSON Schema'],
    [[], 's: [] is not a JSON Schema'],
    [{ type: 'strng' }, 's.type: there is no type "strng"'],
    [{ type: [] }, 's.type: the list of types is empty'],
    [{ properties: ['a'] }, 's.properties: "properties" is not an object of schemas'],
    [{ properties: { a: { properties: { b: 'string' } } } }, 's.properties.a.properties.b: "string" is not a JSON Schema'],
    [{ required: 'a' }, 's.required: "required" is not a list of strings'],
    [{ required: [1] }, 's.required: "required" is not a list of strings'],
    [{ items: [{ type: 'string' }] }, 's.items: "items" is a list'],
    [{ items: { type: 'x' } }, 's.items.type: there is no type "x"'],
    [{ enum: [] }, 's.enum: "enum" allows no value'],
    [{ pattern: '(' }, 's.pattern: "(" cannot be used: it is not a regular expression'],
    [{ patternProperties: { '[': true } }, 's.patternProperties: "[" cannot be used: it is not a regular expression'],
    [{ minimum: '1' }, 's.minimum: "1" is not a number that "minimum" can have'],
    [{ multipleOf: 0 }, 's.multipleOf: 0 is not a number that "multipleOf" can have'],
    [{ minLength: 1.5 }, 's.minLength: 1.5 is not a count'],
    [{ maxItems: -1 }, 's.maxItems: -1 is not a count'],
    [{ minimum: 2, maximum: 1 }, 's.maximum: "maximum" 1 is below "minimum" 2'],
    [{ anyOf: [] }, 's.anyOf: "anyOf" is not a list of schemas'],
    [{ pattern: '^(a)\\1$' }, 's.pattern: "^(a)\\\\1$" cannot be used: it refers back to what a group found (\\1)'],
    [
      { properties: { a: { pattern: '(a{999}){999}' } } },
      's.properties.a.pattern: "(a{999}){999}" cannot be used: it repeats too much within what it repeats',
    ],
    [{ allOf: Array.from({ length: 11 }, (_, n) => ({ pattern: `a{9980}${n}` })) }, 's: its patterns are too large together'],
    [{ $ref: 'https://example.com/schema' }, 's.$ref: "https://example.com/schema" leads to no schema within this one'],
    [{ $id: 'https://example.com/a', $ref: 'b' }, 's.$ref: "b" leads to no schema within this one'],
    [{ $ref: '#/default', default: { pattern: '(' } }, 's.$ref: "#/default" leads to no schema within this one'],
    [{ $ref: '#/__proto__' }, 's.$ref: "#/__proto__" leads to no schema within this one'],
    [{ $ref: '#' }, 's: it leads back to itself without going deeper into the value'],
    [
      { $ref: '#/$defs/a', $defs: { a: { anyOf: [true, { $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } } },
      's.$defs.a: it leads back to itself without going deeper into the value',
    ],
    [{ unevaluatedProperties: false }, 's.unevaluatedProperties: values are not held against "unevaluatedProperties"'],
    [deep(65), `s${'.items'.repeat(65)}: schemas lie in each other more than 64 deep`],
    [{ allOf: Array.from({ length: 5001 }, () => ({})) }, 's: it is made of more than 5000 schemas'],
    [{ allOf: [true, 3] }, 's.allOf[1]: 3 is not a JSON Schema'],
  ];
  for (const [schema, problem] of wrong) assert.deepEqual(problemsOf(schema), [problem]);
});

test('all mistakes of a schema are told', () => {
  assert.equal(problemsOf({ type: 'x', required: 1, properties: { a: { enum: [] }, b: { minimum: null } } }).length, 4);
});
