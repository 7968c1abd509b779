/** Who is behind a connection that brought its key by itself, and not with a request that the guard has seen. */
import { ContinuoError } from '../../core/errors.ts';
import { authenticate } from '../access/authenticate.ts';
import { hasScope, type Principal } from '../access/principal.ts';
import type { ServerParts } from '../parts.ts';
import type { Tickets } from './tickets.ts';

export interface Shown {
  readonly key?: string | undefined;
  readonly ticket?: string | undefined;
}

export async function admit({ backend, settings, clock }: ServerParts, tickets: Tickets, { key, ticket }: Shown): Promise<Principal> {
  const principal =
    key === undefined
      ? ticket === undefined
        ? undefined
        : await tickets.redeem(ticket)
      : await authenticate(key, backend.access.keys, settings.adminKey, clock.now());
  if (principal === undefined) {
    const none = key === undefined && ticket === undefined;
    throw new ContinuoError('KEY_REQUIRED', none ? 'the connection came without a key' : 'the key is unknown, expired or revoked');
  }
  if (!hasScope(principal, 'read'))
    throw new ContinuoError('ACCESS_DENIED', `this key has the scopes ${principal.scopes.join(', ')}; to listen takes read`);
  return principal;
}
