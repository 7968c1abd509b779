/** The server without a socket: what `open-server.ts` listens with, and what tests ask in process. */
import fastify from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { auditing } from '../access/auditing.ts';
import { linkRoutes } from '../access/link-routes.ts';
import { Passes } from '../access/passes.ts';
import { gatewayRoutes } from '../gateway/routes.ts';
import { healthRoutes } from '../health/routes.ts';
import { liveRoutes } from '../live/routes.ts';
import { metricsRoutes } from '../metrics/routes.ts';
import { documented } from '../openapi/document.ts';
import { documentRoutes } from '../openapi/routes.ts';
import { planRoutes } from '../plans/routes.ts';
import { systemRoutes } from '../systems/routes.ts';
import { workflowRoutes } from '../workflows/routes.ts';
import type { ServerParts } from '../parts.ts';
import type { App } from './app.ts';
import { attend, logging } from './attend.ts';
import { readBodies } from './bodies.ts';
import { endConnections } from './closing.ts';
import { cors } from './cors.ts';
import { answerError, answerErrors } from './errors.ts';
import { guard, type DeclaredRoute } from './guard.ts';
import { answerHeaders } from './headers.ts';
import { limits } from './limits.ts';
import { requestIdOf } from './request-id.ts';
import { answerClientError, connectionOptions, socketOptions, usualConnections } from './socket-options.ts';
import { tracing } from './tracing.ts';
import { validatorCompiler } from './validation.ts';

export interface BuiltApp {
  readonly app: App;
  readonly routes: readonly DeclaredRoute[];
}

export async function buildApp(parts: ServerParts): Promise<BuiltApp> {
  const { settings } = parts;
  const { bodyLimit = 1_048_576, trustProxy, tls, origins = [], connections = usualConnections } = settings;
  const app: App = fastify({
    bodyLimit,
    genReqId: requestIdOf,
    // What cannot even be routed.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    routerOptions: { maxParamLength: 512 },
    return503OnClosing: false,
    ...logging(parts),
    clientErrorHandler: answerClientError,
    ...connectionOptions(settings),
    ...(trustProxy === undefined ? {} : { trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy] }),
    ...(tls === undefined ? { http: socketOptions(settings) } : { https: { ...socketOptions(settings), ...tls } }),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  // Before the door, so that what it refuses is seen, too.
  attend(app, parts);
  tracing(app, parts);
  readBodies(app);
  app.server.maxConnections = connections;
  await answerHeaders(app);
  cors(app, origins, () => routes);
  endConnections(app, parts.draining);
  const links = new Passes('lnk', parts.backend.access, parts.clock, settings.adminKey);
  const routes = guard(app, parts, limits(parts), links);
  auditing(app, parts);
  await documented(app, parts.version);
  const modules = [documentRoutes, healthRoutes, workflowRoutes, planRoutes, gatewayRoutes, systemRoutes, liveRoutes, metricsRoutes];
  for (const declare of modules) await declare(app, parts);
  linkRoutes(app, links, routes);
  return { app, routes };
}
