/** Everything live: WebSockets, Socket.IO and server-sent events of what runs do. */
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { agentsSocket } from './agents-socket.ts';
import { liveDesk } from './desk.ts';
import { runSocket } from './run-socket.ts';
import { socketIo } from './socket-io.ts';
import { streamRoutes } from './stream-routes.ts';
import { ticketRoutes } from './ticket-routes.ts';

export async function liveRoutes(app: App, parts: ServerParts): Promise<void> {
  const desk = liveDesk(app, parts);
  ticketRoutes(app, desk.tickets);
  runSocket(app, parts, desk);
  agentsSocket(app, parts, desk);
  streamRoutes(app, parts, desk);
  const closeSocketIo = socketIo(app, parts, desk);
  // Before the server waits for its connections to end.
  app.addHook('preClose', async () => {
    desk.connections.close();
    closeSocketIo();
    desk.gatherings.close();
    desk.feeds.close();
    desk.heartbeat.close();
  });
}
