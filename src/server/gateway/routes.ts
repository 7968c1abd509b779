/** The model gateway over HTTP: in its own words, and in OpenAI's. */
import type { ServerParts } from '../parts.ts';
import type { App } from '../http/app.ts';
import { feedbackRoutes } from './feedback.ts';
import { inferenceRoutes } from './inference.ts';
import { openaiRoutes } from './openai/routes.ts';

export async function gatewayRoutes(app: App, parts: ServerParts): Promise<void> {
  await inferenceRoutes(app, parts);
  await feedbackRoutes(app, parts);
  await openaiRoutes(app, parts);
}
