import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Json } from '../../core/data/json.ts';
import { foreignSchema } from './foreign-schema.ts';
import { Schemas } from './schemas.ts';

function judged(schema: Json): Json {
  const foreign = foreignSchema(schema);
  assert.ok(foreign.is === 'good', foreign.is === 'bad' ? foreign.problem : '');
  return foreign.judged;
}

function refused(schema: Json, problem: RegExp): void {
  const foreign = foreignSchema(schema);
  assert.ok(foreign.is === 'bad');
  assert.match(foreign.problem, problem);
}

const fits = (schema: Json, value: Json): boolean => new Schemas().validator(judged(schema)).accepts(value);

suite('a schema that comes with a call', () => {
  test('holds values to what it says, by its references too', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        name: { $ref: '#/$defs/name' },
        pattern: { type: 'number' },
        tags: { type: 'array', items: { $ref: '#/$defs/name', maxLength: 3 } },
      },
      required: ['name'],
      $defs: { name: { type: 'string' } },
    };
    assert.ok(fits(schema, { name: 'Ann', pattern: 1, tags: ['a'] }));
    assert.ok(!fits(schema, { name: 3 }));
    assert.ok(!fits(schema, { name: 'Ann', pattern: 'x' }));
    assert.ok(!fits(schema, { name: 'Ann', tags: ['long'] }));
  });

  test('that leads back to itself is followed once', () => {
    const tree = { type: 'object', properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } } };
    assert.ok(!fits(tree, { name: 1 }));
    assert.ok(!fits(tree, { children: [{ name: 1 }] }));
    assert.ok(fits(tree, { children: [{ children: [{ name: 1 }] }] }));
  });

  test('cannot make anybody count for years', () => {
    const text = `${'a'.repeat(60)}!`;
    const evil = { type: 'string', pattern: '^(a+)+$' };
    for (const [schema, good, bad] of [
      [evil, 'aaa', text],
      [{ patternProperties: { '^(a+)+$': false } }, { [text]: 1 }, { aaa: 1 }],
      [{ items: [true], additionalItems: evil }, [1, 'aaa'], [1, text]],
      [{ uniqueItems: true }, Array.from({ length: 30_000 }, (_, n) => [n]), [[1], [2], [1]]],
      [{ enum: [{ a: 1 }] }, { a: 1 }, { toString: 1 }],
    ] as const satisfies readonly (readonly [Json, Json, Json])[]) {
      assert.ok(fits(schema, good), JSON.stringify(schema));
      assert.ok(!fits(schema, bad), JSON.stringify(schema));
    }
    assert.deepEqual(judged({ dependencies: { a: { properties: { a: evil } } }, unheardOf: evil }), {});
    assert.ok(!fits({ pattern: '(a?){900}b' }, 'a'.repeat(100_000)));
    const branching = { anyOf: [{ items: { $ref: '#' } }, { items: { $ref: '#' }, minItems: 1 }] };
    const deep = JSON.parse('['.repeat(60) + ']'.repeat(60)) as Json;
    assert.ok(fits(branching, deep));
    const four = (n: number): Json => ({ allOf: Array.from({ length: 4 }, () => ({ $ref: `#/$defs/d${n + 1}` })) });
    refused(
      { $ref: '#/$defs/d0', $defs: { ...Object.fromEntries([0, 1, 2, 3, 4, 5].map((n) => [`d${n}`, four(n)])), d6: true } },
      /more than 1000 parts/,
    );
  });

  test('that cannot be read here is refused, with the reason', () => {
    refused(true, /must be an object/);
    refused({ $ref: 'http://example.com/schema' }, /a place in the schema itself/);
    refused({ $ref: '#/$defs/none' }, /nothing at/);
    refused({ $ref: '#/toString' }, /nothing at/);
    refused({ $dynamicRef: '#x' }, /\$dynamicRef/);
    refused({ properties: { a: 3 } }, /each of its parts/);
    refused({ properties: [] }, /properties must be an object/);
    refused({ pattern: '(a)\\1' }, /refers back/);
    refused({ patternProperties: { '(': true } }, /not a regular expression/);
    refused({ items: { pattern: 'a{1500}' }, contains: { pattern: 'b{1500}' } }, /patterns are too large together/);
    refused({ anyOf: {} }, /anyOf must be a list/);
    let deep: Json = {};
    for (let level = 0; level < 40; level++) deep = { items: deep };
    refused(deep, /more than 32 levels/);
  });
});
