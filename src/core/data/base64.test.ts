import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64 } from './base64.ts';

test('bytes are written as everybody writes them, without padding', () => {
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 89 + length * 57) & 255);
    assert.equal(base64(bytes), Buffer.from(bytes).toString('base64').replace(/=+$/, ''));
  }
});
