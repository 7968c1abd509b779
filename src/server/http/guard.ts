/**
 * The door: every request passes it before any handler, and before any of its body is read.
 *
 * D1. A route says who may use it when it is declared; without that the server does not start.
 * D2. Without a key that counts, nobody learns whether something is there. With one, what is of another project and
 *     what is not there at all are answered alike.
 * D3. A server that was told to end begins nothing new.
 */
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { ContinuoError } from '../../core/errors.ts';
import { Refusals } from '../access/auditing.ts';
import { authenticate, presentedKey } from '../access/authenticate.ts';
import type { Passes } from '../access/passes.ts';
import { covers, hasScope, type Principal } from '../access/principal.ts';
import { vouchedFor } from '../access/vouched.ts';
import type { ServerParts } from '../parts.ts';
import type { App, RouteAccess } from './app.ts';
import type { Limits } from './limits.ts';
import { unmatched } from './unmatched.ts';

export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly access: RouteAccess;
  /** Whether the OpenAPI document tells it: a protocol of its own has its own documents. */
  readonly told: boolean;
  /** Whether a link may stand in for a key. */
  readonly linked: boolean;
}

/** Answers with the list of what was declared, which grows as routes are. */
export function guard(app: App, parts: ServerParts, limits: Limits, links: Passes): readonly DeclaredRoute[] {
  const declared: DeclaredRoute[] = [];
  const refusals = new Refusals(parts);
  app.decorateRequest('principal');
  app.decorateRequest('run');
  app.addHook('onRoute', (route: RouteOptions) => {
    const access = route.config?.access;
    if (access === undefined) throw new Error(`route ${String(route.method)} ${route.url} does not say who may use it`);
    const [told, linked] = [route.schema?.hide !== true, route.config?.link === true];
    for (const method of [route.method].flat()) declared.push({ method, url: route.url, access, told, linked });
  });
  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config.access;
    const key = access === undefined || 'open' in access ? undefined : presentedKey(request.headers);
    const counted = request.routeOptions.config.uncounted === true ? undefined : limits.beforeKey(request, key);
    if (counted !== undefined) await counted;
    if (access === undefined) return notThere(declared, request, reply);
    if (parts.draining() && changes(request)) refuseNew();
    if ('open' in access) return undefined;
    // An upgrade that was let in already has been counted, too; what comes by a link, for its address.
    const voucher = vouchedFor(request.raw) ?? (key === undefined ? holderOfLink(request, reply, links) : undefined);
    const vouched = voucher === undefined ? undefined : await voucher;
    request.principal = vouched ?? (await principalOf(key, parts, limits));
    const granted = vouched === undefined ? limits.afterKey(request.principal, key ?? '', reply) : undefined;
    if (granted !== undefined) await granted;
    const { scope, of } = access;
    if (!hasScope(request.principal, scope))
      throw new ContinuoError('ACCESS_DENIED', `this key has the scopes ${request.principal.scopes.join(', ')}; the route needs ${scope}`);
    if (of === 'run') request.run = await runOf(request, parts, refusals);
    if (of === 'project') mustCover(request.principal, idOf(request));
    if (of === 'all' && request.principal.projects !== undefined)
      throw new ContinuoError('ACCESS_DENIED', 'the route concerns all projects, and this key is bound to some');
  });
  app.addHook('onError', async (request, _reply, error) => {
    const isKnown = (request.principal as Principal | undefined) !== undefined;
    if (isKnown && error.code === 'ACCESS_DENIED') await refusals.note(request.principal, nameOf(request), error.message);
  });
  return declared;
}

function notThere(declared: readonly DeclaredRoute[], { method, url }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { allowed, error } = unmatched(declared, method, url.split('?')[0] ?? '');
  if (allowed.length === 0) throw error;
  reply.header('allow', allowed.join(', '));
  if (method === 'OPTIONS') return reply.code(204).send();
  throw error;
}

const changes = ({ method }: FastifyRequest): boolean => method !== 'GET' && method !== 'HEAD';

function refuseNew(): never {
  throw new ContinuoError('ENGINE_CLOSED', 'the server was told to end, and begins nothing new');
}

async function holderOfLink(request: FastifyRequest, reply: FastifyReply, links: Passes): Promise<Principal | undefined> {
  const { query, url, routeOptions } = request;
  const isGiven = typeof query === 'object' && query !== null && 'link' in query && typeof query.link === 'string';
  if (routeOptions.config.link !== true || !isGiven) return undefined;
  const holder = await links.holderOf(String(query.link), url.split('?')[0] ?? '');
  if (holder === undefined) throw new ContinuoError('KEY_REQUIRED', 'the link is unknown or of another path, or it or its key has expired');
  // Whoever has the link may show it in his page: a browser asks for no more when it plays a film.
  reply.header('cross-origin-resource-policy', 'cross-origin');
  return holder;
}

async function principalOf(key: string | undefined, { backend, settings, clock }: ServerParts, limits: Limits): Promise<Principal> {
  const found = key === undefined ? undefined : await authenticate(key, backend.access.keys, settings.adminKey, clock.now());
  if (found !== undefined) return found;
  if (key !== undefined) limits.forget(key);
  throw new ContinuoError('KEY_REQUIRED', key === undefined ? 'the request came without a key' : 'the key is unknown, expired or revoked');
}

async function runOf(request: FastifyRequest, { orchestrator }: ServerParts, refusals: Refusals): Promise<FastifyRequest['run']> {
  const id = idOf(request);
  const record = await orchestrator.standings.record(id);
  if (record !== undefined && covers(request.principal, record.project)) return record;
  // Nobody waits for the note: how long an answer takes must not tell what is there.
  if (record !== undefined) void refusals.note(request.principal, nameOf(request), `run ${record.run} is of project ${record.project}`);
  throw new ContinuoError('RUN_UNKNOWN', `there is no run ${JSON.stringify(id)} here`);
}

function mustCover(principal: Principal, project: string): void {
  if (!covers(principal, project)) throw new ContinuoError('ACCESS_DENIED', `this key is not bound to project ${JSON.stringify(project)}`);
}

// Every route whose access is told by an id has that parameter.
const idOf = ({ params }: FastifyRequest): string => (params as { readonly id: string }).id;

const nameOf = ({ method, routeOptions }: FastifyRequest): string => `${method} ${routeOptions.url ?? ''}`;
