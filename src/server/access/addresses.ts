/**
 * Which IP addresses are somebody's on the open internet.
 *
 * I1. Only what is known to be public is: everything else is inside, new kinds of addresses too.
 * I2. An address that stands for another (mapped, translated) is what that one is.
 */
import { isIPv4, isIPv6 } from 'node:net';

/** Networks of IPv4 that lead nowhere outside: their first address, and how many bits are fixed. */
const inside4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // The metadata of clouds is here: 169.254.169.254.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, what is reserved, and everybody.
  ['224.0.0.0', 3],
  // A public address that one cloud answers from inside.
  ['168.63.129.16', 32],
];

/** Networks within 2000::/3 that are not public: of tunnels, documentation and the like. */
const inside6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** Whether the address, as `node:net` and DNS write it, is public. What is no address is not. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return isPublic4(bits4(address));
  return isIPv6(address) && !address.includes('%') && isPublic6(bits6(address));
}

function isPublic4(bits: bigint): boolean {
  return !inside4.some(([network, length]) => isWithin(bits, bits4(network), 32, length));
}

function isPublic6(bits: bigint): boolean {
  const within = (network: string, length: number): boolean => isWithin(bits, bits6(network), 128, length);
  if (within('::ffff:0:0', 96) || within('64:ff9b::', 96)) return isPublic4(bits & 0xffff_ffffn);
  return within('2000::', 3) && !inside6.some(([network, length]) => within(network, length));
}

function isWithin(bits: bigint, network: bigint, width: number, length: number): boolean {
  const rest = BigInt(width - length);
  return bits >> rest === network >> rest;
}

function bits4(address: string): bigint {
  return address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function bits6(address: string): bigint {
  const [head = '', tail] = hexadecimal(address).split('::');
  const front = groups(head);
  const back = groups(tail ?? '');
  const missing = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => 0n);
  return [...front, ...missing, ...back].reduce((sum, group) => (sum << 16n) | group, 0n);
}

/** With the IPv4 address that may stand at the end as two groups. */
function hexadecimal(address: string): string {
  const dotted = /[\d.]+\.\d+$/.exec(address)?.[0];
  if (dotted === undefined) return address;
  const bits = bits4(dotted);
  return `${address.slice(0, -dotted.length)}${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
}

const groups = (text: string): readonly bigint[] => (text === '' ? [] : text.split(':').map((group) => BigInt(`0x${group}`)));
