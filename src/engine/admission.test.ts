import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ContinuoError } from '../core/errors.ts';
import { schemaOf } from './admission.ts';
import { check } from './schema.ts';
import type { Json } from '../core/data/json.ts';

async function verdict(schema: Json, value: Json): Promise<unknown> {
  const ready = schemaOf(schema);
  assert.ok(ready !== undefined);
  return check(ready, value, 'INPUT_INVALID', 'it').catch((error: unknown) =>
    error instanceof ContinuoError ? [error.code, error.message] : error,
  );
}

suite('schemas that came as data', () => {
  test('a pattern that goes back over a text again and again does so no more', async () => {
    for (const pattern of ['^(a+)+$', '^(a|aa)+$', '^(?=(a+)+b)']) {
      const a = `${'a'.repeat(60)}!`;
      assert.deepEqual(await verdict({ type: 'object', properties: { a: { type: 'string', pattern } } }, { a }), [
        'INPUT_INVALID',
        `it does not fit: a: must fit ${pattern}, is "${a.slice(0, 60)}"…`,
      ]);
    }
  });

  test('a pattern that no plan could have brought past the door judges nothing', async () => {
    assert.match(String(await verdict({ pattern: '^(\\w+)*\\1$' }, 'a')), /INPUT_INVALID.*refers back/);
  });

  test('a schema that leads back to itself says so', async () => {
    assert.match(String(await verdict({ $ref: '#' }, 1)), /INPUT_INVALID.*leads the schema back to itself/);
  });

  test('one that allows nothing allows nothing', async () => {
    assert.match(String(await verdict(false, 1)), /INPUT_INVALID.*must not be there/);
    assert.equal(schemaOf(true), undefined);
  });

  test('what fits is what it was, and what does not is told as ever', async () => {
    const schema: Json = { type: 'object', properties: { a: { type: 'string', pattern: '^a+$' } }, required: ['a'] };
    assert.deepEqual(await verdict(schema, { a: 'aaa' }), { a: 'aaa' });
    assert.match(String(await verdict(schema, { a: 'b' })), /^INPUT_INVALID,it does not fit: a: /);
  });
});
