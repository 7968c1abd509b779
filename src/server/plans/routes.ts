import type { ServerParts } from '../parts.ts';
import type { App } from '../http/app.ts';

export async function planRoutes(_app: App, _parts: ServerParts): Promise<void> {}
