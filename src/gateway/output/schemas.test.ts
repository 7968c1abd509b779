import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Json } from '../../core/data/json.ts';
import { sentence } from './problems.ts';
import { Schemas } from './schemas.ts';

const told = (schema: Json, value: Json): readonly string[] => new Schemas().validator(schema).validate(value)?.map(sentence) ?? [];

suite('schemas', () => {
  test('say where and what in words for people', () => {
    const schema = {
      type: 'object',
      properties: {
        scenes: { type: 'array', items: { type: 'object', properties: { duration: { type: 'number' } }, required: ['duration'] } },
        mood: { enum: ['happy', 'sad'] },
        'a/b': { type: ['integer', 'null'] },
      },
      required: ['title'],
      additionalProperties: false,
    };
    assert.deepEqual(told(schema, { scenes: [{ duration: 1 }, {}, { duration: '3s' }], mood: 'Happy', 'a/b': 1.5, more: 1 }), [
      'title: is missing',
      'more: is no field of the schema',
      'scenes/1/duration: is missing',
      'scenes/2/duration: must be a number, is "3s"',
      'mood: must be one of "happy", "sad", is "Happy"',
      'a/b: must be a whole number or null, is 1.5',
    ]);
    assert.deepEqual(told({ type: 'object' }, [1]), ['the whole: must be an object, is [1]']);
    assert.deepEqual(told({ const: 'abc', minLength: 3 }, 'ab'), [
      'the whole: must be "abc", is "ab"',
      'the whole: must not have fewer than 3 characters, is "ab"',
    ]);
    assert.match(told({ anyOf: [{ type: 'string' }, { type: 'null' }] }, 1).join(), /fits none of the forms/);
    assert.equal(told({ type: 'number' }, 'x'.repeat(999)).join().length < 120, true);
  });

  test('are read by the dialect that they are written in', () => {
    const draft7 = { $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }], additionalItems: false };
    assert.deepEqual(told(draft7, ['a']), []);
    assert.equal(told(draft7, ['a', 1]).length, 1);
    const { $schema: _, ...without } = draft7;
    assert.equal(told(without, [1]).length, 1);
    assert.equal(told({ prefixItems: [{ type: 'string' }], items: false }, ['a', 1]).length, 1);
    assert.equal(
      told({ $defs: { n: { type: 'number' } }, definitions: { m: { $ref: '#/$defs/n' } }, $ref: '#/definitions/m' }, 'x').length,
      1,
    );
    assert.deepEqual(told({ dependencies: { a: ['b'] } }, { a: 1 }).length, 1);
    assert.deepEqual(told({ type: 'string', format: 'date-time', example: 'x', 'x-own': 1 }, 'no date'), []);
    assert.deepEqual(told(true, 1), []);
    assert.equal(told(false, 1).length, 1);
    assert.deepEqual(told({ $id: 'https://example.com/a', type: 'number' }, 1), []);
  });

  test('that are none are told', () => {
    const schemas = new Schemas();
    for (const schema of [
      1,
      'x',
      null,
      [],
      { type: 'strin' },
      { $ref: '#/nope' },
      { properties: 3 },
      { pattern: '(' },
      { type: 'array', allOf: [{ $ref: '#' }] },
    ] satisfies Json[]) {
      assert.throws(() => schemas.validator(schema), { code: 'GATEWAY_CONFIG_INVALID' }, JSON.stringify(schema));
      assert.match(schemas.check(schema) ?? '', /is not a JSON Schema: /);
    }
    assert.equal(schemas.check({ $id: 'same' }), undefined);
    assert.equal(schemas.check({ $id: 'same', type: 'string' }), undefined);
  });

  test('share a validator by content, and the oldest is forgotten at last', () => {
    const schemas = new Schemas();
    const first = schemas.validator({ type: 'string', minLength: 0 });
    assert.equal(schemas.validator({ minLength: 0, type: 'string' }), first);
    for (let i = 1; i <= 500; i++) schemas.validator({ minLength: i });
    assert.notEqual(schemas.validator({ type: 'string', minLength: 0 }), first);
  });

  test('judge a part of themselves by its pointer', () => {
    const validator = new Schemas().validator({
      properties: { 'a/b': { anyOf: [{ type: 'string' }, { $ref: '#/$defs/x%20y' }] } },
      $defs: { 'x y': { type: 'null' } },
    });
    assert.equal(validator.accepts('s', '/properties/a~1b/anyOf/0'), true);
    assert.equal(validator.accepts(null, '/properties/a~1b/anyOf/0'), false);
    assert.equal(validator.accepts(null, '/properties/a~1b/anyOf/1'), true);
  });
});
