/** What every answer says to a browser, and to whoever looks for it in a log. */
import helmet from '@fastify/helmet';
import type { App } from './app.ts';

export async function answerHeaders(app: App): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      // Pages of this server: the documentation, and a dashboard with pictures, films and sockets of its own origin.
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // What needs a key is somebody's, and nothing between here and them may keep it; a handler that knows better says so.
    const { access } = request.routeOptions.config;
    if (access === undefined || !('open' in access)) reply.header('cache-control', 'no-store');
  });
}
