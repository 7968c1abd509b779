import type { ServerParts } from '../parts.ts';
import type { App } from '../http/app.ts';

export async function metricsRoutes(_app: App, _parts: ServerParts): Promise<void> {}
