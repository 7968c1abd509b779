/**
 * Messages between two who share a secret: `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body" in hex>`.
 *
 * M1. The signature is over the bytes as they came, and over the time of sending.
 * M2. How long the check takes tells nothing of the secret.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface MessageStamp {
  /** Milliseconds since 1970, in whole seconds. */
  readonly at: number;
  /** The signature as we make it: however it was written, it is the same. */
  readonly value: string;
}

/** Undefined where the header does not vouch for the body. While a secret is exchanged, a header may carry several `v1`. */
export function stampOf(header: string | undefined, body: Uint8Array, secret: string): MessageStamp | undefined {
  const parts = (header ?? '').split(',').map((part) => part.trim());
  const times = parts.flatMap((part) => /^t=(\d{1,12})$/.exec(part)?.[1] ?? []);
  const given = parts.flatMap((part) => /^v1=([0-9a-f]{64})$/i.exec(part)?.[1] ?? []).slice(0, 4);
  const seconds = Number(times.length === 1 ? times[0] : 0);
  const expected = hmac(seconds, body, secret);
  const fits = given.filter((one) => timingSafeEqual(Buffer.from(one, 'hex'), expected)).length > 0;
  return fits && times.length === 1 ? { at: seconds * 1000, value: expected.toString('hex') } : undefined;
}

function hmac(seconds: number, body: Uint8Array, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}
