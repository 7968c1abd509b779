import type { Json } from './json.ts';
import { canonicalJson } from './canonical.ts';
import { writeUtf8 } from './utf8.ts';

// Every `as number` in this file drops the `undefined` of an index that is inside its fixed-size table or the padded text.

const primes = firstPrimes(64);
// The standard's constants are the first 32 bits of the fractional parts of these roots.
const roundConstants = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const initial = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

// Shared between calls: hashing is synchronous and calls nothing of the caller's, so no two hashes overlap.
const schedule = new Int32Array(64);
const state = new Int32Array(8);

/** The SHA-256 of the text's UTF-8 bytes, in lower-case hex. */
export function sha256(text: string): string {
  // A UTF-16 unit takes at most three bytes; 72 leaves room for the end mark and the length, in a block of their own if need be.
  const bytes = new Uint8Array(text.length * 3 + 72);
  const end = pad(bytes, writeUtf8(text, bytes));
  state.set(initial);
  for (let block = 0; block < end; block += 64) {
    fillSchedule(bytes, block);
    compress();
  }
  let hex = '';
  for (let i = 0; i < 8; i++) hex += ((state[i] as number) >>> 0).toString(16).padStart(8, '0');
  return hex;
}

/** Equal values have equal hashes, whatever the order of their keys. */
export function contentHash(value: Json): string {
  return sha256(canonicalJson(value));
}

/** Ends the message as the standard asks, and returns the length with the padding: a multiple of 64. */
function pad(bytes: Uint8Array, length: number): number {
  // No bit operators: they would wrap at 2 GB.
  const end = Math.ceil((length + 9) / 64) * 64;
  const bits = length * 8;
  bytes[length] = 0x80;
  writeWord(bytes, end - 8, Math.floor(bits / 2 ** 32));
  writeWord(bytes, end - 4, bits | 0);
  return end;
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  for (let i = 0; i < 4; i++) bytes[at + i] = word >>> (24 - 8 * i);
}

function fillSchedule(bytes: Uint8Array, block: number): void {
  for (let i = 0; i < 16; i++) {
    const at = block + i * 4;
    schedule[i] =
      ((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  }
  for (let i = 16; i < 64; i++) {
    const x = schedule[i - 15] as number;
    const y = schedule[i - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[i] = ((schedule[i - 16] as number) + s0 + (schedule[i - 7] as number) + s1) | 0;
  }
}

function compress(): void {
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (roundConstants[i] as number) + (schedule[i] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

function fraction(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    if (found.every((prime) => n % prime !== 0)) found.push(n);
  }
  return found;
}
