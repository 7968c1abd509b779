/** The server without a socket: what `open-server.ts` listens with, and what tests ask in process. */
import fastify from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { auditing } from '../access/auditing.ts';
import { gatewayRoutes } from '../gateway/routes.ts';
import { liveRoutes } from '../live/routes.ts';
import { metricsRoutes } from '../metrics/routes.ts';
import { planRoutes } from '../plans/routes.ts';
import { systemRoutes } from '../systems/routes.ts';
import { workflowRoutes } from '../workflows/routes.ts';
import type { ServerParts } from '../parts.ts';
import type { App } from './app.ts';
import { readBodies } from './bodies.ts';
import { answerError, answerErrors } from './errors.ts';
import { guard, type DeclaredRoute } from './guard.ts';
import { requestIdOf } from './request-id.ts';
import { validatorCompiler } from './validation.ts';

export interface BuiltApp {
  readonly app: App;
  readonly routes: readonly DeclaredRoute[];
}

export async function buildApp(parts: ServerParts): Promise<BuiltApp> {
  const { bodyLimit = 1_048_576, trustProxy, tls } = parts.settings;
  const app: App = fastify({
    bodyLimit,
    genReqId: requestIdOf,
    // What cannot even be routed.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    routerOptions: { maxParamLength: 512 },
    return503OnClosing: false,
    ...(trustProxy === undefined ? {} : { trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy] }),
    ...(tls === undefined ? {} : { https: tls }),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  readBodies(app);
  const routes = guard(app, parts);
  auditing(app, parts);
  for (const declare of [workflowRoutes, planRoutes, gatewayRoutes, systemRoutes, liveRoutes, metricsRoutes]) await declare(app, parts);
  return { app, routes };
}
