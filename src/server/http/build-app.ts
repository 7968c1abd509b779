/** The server without a socket: what `open-server.ts` listens with, and what tests ask in process. */
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { randomUUIDv7 } from 'node:crypto';
import { gatewayRoutes } from '../gateway/routes.ts';
import { liveRoutes } from '../live/routes.ts';
import { metricsRoutes } from '../metrics/routes.ts';
import { planRoutes } from '../plans/routes.ts';
import { systemRoutes } from '../systems/routes.ts';
import { workflowRoutes } from '../workflows/routes.ts';
import type { ServerParts } from '../parts.ts';
import type { App } from './app.ts';
import { answerErrors } from './errors.ts';
import { guard, type DeclaredRoute } from './guard.ts';

export interface BuiltApp {
  readonly app: App;
  readonly routes: readonly DeclaredRoute[];
}

export async function buildApp(parts: ServerParts): Promise<BuiltApp> {
  const app: App = fastify({
    bodyLimit: parts.settings.bodyLimit ?? 1_048_576,
    genReqId: () => randomUUIDv7(),
    exposeHeadRoutes: false,
    ...(parts.settings.tls === undefined ? {} : { https: parts.settings.tls }),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  const routes = guard(app, parts);
  for (const declare of [workflowRoutes, planRoutes, gatewayRoutes, systemRoutes, liveRoutes, metricsRoutes]) await declare(app, parts);
  return { app, routes };
}
