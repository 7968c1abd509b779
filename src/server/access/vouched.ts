/** Requests that come without a key, and for which something else may show who asks: a ticket. */
import type { IncomingMessage } from 'node:http';
import type { Principal } from './principal.ts';

type Voucher = () => Promise<Principal | undefined>;

const vouchers = new WeakMap<IncomingMessage, Voucher>();

/** What is asked once the request was counted. */
export function vouchFor(request: IncomingMessage, voucher: Voucher): void {
  vouchers.set(request, voucher);
}

export function vouchedFor(request: IncomingMessage): Promise<Principal | undefined> | undefined {
  return vouchers.get(request)?.();
}
