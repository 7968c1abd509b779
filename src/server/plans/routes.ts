import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { blobRoutes } from './blob-routes.ts';
import { costRoutes } from './cost-routes.ts';
import { experimentRoutes } from './experiment-routes.ts';
import { hookRoutes } from './hook-routes.ts';
import { submitRoutes } from './submit-routes.ts';

export async function planRoutes(app: App, parts: ServerParts): Promise<void> {
  for (const declare of [submitRoutes, blobRoutes, hookRoutes, costRoutes, experimentRoutes]) await declare(app, parts);
}
