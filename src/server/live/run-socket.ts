/** `/ws/workflows/{id}`: what happens to one run, from a cursor on. */
import { z } from 'zod';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { cursorText } from './cursor.ts';
import type { LiveDesk } from './desk.ts';
import { keep } from './keep.ts';
import { mustComeFrom } from './upgrades.ts';
import { WebSocketOutlet } from './web-socket-outlet.ts';

const querystring = z.strictObject({
  cursor: cursorText.optional(),
  ticket: z.string().max(200).optional().meta({ description: 'In place of a key, for browsers: of `POST /api/v1/live/tickets`.' }),
});

export function runSocket(app: App, { settings }: ServerParts, desk: LiveDesk): void {
  app.get(
    '/ws/workflows/:id',
    {
      config: { access: { scope: 'read', of: 'run' } },
      schema: {
        tags: ['live'],
        operationId: 'followWorkflow',
        summary: 'A WebSocket: every event of a run after a cursor, then as they happen, until it has ended',
        params: z.strictObject({ id: z.string().min(1).max(200) }),
        querystring,
      },
    },
    async (request, reply) => {
      const { principal, run, query } = request;
      mustComeFrom(settings.origins ?? [], request.host, request.headers.origin);
      desk.connections.mustHaveRoom(principal);
      return desk.upgrades.accept(request, reply, (socket, wire) => {
        keep(desk, principal, socket, wire);
        const leave = desk.feeds.subscribe(
          run.run,
          new WebSocketOutlet(socket, wire, () => desk.connections.gaveUp('websocket')),
          Number(query.cursor ?? 0),
        );
        socket.on('close', leave);
      });
    },
  );
}
