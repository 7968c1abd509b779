import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ContinuoError } from '../core/errors.ts';
import { schemaOf } from './admission.ts';
import { check } from './schema.ts';
import type { Json } from '../core/data/json.ts';

async function verdict(schema: Json, value: Json): Promise<unknown> {
  const ready = schemaOf(schema, 'the schema');
  assert.ok(ready !== undefined);
  return check(ready, value, 'INPUT_INVALID', 'it').catch((error: unknown) =>
    error instanceof ContinuoError ? [error.code, error.message] : error,
  );
}

suite('schemas that came as data', () => {
  test('a pattern that goes back over a text again and again is broken off', async () => {
    for (const pattern of ['^(a+)+$', '^(a|aa)+$', '^(?=(a+)+b)', '^(\\w+)*\\1$']) {
      const answer = await verdict({ type: 'object', properties: { a: { type: 'string', pattern } } }, { a: `${'a'.repeat(60)}!` });
      assert.deepEqual(
        answer,
        ['INPUT_INVALID', 'it does not fit: the schema takes more than 250 ms to judge it; give it simpler patterns'],
        pattern,
      );
    }
  });

  test('a schema that leads back to itself says so', async () => {
    assert.deepEqual(await verdict({ $ref: '#' }, 1), [
      'INPUT_INVALID',
      'it does not fit: the schema leads back to itself, so that nothing fits it',
    ]);
  });

  test('what fits is what it was, and what does not is told as ever', async () => {
    const schema: Json = { type: 'object', properties: { a: { type: 'string', pattern: '^a+$' } }, required: ['a'] };
    assert.deepEqual(await verdict(schema, { a: 'aaa' }), { a: 'aaa' });
    assert.match(String(await verdict(schema, { a: 'b' })), /^INPUT_INVALID,it does not fit: a: /);
  });
});
