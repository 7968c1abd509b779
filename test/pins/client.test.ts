import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { clientText } from '../../scripts/client.ts';

test('the client knows what the server offers (npm run client)', async () => {
  assert.equal(readFileSync(new URL('../../src/client/api.ts', import.meta.url), 'utf8'), await clientText());
});
