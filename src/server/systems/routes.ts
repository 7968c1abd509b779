/** Routes of the systems that are mounted: films and learning. */
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { filmRoutes } from './films.ts';
import { learningRoutes } from './learning.ts';

export async function systemRoutes(app: App, parts: ServerParts): Promise<void> {
  filmRoutes(app, parts);
  learningRoutes(app, parts);
}
