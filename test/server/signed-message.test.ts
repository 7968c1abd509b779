import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { stampOf } from '../../src/server/access/signed-message.ts';
import { signMessage } from './sign-message.ts';

const secret = 'a secret that both sides know';
const now = 1_790_000_000_500;
const body = Buffer.from('{"a":1}');
const good = signMessage(body, secret, now);
const value = good.slice(good.indexOf('v1=') + 3);

suite('signed messages', () => {
  test('what was signed is what counts', () => {
    assert.deepEqual(stampOf(good, body, secret), { at: 1_790_000_000_000, value });
    assert.deepEqual(stampOf(` t=1790000000 , v1=${value.toUpperCase()}`, body, secret), { at: 1_790_000_000_000, value });
    assert.deepEqual(stampOf(`t=1790000000,v1=${'0'.repeat(64)},v1=${value}`, body, secret)?.value, value);
  });

  test('another body, time or secret does not', () => {
    assert.equal(stampOf(good, Buffer.from('{"a":2}'), secret), undefined);
    assert.equal(stampOf(good.replace('t=1790000000', 't=1790000001'), body, secret), undefined);
    assert.equal(stampOf(good, body, `${secret}.`), undefined);
  });

  test('a header that says less, or the time twice, does not', () => {
    for (const header of [
      undefined,
      '',
      't=1790000000',
      `v1=${value}`,
      `t=1790000000,v1=${value.slice(1)}`,
      `t=1790000000,t=1790000000,v1=${value}`,
      `t=-1,v1=${value}`,
      `t=1.79e9,v1=${value}`,
      `t=1790000000;v1=${value}`,
    ])
      assert.equal(stampOf(header, body, secret), undefined, String(header));
  });

  test('the dot between time and body is no way to move bytes from one to the other', () => {
    const moved = signMessage('0.x', secret, 1_000);
    assert.equal(stampOf(moved.replace('t=1,', 't=10,'), Buffer.from('.x'), secret), undefined);
  });

  test('no other text vouches for anything', () => {
    fc.assert(fc.property(fc.string(), (header) => stampOf(header, body, secret) === undefined));
  });
});
