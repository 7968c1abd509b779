/** Who is behind a connection that brought its key by itself, and not with a request that the guard has seen. */
import { ContinuoError } from '../../core/errors.ts';
import { authenticate } from '../access/authenticate.ts';
import { hasScope, type Principal } from '../access/principal.ts';
import type { Limits } from '../http/limits.ts';
import type { ServerParts } from '../parts.ts';
import type { Tickets } from './tickets.ts';

export interface Shown {
  readonly key?: string | undefined;
  readonly ticket?: string | undefined;
  /** Where it comes from. */
  readonly ip: string;
}

/** Counted as a request is: guessing keys is not quicker here. */
export async function admit(parts: ServerParts, tickets: Tickets, limits: Limits, shown: Shown): Promise<Principal> {
  const { key, ticket } = shown;
  await limits.beforeKey(shown, key);
  const principal = await (key === undefined ? ofTicket(tickets, ticket) : ofKey(parts, key));
  if (principal === undefined) {
    if (key !== undefined) limits.forget(key);
    const none = key === undefined && ticket === undefined;
    throw new ContinuoError('KEY_REQUIRED', none ? 'the connection came without a key' : 'the key is unknown, expired or revoked');
  }
  if (key !== undefined) await limits.afterKey(principal, key);
  if (!hasScope(principal, 'read'))
    throw new ContinuoError('ACCESS_DENIED', `this key has the scopes ${principal.scopes.join(', ')}; to listen takes read`);
  return principal;
}

async function ofTicket(tickets: Tickets, ticket: string | undefined): Promise<Principal | undefined> {
  return ticket === undefined ? undefined : tickets.redeem(ticket);
}

function ofKey({ backend, settings, clock }: ServerParts, key: string): Promise<Principal | undefined> {
  return authenticate(key, backend.access.keys, settings.adminKey, clock.now());
}
