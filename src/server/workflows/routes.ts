/** Seed 001: workflows, projects and agents over HTTP. */
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { agentRoutes } from './agent-routes.ts';
import { commandRoutes } from './command-routes.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import { listRoutes } from './list-routes.ts';
import { startRoutes } from './start-routes.ts';
import { stateRoutes } from './state-routes.ts';
import { workflowTypeRoutes } from './workflow-type-routes.ts';

export async function workflowRoutes(app: App, parts: ServerParts): Promise<void> {
  for (const declare of [startRoutes, listRoutes, stateRoutes, commandRoutes, deadLetterRoutes, agentRoutes, workflowTypeRoutes])
    declare(app, parts);
}
