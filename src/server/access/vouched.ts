/** Requests that came without a key, and for which something else has shown who asks: a ticket. */
import type { IncomingMessage } from 'node:http';
import type { Principal } from './principal.ts';

const vouched = new WeakMap<IncomingMessage, Principal>();

export function vouchFor(request: IncomingMessage, principal: Principal): void {
  vouched.set(request, principal);
}

export function vouchedFor(request: IncomingMessage): Principal | undefined {
  return vouched.get(request);
}
