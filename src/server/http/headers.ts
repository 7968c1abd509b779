/** What every answer says to a browser, and to whoever looks for it in a log. */
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import fastify from 'fastify';
import type { App } from './app.ts';

const options: FastifyHelmetOptions = {
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
};

export async function answerHeaders(app: App): Promise<void> {
  const usual = await (made ??= usualHeaders());
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(usual);
    reply.header('x-request-id', request.id);
    // What needs a key is somebody's, and nothing between here and them may keep it; a handler that knows better says so.
    const { access } = request.routeOptions.config;
    if (access === undefined || !('open' in access)) reply.header('cache-control', 'no-store');
    done();
  });
}

type Headers = Readonly<Record<string, string>>;

let made: Promise<Headers> | undefined;

/** Helmet's, which are the same for every answer: it is asked once, because asking it costs more than all the rest of the door. */
async function usualHeaders(): Promise<Headers> {
  const asked = fastify();
  await asked.register(helmet, options);
  asked.get('/', async () => '');
  const { headers } = await asked.inject('/');
  await asked.close();
  const own = new Set(['content-type', 'content-length', 'date', 'connection']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (own.has(name) || value === undefined ? [] : [[name, String(value)]])),
  );
}
