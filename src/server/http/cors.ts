/**
 * Which pages of other origins may ask.
 *
 * C1. No answer says that credentials of a browser count: keys travel in headers that a page sets itself, so that `*`
 *     opens nothing to whoever has no key.
 * C2. A preflight is answered without a key: browsers send none.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import type { DeclaredRoute } from './guard.ts';
import { allowedFor } from './unmatched.ts';

const asked =
  'authorization, content-type, idempotency-key, if-none-match, last-event-id, range, traceparent, x-api-key, x-project-id, x-request-id';
const told = 'allow, content-range, etag, location, ratelimit, ratelimit-policy, retry-after, traceresponse, x-request-id';

export function cors(app: App, origins: readonly string[], routes: () => readonly DeclaredRoute[]): void {
  if (origins.length === 0) return;
  const isAny = origins.includes('*');
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (!isAny) reply.header('vary', 'Origin');
    if (origin === undefined || !(isAny || origins.includes(origin))) return undefined;
    reply.header('access-control-allow-origin', isAny ? '*' : origin);
    if (isPreflight(request)) return answerPreflight(request, reply, routes());
    reply.header('access-control-expose-headers', told);
  });
}

const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

function answerPreflight({ url }: FastifyRequest, reply: FastifyReply, routes: readonly DeclaredRoute[]): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', allowedFor(routes, url.split('?')[0] ?? '').join(', '))
    .header('access-control-allow-headers', asked)
    .header('access-control-max-age', '600')
    .send();
}
