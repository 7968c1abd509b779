/** Tickets for browsers, which can send no key with a WebSocket. */
import { z } from 'zod';
import type { App } from '../http/app.ts';
import type { Tickets } from './tickets.ts';

const ticket = z.object({ ticket: z.string(), expires_at: z.iso.datetime() }).meta({ id: 'LiveTicket' });

export function ticketRoutes(app: App, tickets: Tickets): void {
  app.post(
    '/api/v1/live/tickets',
    {
      config: { access: { scope: 'read', of: 'some' }, audit: 'live.ticket' },
      schema: {
        tags: ['live'],
        operationId: 'issueLiveTicket',
        summary: 'A ticket that opens one live connection, within half a minute',
        response: { 201: ticket },
      },
    },
    async ({ principal }, reply) => {
      const { text, expiresAt } = await tickets.issue(principal);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ticket: text, expires_at: new Date(expiresAt).toISOString() });
    },
  );
}
