import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { networkOf } from './network-of.ts';

suite('whom an address stands for', () => {
  test('an address of IPv4 stands for itself, however it is written', () => {
    assert.equal(networkOf('192.0.2.7'), '192.0.2.7');
    assert.equal(networkOf('::ffff:192.0.2.7'), '192.0.2.7');
  });

  test('of IPv6 all addresses of one /64 are one, and no other', () => {
    const one = networkOf('2001:db8:0:1::7');
    assert.equal(one, '2001:db8:0:1::/64');
    for (const same of ['2001:DB8::1:ffff:ffff:ffff:ffff', '2001:0db8:0000:0001:0:0:0:1', '2001:db8:0:1::', '2001:db8:0:1::7%eth0'])
      assert.equal(networkOf(same), one, same);
    for (const other of ['2001:db8:0:2::7', '2001:db8::7', '::1', 'fe80::1']) assert.notEqual(networkOf(other), one, other);
    assert.equal(networkOf('::1'), '0:0:0:0::/64');
  });
});
