/**
 * The door: every request passes it before any handler.
 *
 * D1. A route says who may use it when it is declared; without that the server does not start.
 * D2. Without a key that counts, nobody learns whether something is there. With one, what is of another project and
 *     what is not there at all are answered alike.
 */
import type { FastifyRequest, RouteOptions } from 'fastify';
import { ContinuoError } from '../../core/errors.ts';
import { authenticate, presentedKey } from '../access/authenticate.ts';
import { covers, hasScope, type Principal } from '../access/principal.ts';
import { vouchedFor } from '../access/vouched.ts';
import type { ServerParts } from '../parts.ts';
import type { App, RouteAccess } from './app.ts';

export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly access: RouteAccess;
}

/** Answers with the list of what was declared, which grows as routes are. */
export function guard(app: App, parts: ServerParts): readonly DeclaredRoute[] {
  const declared: DeclaredRoute[] = [];
  app.decorateRequest('principal');
  app.decorateRequest('run');
  app.addHook('onRoute', (route: RouteOptions) => {
    const access = route.config?.access;
    if (access === undefined) throw new Error(`route ${String(route.method)} ${route.url} does not say who may use it`);
    for (const method of [route.method].flat()) declared.push({ method, url: route.url, access });
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    // What matches no route has its own answer.
    if (access === undefined || 'open' in access) return;
    request.principal = vouchedFor(request.raw) ?? (await principalOf(request, parts));
    const { scope, of } = access;
    if (!hasScope(request.principal, scope))
      throw new ContinuoError('ACCESS_DENIED', `this key has the scopes ${request.principal.scopes.join(', ')}; the route needs ${scope}`);
    if (of === 'run') request.run = await runOf(request, parts);
    if (of === 'project') mustCover(request.principal, idOf(request));
    if (of === 'all' && request.principal.projects !== undefined)
      throw new ContinuoError('ACCESS_DENIED', 'the route concerns all projects, and this key is bound to some');
  });
  return declared;
}

async function principalOf({ headers }: FastifyRequest, { backend, settings, clock }: ServerParts): Promise<Principal> {
  const key = presentedKey(headers);
  const found = key === undefined ? undefined : await authenticate(key, backend.access.keys, settings.adminKey, clock.now());
  if (found !== undefined) return found;
  throw new ContinuoError('KEY_REQUIRED', key === undefined ? 'the request came without a key' : 'the key is unknown, expired or revoked');
}

async function runOf(request: FastifyRequest, { backend }: ServerParts): Promise<FastifyRequest['run']> {
  const id = idOf(request);
  const record = await backend.runs.get(id);
  if (record === undefined || !covers(request.principal, record.project))
    throw new ContinuoError('RUN_UNKNOWN', `there is no run ${JSON.stringify(id)} here`);
  return record;
}

function mustCover(principal: Principal, project: string): void {
  if (!covers(principal, project)) throw new ContinuoError('ACCESS_DENIED', `this key is not bound to project ${JSON.stringify(project)}`);
}

// Every route whose access is told by an id has that parameter.
const idOf = ({ params }: FastifyRequest): string => (params as { readonly id: string }).id;
