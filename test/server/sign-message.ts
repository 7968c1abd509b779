/** What somebody does who sends a signed message. */
import { createHmac } from 'node:crypto';

/** The header that goes with a body. */
export function signMessage(body: Uint8Array | string, secret: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;
}
