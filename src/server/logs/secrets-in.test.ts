import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretsIn } from './secrets-in.ts';

test('keys, tokens and passwords are found by their names, and passwords in addresses wherever they stand', () => {
  const env = {
    OPENAI_API_KEY: 'sk-abcdef',
    CONTINUO_ADMIN_KEY: 'a long admin key',
    AWS_SECRET_ACCESS_KEY: 'aws secret',
    HOOK_SECRET: 'whsec',
    LANGFUSE_PUBLIC_KEY: 'pk-lf',
    CONTINUO_POSTGRES: 'postgres://app:p@ss/w?rd@db:5432/app?sslpassword=inner%21',
    CONTINUO_REDIS: 'rediss://:only@cache:6379',
    PATH: '/usr/bin',
    KEYBOARD: 'qwertz',
    HOME_URL: 'https://example.com/a?b=c',
    EMPTY_TOKEN: '  ',
  };
  assert.deepEqual(secretsIn(env).toSorted(), [
    'a long admin key',
    'aws secret',
    'inner!',
    'inner%21',
    'only',
    'only',
    'p@ss/w?rd',
    'p@ss/w?rd',
    'pk-lf',
    'sk-abcdef',
    'whsec',
  ]);
});
