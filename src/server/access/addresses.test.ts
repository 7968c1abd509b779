import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { isPublic } from './addresses.ts';
import { mustBeOutside } from './outside.ts';

const inside = [
  '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.100.100.200', '100.127.255.255', '127.0.0.1', '127.255.0.1',
  '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.192', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.19.255.255',
  '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '168.63.129.16',
  '::', '::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1',
  'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '5f00::1', '4000::1',
  'localhost', '', '1.2.3', 'example.com',
]; // prettier-ignore
const outside = [
  '1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.1', '169.253.255.255', '169.255.0.0',
  '172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255',
  '2606:4700:4700::1111', '2a00:1450:4001::200e', '2001:4860:4860::8888', '2003::1', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8',
]; // prettier-ignore

/** One address of IPv4 in every way in which a URL may write it. */
function formsOf(address: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (n: number): string => `0x${n.toString(16)}`;
  const octal = (n: number): string => `0${n.toString(8)}`;
  return [
    address,
    `${address}.`,
    String(whole),
    hex(whole),
    octal(whole),
    [a, b, c, d].map(hex).join('.'),
    [a, b, c, d].map(octal).join('.'),
    `${hex(a)}.${octal(b)}.${c}.${hex(d)}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    address.replace(/^1/, '%31'),
    address.replaceAll('.', '。'),
    `[::ffff:${address}]`,
    `[0:0:0:0:0:FFFF:${address}]`,
    `[::ffff:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}]`,
    `[64:ff9b::${address}]`,
  ];
}

const nobody = async (): Promise<never> => assert.fail('an address is not resolved');

suite('addresses', () => {
  test('what leads inside is not public, and what does not is', () => {
    assert.deepEqual(inside.filter(isPublic), []);
    assert.deepEqual(
      outside.filter((one) => !isPublic(one)),
      [],
    );
  });

  test('an address is the same in every form that a URL may give it', async () => {
    const addresses = fc.oneof(
      fc.ipV4(),
      fc.constantFrom(...inside.filter((one) => /^[\d.]{7,}$/.test(one))),
      fc
        .tuple(fc.constantFrom('10', '127', '169.254', '192.168'), fc.ipV4())
        .map(([front, rest]) => [...front.split('.'), ...rest.split('.')].slice(0, 4).join('.')),
    );
    await fc.assert(
      fc.asyncProperty(addresses, async (address) => {
        for (const form of formsOf(address)) {
          const asked = mustBeOutside(`http://${form}/x`, { resolve: nobody });
          if (isPublic(address)) assert.equal((await asked).addresses.length, 1, form);
          else await assert.rejects(asked, { code: 'ADDRESS_FORBIDDEN' }, form);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('only 2000::/3 and what stands for public addresses of IPv4 is public among those of IPv6', async () => {
    await fc.assert(
      fc.asyncProperty(fc.ipV6(), async (address) => {
        const first = new URL(`http://[${address}]`).hostname.slice(1, -1);
        const stands = /^(::ffff:|64:ff9b::)/.test(first);
        if (!stands && !/^[23][0-9a-f]{3}:/.test(first)) assert.equal(isPublic(address), false, address);
      }),
      { numRuns: 1000 },
    );
  });
});
