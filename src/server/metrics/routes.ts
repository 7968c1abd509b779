/** `/metrics` for Prometheus, and what it says of films in plain figures. */
import { z } from 'zod';
import { ContinuoError } from '../../core/errors.ts';
import type { App, RouteAccess } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { filmFigures } from './film-figures.ts';

const share = z.number().min(0).max(1).nullable();
const average = z.number().nullable();

const FilmFigures = z.strictObject({
  at: z.iso.datetime().describe('When these figures were taken.'),
  videos_last_hour: z.int(),
  videos_last_day: z.int(),
  average_score: average.describe('Of those of the last day that were rated, from 1 to 10.'),
  average_time_seconds: average.describe('From the request to the film, over the last day.'),
  cost_last_day: z.number().describe('In dollars.'),
  average_cost: average.describe('Dollars for a film, over the last day.'),
  error_rate: share.describe('Of what ended in the last day, how much failed.'),
  queue: z.strictObject({
    running: z.int().describe('Films that are being made.'),
    waiting: z.int().describe('Films that wait for a person, a signal or their time.'),
    queued: z.int().describe('Films that wait for their turn.'),
  }),
});

export async function metricsRoutes(app: App, parts: ServerParts): Promise<void> {
  const { metrics, settings } = parts;
  const forAll: RouteAccess = { scope: 'read', of: 'all' };
  const open: RouteAccess = { open: 'the settings say so: figures without contents' };
  if (metrics !== undefined)
    app.route({
      method: 'GET',
      url: '/metrics',
      config: { access: settings.metricsOpen === true ? open : forAll },
      schema: {
        operationId: 'getPrometheusMetrics',
        summary: 'Figures for Prometheus',
        description: 'In the text format, of this process alone. Prometheus sends a key as its bearer token.',
        tags: ['figures'],
        response: { 200: { description: 'Figures', content: { 'text/plain': { schema: z.string() } } } },
      },
      handler: async (_request, reply) =>
        reply
          .type(metrics.registry.contentType)
          .serializer(String)
          .send(await metrics.text()),
    });
  app.route({
    method: 'GET',
    url: '/api/metrics',
    config: { access: { scope: 'read', of: 'some' } },
    schema: {
      operationId: 'getFilmFigures',
      summary: 'Films in plain figures',
      description: 'How many films were made of late, how good they were, what they took and what waits, in the projects of the key.',
      tags: ['figures'],
      response: { 200: FilmFigures },
    },
    handler: async ({ principal }) => {
      const { films } = parts.systems;
      if (films === undefined) throw new ContinuoError('NOT_MOUNTED', 'no system that makes films is mounted here');
      return filmFigures(parts.backend, films.system.workflow.id, principal.projects, parts.clock.now());
    },
  });
}
