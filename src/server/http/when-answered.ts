/** The end of each request, told once: when it was answered, or when whoever asked was gone. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { asking } from './asking.ts';

export interface Answered {
  readonly method: string;
  /** The template of the route, never what stood in its place; undefined where there is no such route. */
  readonly route: string | undefined;
  readonly status: number;
  /** The answer did not leave whole. */
  readonly aborted: boolean;
  readonly milliseconds: number;
  readonly request: FastifyRequest;
  /** What a handler threw. */
  readonly error: Error | undefined;
}

export interface Attentive {
  began?(request: FastifyRequest): void;
  ended(answered: Answered): void;
}

export function whenAnswered(app: App, listeners: readonly Attentive[]): void {
  const errors = new WeakMap<FastifyRequest, Error>();
  app.addHook('onRequest', (request, reply, done) => {
    const began = performance.now();
    for (const listener of listeners) listener.began?.(request);
    let whole = false;
    reply.raw.once('finish', () => (whole = true));
    reply.raw.once('close', () => {
      const answered: Answered = {
        ...told(request, reply),
        aborted: !whole,
        milliseconds: performance.now() - began,
        request,
        error: errors.get(request),
      };
      for (const listener of listeners) listener.ended(answered);
    });
    asking.run(request.id, done);
  });
  app.addHook('onError', (request, _reply, error, done) => {
    errors.set(request, error);
    done();
  });
}

function told({ method, routeOptions }: FastifyRequest, { raw }: FastifyReply): Pick<Answered, 'method' | 'route' | 'status'> {
  return { method, route: routeOptions.url, status: raw.statusCode };
}
