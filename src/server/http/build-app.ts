/** The server without a socket: what `open-server.ts` listens with, and what tests ask in process. */
import fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { randomUUIDv7 } from 'node:crypto';
import { gatewayRoutes } from '../gateway/routes.ts';
import { metricsRoutes } from '../metrics/routes.ts';
import { planRoutes } from '../plans/routes.ts';
import { systemRoutes } from '../systems/routes.ts';
import { workflowRoutes } from '../workflows/routes.ts';
import type { ServerParts } from '../parts.ts';
import { logRequests } from '../logs/log-requests.ts';
import type { App } from './app.ts';
import { answerErrors } from './errors.ts';
import { guard, type DeclaredRoute } from './guard.ts';
import { whenAnswered, type Answered } from './when-answered.ts';

export interface BuiltApp {
  readonly app: App;
  readonly routes: readonly DeclaredRoute[];
}

export async function buildApp(parts: ServerParts): Promise<BuiltApp> {
  // One line for each request is told when it has ended (logs/log-requests.ts).
  const log: FastifyBaseLogger | undefined = parts.log;
  const app: App = fastify({
    bodyLimit: parts.settings.bodyLimit ?? 1_048_576,
    genReqId: () => randomUUIDv7(),
    exposeHeadRoutes: false,
    ...(log === undefined
      ? {}
      : { loggerInstance: log, logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }) }),
    ...(parts.settings.tls === undefined ? {} : { https: parts.settings.tls }),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  attend(app, parts);
  const routes = guard(app, parts);
  for (const declare of [workflowRoutes, planRoutes, gatewayRoutes, systemRoutes, metricsRoutes]) await declare(app, parts);
  return { app, routes };
}

/** Before the door, so that what it refuses is seen, too. */
function attend(app: App, { metrics, log }: ServerParts): void {
  const http = metrics?.http;
  const counting = http === undefined ? [] : [{ began: () => http.began(), ended: (answered: Answered) => http.ended(answered) }];
  whenAnswered(app, [...counting, ...(log === undefined ? [] : [logRequests(log)])]);
}
