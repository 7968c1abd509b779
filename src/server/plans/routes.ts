import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { blobRoutes } from './blob-routes.ts';
import { submitRoutes } from './submit-routes.ts';

export async function planRoutes(app: App, parts: ServerParts): Promise<void> {
  await submitRoutes(app, parts);
  await blobRoutes(app, parts);
}
