/**
 * The server's own part of a trace.
 *
 * T1. A request goes on with the trace that its `traceparent` names, and otherwise begins one; handlers hand on
 *     `request.traceparent`, under which what they start belongs to the request.
 * T2. Its span is told when it has been answered, under the route's pattern: what a client puts into an address is in no
 *     name, and nothing of keys, bodies or queries is in any attribute.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatTraceparent, parseTraceparent, type Traceparent } from '../../core/data/traceparent.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { ServerParts } from '../parts.ts';
import type { App } from './app.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What is done for the request is part of this; undefined where neither the client nor we trace. */
    traceparent: string | undefined;
    /** The request's own place in its trace. */
    traced: Place | undefined;
  }
}

interface Place {
  readonly own: Traceparent;
  readonly outer: Traceparent | undefined;
  readonly from: number;
}

/** What a client says of itself may be as long as it likes. */
const longest = 256;

/** Before every other hook: what they refuse is told too. */
export function tracing(app: App, { telemetry, clock }: Pick<ServerParts, 'telemetry' | 'clock'>): void {
  app.decorateRequest('traceparent');
  app.decorateRequest('traced');
  app.addHook('onRequest', (request, reply, done) => {
    const outer = outerOf(request);
    if (telemetry === undefined) {
      request.traceparent = outer === undefined ? undefined : formatTraceparent(outer);
      done();
      return;
    }
    const own = begin(telemetry, outer);
    request.traced = { own, outer, from: clock.now() };
    request.traceparent = formatTraceparent(own);
    reply.header('traceresponse', request.traceparent);
    done();
  });
  if (telemetry === undefined) return;
  app.addHook('onResponse', (request, reply, done) => {
    if (request.traced !== undefined && request.routeOptions.config.uncounted !== true)
      tell(telemetry, request.traced, request, reply, clock.now());
    done();
  });
}

function outerOf({ headers: { traceparent } }: FastifyRequest): Traceparent | undefined {
  return typeof traceparent === 'string' ? parseTraceparent(traceparent) : undefined;
}

function begin(telemetry: Telemetry, outer: Traceparent | undefined): Traceparent {
  const trace = outer?.trace ?? randomBytes(16).toString('hex');
  return { trace, span: randomBytes(8).toString('hex'), sampled: outer?.sampled ?? telemetry.records(trace) };
}

function tell(telemetry: Telemetry, { own, outer, from }: Place, request: FastifyRequest, reply: FastifyReply, now: number): void {
  const { method, routeOptions, protocol, ip, id, headers } = request;
  const { statusCode: status } = reply;
  const agent = headers['user-agent'];
  telemetry.span({
    trace: own.trace,
    id: own.span,
    ...(outer === undefined ? {} : { parent: outer.span, sampled: outer.sampled }),
    name: routeOptions.url === undefined ? method : `${method} ${routeOptions.url}`,
    kind: 'server',
    from,
    to: Math.max(from, now),
    attributes: {
      'http.request.method': method,
      'url.scheme': protocol,
      ...(routeOptions.url === undefined ? {} : { 'http.route': routeOptions.url }),
      'http.response.status_code': status,
      'client.address': ip,
      ...(agent === undefined ? {} : { 'user_agent.original': agent.slice(0, longest) }),
      'continuo.request.id': id,
      ...whoAsked(request),
    },
    ...(status >= 500 ? { error: { code: String(status), message: `answered ${status}` } } : {}),
  });
}

/** Nobody where the door let nobody in: whatever a decorator says, an unset principal is undefined. */
function whoAsked(request: Partial<Pick<FastifyRequest, 'principal'>>): { readonly 'user.id'?: string } {
  return request.principal === undefined ? {} : { 'user.id': request.principal.who };
}
