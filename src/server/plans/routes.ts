import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { submitRoutes } from './submit-routes.ts';

export async function planRoutes(app: App, parts: ServerParts): Promise<void> {
  await submitRoutes(app, parts);
}
