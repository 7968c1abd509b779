/** Live events for those who have only HTTP. */
import { z } from 'zod';
import { linkText } from '../access/link-routes.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { cursorText } from './cursor.ts';
import type { LiveDesk } from './desk.ts';
import { streamTo } from './event-stream.ts';

const id = z.strictObject({ id: z.string().min(1).max(1000) });
const stream = {
  description: 'Server-sent events; the data of each is a message as JSON.',
  content: { 'text/event-stream': { schema: z.string() } },
};

export function streamRoutes(app: App, { backend, clock }: ServerParts, desk: LiveDesk): void {
  app.get(
    '/api/v1/workflows/:id/stream',
    {
      config: { access: { scope: 'read', of: 'run' }, link: true },
      schema: {
        tags: ['live'],
        operationId: 'streamWorkflow',
        summary: 'Every event of a run after a cursor, then as they happen, until it has ended',
        params: id,
        querystring: z.strictObject({ cursor: cursorText.optional(), link: linkText }),
        headers: z.object({ 'last-event-id': cursorText.optional() }),
        response: { 200: stream, 204: z.null().meta({ description: 'The run has ended, and everything of it was read.' }) },
      },
    },
    async (request, reply) => {
      const { run, query, headers } = request;
      const from = Number(headers['last-event-id'] ?? query.cursor ?? 0);
      // Browsers come again after every end, but not after this answer.
      if (from > 0 && run.endedAt !== undefined && (await backend.journal.read(run.run, Math.ceil(from), 1)).length === 0)
        return reply.code(204).send(null);
      return streamTo(request, reply, { ...desk, clock }, (outlet) => desk.feeds.subscribe(run.run, outlet, from));
    },
  );
  app.get(
    '/api/v1/projects/:id/stream',
    {
      config: { access: { scope: 'read', of: 'project' }, link: true },
      schema: {
        tags: ['live'],
        operationId: 'streamProject',
        summary: 'What the runs of a project do from now on',
        params: id,
        querystring: z.strictObject({ link: linkText }),
        response: { 200: stream },
      },
    },
    async (request, reply) =>
      streamTo(request, reply, { ...desk, clock }, (outlet) => desk.gatherings.subscribe(request.params.id, outlet, () => true)),
  );
}
