import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { blobRoutes } from './blob-routes.ts';
import { hookRoutes } from './hook-routes.ts';
import { submitRoutes } from './submit-routes.ts';

export async function planRoutes(app: App, parts: ServerParts): Promise<void> {
  for (const declare of [submitRoutes, blobRoutes, hookRoutes]) await declare(app, parts);
}
